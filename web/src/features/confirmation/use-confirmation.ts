import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

/** Judicial confirmation of a case's agreement, kept fresh by the case's topic. */
export function useConfirmation(caseId: string, enabled = true) {
  useLive([`case:${caseId}`], ['confirmation']);
  return useQuery({
    queryKey: ['confirmation', caseId],
    enabled,
    queryFn: () => call(api.cases[':caseId'].confirmation.$get({ param: { caseId } })),
  });
}
export type Confirmation = NonNullable<ReturnType<typeof useConfirmation>['data']>;

/** Whether something is still asked of the person at this screen: an answer, or the signature after a yes. */
export function asksMe({ stops, answers, confirmation }: Confirmation): boolean {
  if (confirmation?.status === 'SIGNING') return confirmation.signers.some((s) => s.mine && !s.signedAt);
  return !confirmation && stops.length === 0 && answers.some((a) => a.mine && a.choice === null);
}
