import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';

/** Under the ceremony's key, so that the case's live events make it stale as well. */
export function usePaper(caseId: string) {
  return useQuery({
    queryKey: ['ceremony', caseId, 'paper'],
    queryFn: () => call(api.cases[':caseId'].agreement.paper.$get({ param: { caseId } })),
  });
}
export type Paper = NonNullable<ReturnType<typeof usePaper>['data']>;
