import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

/** The ceremony of a case, kept fresh by the case's topic. */
export function useCeremony(caseId: string, of: 'agreement' | 'application' = 'agreement') {
  useLive([`case:${caseId}`], ['ceremony', 'case']);
  return useQuery({
    queryKey: ['ceremony', caseId, of],
    queryFn: () =>
      call(
        of === 'application'
          ? api.cases[':caseId'].confirmation.ceremony.$get({ param: { caseId } })
          : api.cases[':caseId'].ceremony.$get({ param: { caseId } }),
      ),
  });
}
export type Ceremony = NonNullable<ReturnType<typeof useCeremony>['data']>;
export type Slot = Ceremony['slots'][number];
