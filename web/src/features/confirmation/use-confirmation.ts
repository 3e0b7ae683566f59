import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

/** Judicial confirmation of a case's agreement, kept fresh by the case's topic. */
export function useConfirmation(caseId: string) {
  useLive([`case:${caseId}`], ['confirmation']);
  return useQuery({
    queryKey: ['confirmation', caseId],
    queryFn: () => call(api.cases[':caseId'].confirmation.$get({ param: { caseId } })),
  });
}
export type Confirmation = NonNullable<ReturnType<typeof useConfirmation>['data']>;
