import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

/** Where the party stands, kept fresh by the case's and the session's events. */
export function usePartyHome() {
  const home = useQuery({ queryKey: ['party-home'], queryFn: () => call(api.party.home.$get()) });
  const { caseId, sessionId } = home.data ?? {};
  useLive(
    [caseId && `case:${caseId}`, sessionId && `session:${sessionId}`],
    ['party-home', 'case', 'ceremony', 'session', 'draft'],
  );
  return home;
}
