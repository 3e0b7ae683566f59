import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

/** Corrections of a case, kept fresh by the case's topic. */
export function useCorrections(caseId: string) {
  useLive([`case:${caseId}`], ['corrections']);
  return useQuery({
    queryKey: ['corrections', caseId],
    queryFn: () => call(api.cases[':caseId'].corrections.$get({ param: { caseId } })),
  });
}
