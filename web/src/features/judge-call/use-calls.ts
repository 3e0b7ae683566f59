import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api, call } from '../../api/client.ts';

/** Calls that ring at the asking judge; the urgent first, then longest waiting. */
export function useCalls(enabled = true) {
  return useQuery({ queryKey: ['calls'], queryFn: () => call(api['judge-calls'].$get()), enabled });
}
export type Call = NonNullable<ReturnType<typeof useCalls>['data']>[number];

const RETURN_TO = 'tongxi.return-to-session';

/** Takes a call and goes there; the room that the judge was in is remembered, to go back to it afterwards. */
export function useTakeCall() {
  const [, go] = useLocation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (callId: string) => call(api['judge-calls'][':callId'].take.$post({ param: { callId } })),
    onSuccess: async ({ sessionId }) => {
      const now = /^\/sessions\/([0-9a-f-]{36})$/.exec(location.pathname)?.[1];
      if (sessionId && now && now !== sessionId) sessionStorage.setItem(RETURN_TO, `${sessionId} ${now}`);
      await queries.invalidateQueries();
      if (sessionId) go(`/sessions/${sessionId}`);
    },
  });
}

/** The room that the judge left for the call to this one, or null. */
export function earlierRoom(sessionId: string): string | null {
  const [called, earlier] = sessionStorage.getItem(RETURN_TO)?.split(' ') ?? [];
  return called === sessionId && earlier ? earlier : null;
}

export function forgetEarlierRoom(): void {
  sessionStorage.removeItem(RETURN_TO);
}
