import pg from 'pg';
import type { Logger } from 'pino';

export type LiveEvent = {
  court: string;
  number: string;
  topic: string;
  kind: string;
  data: Record<string, unknown>;
};
type Listener = (event: LiveEvent) => void;

export type LiveHub = {
  /** Hears events of these topics in this court until the returned function is called. */
  subscribe(courtId: string, topics: string[], listener: Listener): () => void;
  /** Called when notifications may have been missed: streams must tell their readers to load afresh. */
  onGap(listener: () => void): () => void;
  stop(): Promise<void>;
};

const RECONNECT_MS = 500;

/** One LISTEN connection for the whole process; it reconnects by itself and reports the gap. */
export async function openLiveHub(databaseUrl: string, log: Logger): Promise<LiveHub> {
  const byTopic = new Map<string, Set<Listener>>();
  const gapListeners = new Set<() => void>();
  let client: pg.Client | undefined;
  let stopped = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'tongxi-live',
      keepAlive: true,
    });
    next.on('notification', (message) => {
      const event = JSON.parse(message.payload ?? '{}') as LiveEvent;
      for (const listener of byTopic.get(`${event.court}/${event.topic}`) ?? []) listener(event);
    });
    // A broken connection may say so more than once: only the one in use, and only its first word, is a reason to reconnect.
    next.on('error', (error) => {
      if (client !== next) return;
      client = undefined;
      log.warn({ err: error }, 'live updates lost their database connection');
      void reconnect();
    });
    try {
      await next.connect();
      await next.query('LISTEN tongxi_live');
      client = next;
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
  }

  async function reconnect(): Promise<void> {
    while (!stopped && !client) {
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      await connect().catch(() => undefined);
    }
    if (stopped) await client?.end().catch(() => undefined);
    else for (const listener of gapListeners) listener();
  }

  await connect();
  return {
    subscribe(courtId, topics, listener) {
      for (const topic of topics) {
        const key = `${courtId}/${topic}`;
        const set = byTopic.get(key) ?? new Set();
        byTopic.set(key, set.add(listener));
      }
      return () => {
        for (const topic of topics) {
          const key = `${courtId}/${topic}`;
          byTopic.get(key)?.delete(listener);
          if (byTopic.get(key)?.size === 0) byTopic.delete(key);
        }
      };
    },
    onGap(listener) {
      gapListeners.add(listener);
      return () => gapListeners.delete(listener);
    },
    async stop() {
      stopped = true;
      await client?.end().catch(() => undefined);
    },
  };
}
