import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

/** Server state: fetched once, made stale by live events. A refusal is an answer, not a reason to ask again. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (count, error) =>
          count < 2 && !(error instanceof ApiError && error.status > 0 && error.status < 500),
      },
      mutations: { retry: false },
    },
  });
}
