import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

/** People, places and devices; fresh whenever somebody locks, enrols or changes. */
export function useStaff() {
  useLive(['court'], ['staff']);
  return useQuery({ queryKey: ['staff'], queryFn: () => call(api.staff.$get()) });
}

export type StaffMember = NonNullable<ReturnType<typeof useStaff>['data']>['staff'][number];

/** A change after which lists and oneself are read anew. */
export function useChange<Input, Output>(work: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: work,
    onSuccess: () =>
      Promise.all(['staff', 'account', 'me'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}
