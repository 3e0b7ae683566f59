import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

/** Service, performance, visits and addresses of a case, kept fresh by the case's topic. */
export function useAfter(caseId: string) {
  useLive([`case:${caseId}`], ['after']);
  return useQuery({
    queryKey: ['after', caseId],
    queryFn: () => call(api.cases[':caseId']['after-effect'].$get({ param: { caseId } })),
  });
}
export type After = NonNullable<ReturnType<typeof useAfter>['data']>;
