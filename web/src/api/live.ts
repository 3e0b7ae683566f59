import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { askingAs } from './client.ts';

/** Whether live updates flow: nobody polls, so the page says when they do not. */
let connected = true;
const watchers = new Set<() => void>();
const setConnected = (next: boolean) => {
  if (connected === next) return;
  connected = next;
  for (const watcher of watchers) watcher();
};

export function useLiveState(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => connected,
  );
}

export type Change = { topic: string; kind: string; data: Record<string, unknown> };

/**
 * Server-sent events of these topics while the component lives; resumed by id, loaded afresh after a gap. Every
 * change makes the queries that begin with one of `keys` stale.
 */
export function useLive(
  topics: (string | null | undefined)[],
  keys: string[],
  onChange?: (change: Change) => void,
): void {
  const queries = useQueryClient();
  const list = topics.filter((t): t is string => Boolean(t)).join(',');
  const names = keys.join(',');
  useEffect(() => {
    if (!list) return;
    let source: EventSource | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const refresh = () => {
      for (const key of names.split(',')) void queries.invalidateQueries({ queryKey: [key] });
    };
    const open = () => {
      source = new EventSource(`/api/live?topics=${encodeURIComponent(list)}&as=${askingAs}`);
      source.addEventListener('ready', () => setConnected(true));
      source.addEventListener('reset', () => {
        setConnected(true);
        refresh();
      });
      source.addEventListener('change', (event) => {
        const change = JSON.parse((event as MessageEvent<string>).data) as Change;
        onChange?.(change);
        if (!change.kind.startsWith('draft.update')) refresh();
        else void queries.invalidateQueries({ queryKey: ['draft'] });
      });
      source.onerror = () => {
        setConnected(false);
        // The browser resumes by itself; a refused stream (ended session) needs a new one.
        if (source?.readyState !== EventSource.CLOSED || stopped) return;
        retry = setTimeout(() => {
          refresh();
          open();
        }, 3000);
      };
    };
    open();
    return () => {
      stopped = true;
      clearTimeout(retry);
      source?.close();
    };
  }, [list, names, queries, onChange]);
}
