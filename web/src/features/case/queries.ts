import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

/** One case, kept fresh by its live topic. */
export function useCase(caseId: string) {
  useLive([`case:${caseId}`], ['case', 'timeline', 'draft', 'ceremony']);
  return useQuery({
    queryKey: ['case', caseId],
    queryFn: () => call(api.cases[':caseId'].$get({ param: { caseId } })),
  });
}

/** One case as its reader may see it. */
export type Case = NonNullable<ReturnType<typeof useCase>['data']>;
export type Party = Case['parties'][number];

export const useCases = () => useQuery({ queryKey: ['cases'], queryFn: () => call(api.cases.$get()) });
