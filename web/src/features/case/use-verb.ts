import { useMutation, useQueryClient } from '@tanstack/react-query';

/** Runs one verb and reloads what it changed. */
export function useVerb<T, I = void>(verb: (input: I) => Promise<T>, onSuccess?: (answer: T) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: verb,
    onSuccess: async (answer) => {
      await queries.invalidateQueries();
      onSuccess?.(answer);
    },
  });
}
