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
/** Topics that no stream carries yet, each with the newest event known when its component began to load. */
const waiting = new Map<string, string>();
const MAX_AGE_MS = 120_000;

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
  // What happened to a new topic between its loading and this stream is sent again; of the others it was heard.
  const heard = lastId;
  const fresh = new Set(waiting.keys());
  const from = [...waiting.values()].reduce((a, b) => (Number(b) < Number(a) ? b : a), lastId);
  const since = from ? `&last=${from}` : `&age=${Math.min(MAX_AGE_MS, Math.round(performance.now()))}`;
  const stream = new EventSource(`/api/live?topics=${encodeURIComponent(topics)}&as=${askingAs()}${since}`);
  source = stream;
  const carried = (id: string) => {
    lastId = newer(lastId, id);
    for (const topic of fresh) waiting.delete(topic);
    setConnected(true);
  };
  stream.addEventListener('ready', (event) => carried(event.lastEventId));
  stream.addEventListener('reset', (event) => {
    carried(event.lastEventId);
    for (const listener of listeners) listener.onReset();
  });
  stream.addEventListener('change', (event) => {
    const change = JSON.parse((event as MessageEvent<string>).data) as Change;
    const again = heard !== '' && Number(event.lastEventId) <= Number(heard);
    if (again && !fresh.has(change.topic)) return;
    lastId = newer(lastId, event.lastEventId);
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

/** Hears its topics from now on, through the page's one stream, until the returned function is called. */
export function listen(listener: Listener): () => void {
  const carried = new Set([...listeners].flatMap((l) => l.topics));
  for (const topic of listener.topics) if (!carried.has(topic)) waiting.set(topic, lastId);
  listeners.add(listener);
  plan(30);
  return () => {
    listeners.delete(listener);
    plan(30);
  };
}

const newer = (a: string, b: string): string => (Number(b) > Number(a) ? b : a);

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
    return listen(listener);
  }, [list, names, queries, onChange]);
}
