import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

export const HEARTBEAT_MS = 5000;

/** The session, kept fresh by its live topic. */
export function useSession(sessionId: string) {
  useLive([`session:${sessionId}`], ['session', 'case']);
  return useQuery({
    queryKey: ['session', sessionId],
    queryFn: () => call(api.sessions[':sessionId'].$get({ param: { sessionId } })),
  });
}
export type Session = NonNullable<ReturnType<typeof useSession>['data']>;

/** There is a room to be in: from 核对中 until the end. */
export const isRunning = ({ status }: Pick<Session, 'status'>): boolean =>
  status === 'CHECKING' || status === 'OPEN' || status === 'PAUSED';

/** Holds one's own seat while the page is open; a seat lost meanwhile is taken again. */
export function useLease(sessionId: string, active: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!active) return;
    const param = { sessionId };
    const enter = () =>
      call(api.sessions[':sessionId'].lobby.$post({ param, json: {} }))
        .then(() => queries.invalidateQueries({ queryKey: ['session', sessionId] }))
        .catch(() => undefined);
    void enter();
    const timer = setInterval(() => {
      void call(api.sessions[':sessionId'].heartbeat.$post({ param }))
        .then(({ held }) => (held ? undefined : enter()))
        .catch(() => undefined);
    }, HEARTBEAT_MS);
    return () => clearInterval(timer);
  }, [sessionId, active, queries]);
}
