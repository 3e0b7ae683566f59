import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

/** Offers of the running talks, fresh whenever somebody makes, answers or takes one back. */
export function useOffers(caseId: string) {
  useLive([`case:${caseId}`], ['offers']);
  return useQuery({
    queryKey: ['offers', caseId],
    queryFn: () => call(api.cases[':caseId'].offers.$get({ param: { caseId } })),
  });
}

export type Offer = NonNullable<ReturnType<typeof useOffers>['data']>['offers'][number];
