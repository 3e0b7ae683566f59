import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useMe } from '../../shell/frame.tsx';

/** Where the party stands, kept fresh by the case's and the session's events. */
export function usePartyHome() {
  const me = useMe();
  const signedIn = me.data?.kind === 'party';
  const home = useQuery({
    queryKey: ['party-home'],
    queryFn: () => call(api.party.home.$get()),
    enabled: signedIn,
  });
  const { caseId, sessionId } = home.data ?? {};
  const reads = home.data !== undefined && home.data.answeredAs !== 'FAMILY';
  useLive(reads ? [caseId && `case:${caseId}`, sessionId && `session:${sessionId}`] : [], [
    'party-home',
    'case',
    'ceremony',
    'session',
    'draft',
  ]);
  return { me, signedIn, home };
}
