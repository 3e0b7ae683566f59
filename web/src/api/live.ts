import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { askingAs, watchActing } from './acting.ts';

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
type Listener = { topics: string[]; onChange(change: Change): void; onReset(): void };

/** Several components hear the same event: what it makes stale is fetched once, a moment later. */
const stale = new Set<string>();
let refreshing: ReturnType<typeof setTimeout> | undefined;
const GATHER_MS = 120;

function makeStale(queries: QueryClient, keys: string[]): void {
  for (const key of keys) stale.add(key);
  if (refreshing !== undefined) return;
  refreshing = setTimeout(() => {
    refreshing = undefined;
    const gathered = new Set(stale);
    stale.clear();
    void queries.invalidateQueries({ predicate: (query) => gathered.has(String(query.queryKey[0])) });
  }, GATHER_MS);
}

/** One stream a page: browsers allow six connections to an origin, and every component wants its topics. */
const listeners = new Set<Listener>();
let source: EventSource | undefined;
let open = '';
let lastId = '';
let planned: ReturnType<typeof setTimeout> | undefined;
const RETRY_MS = 3000;

function plan(ms: number): void {
  clearTimeout(planned);
  planned = setTimeout(reopen, ms);
}

function reopen(): void {
  const topics = [...new Set([...listeners].flatMap((l) => l.topics))].sort().join(',');
  const wanted = `${askingAs()} ${topics}`;
  if (wanted === open && source && source.readyState !== EventSource.CLOSED) return;
  source?.close();
  source = undefined;
  open = wanted;
  if (topics === '') return;
  const stream = new EventSource(
    `/api/live?topics=${encodeURIComponent(topics)}&as=${askingAs()}${lastId ? `&last=${lastId}` : ''}`,
  );
  source = stream;
  stream.addEventListener('ready', (event) => {
    lastId = event.lastEventId || lastId;
    setConnected(true);
  });
  stream.addEventListener('reset', (event) => {
    lastId = event.lastEventId || lastId;
    setConnected(true);
    for (const listener of listeners) listener.onReset();
  });
  stream.addEventListener('change', (event) => {
    lastId = event.lastEventId || lastId;
    const change = JSON.parse((event as MessageEvent<string>).data) as Change;
    for (const listener of listeners) if (listener.topics.includes(change.topic)) listener.onChange(change);
  });
  stream.onerror = () => {
    setConnected(false);
    // The browser resumes a broken stream by itself; a refused one (ended session) needs a new start.
    if (stream.readyState !== EventSource.CLOSED || source !== stream) return;
    for (const listener of listeners) listener.onReset();
    plan(RETRY_MS);
  };
}

watchActing(() => plan(30));

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
    const refresh = () => makeStale(queries, names.split(','));
    const listener: Listener = {
      topics: list.split(','),
      onReset: refresh,
      onChange(change) {
        onChange?.(change);
        if (change.kind === 'draft.update') makeStale(queries, ['draft']);
        else refresh();
      },
    };
    listeners.add(listener);
    plan(30);
    return () => {
      listeners.delete(listener);
      plan(30);
    };
  }, [list, names, queries, onChange]);
}
