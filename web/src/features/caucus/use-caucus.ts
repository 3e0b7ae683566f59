import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

/** Whether a private talk runs, and what this seat may know of it. */
export function useCaucus(sessionId: string) {
  useLive([`session:${sessionId}`], ['caucus', 'messages']);
  return useQuery({
    queryKey: ['caucus', sessionId],
    queryFn: () => call(api.sessions[':sessionId'].caucus.$get({ param: { sessionId } })),
  });
}
