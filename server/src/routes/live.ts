import { createRoute, z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { DomainError } from '../domain/errors.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { authoriseTopics } from '../services/live/authorise-topics.ts';
import type { LiveEvent, LiveHub } from '../services/live/hub.ts';
import { readBacklog } from '../services/live/read-backlog.ts';

/** A comment line each so many ms keeps proxies from closing a quiet stream. */
const KEEPALIVE_MS = 20_000;

const liveRoute = createRoute({
  method: 'get',
  path: '/live',
  summary: 'Server-sent events of topics, resumable by Last-Event-ID',
  request: {
    query: z.object({
      topics: z.string().min(1).max(2000),
      last: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional(),
      as: z.enum(['staff', 'party']).optional(),
    }),
  },
  responses: {
    200: {
      description: 'text/event-stream: events `change`, `reset` and `ready`',
      content: { 'text/event-stream': { schema: z.string() } },
    },
  },
});

/** Live updates: never polled, one stream a page. `reset` tells the reader to load everything afresh. */
export function liveRoutes(hub: LiveHub) {
  return resource().openapi(liveRoute, async (c) => {
    const ctx = ctxOf(c, 'staff', 'party', 'device');
    const topics = [...new Set(c.req.valid('query').topics.split(','))];
    if (topics.length > 20) throw new DomainError('BAD_REQUEST', { fields: ['topics'] });
    await authoriseTopics(ctx, topics);
    const lastSeen = c.req.header('last-event-id') ?? c.req.valid('query').last;
    return streamSSE(c, async (stream) => {
      let sent = 0n;
      const waiting: LiveEvent[] = [];
      let wake: () => void = () => undefined;
      const push = (event: LiveEvent) => {
        waiting.push(event);
        wake();
      };
      const unsubscribe = hub.subscribe(ctx.principal.courtId, topics, push);
      const stopGap = hub.onGap(() => push({ court: '', number: '0', topic: '', kind: 'reset', data: {} }));
      stream.onAbort(() => wake());
      try {
        const backlog = await readBacklog(ctx, topics, lastSeen);
        if (backlog.reset) await stream.writeSSE({ event: 'reset', data: '{}', id: String(backlog.head) });
        else await stream.writeSSE({ event: 'ready', data: '{}', id: String(backlog.head) });
        for (const event of backlog.events) await send(event);
        if (backlog.head > sent) sent = backlog.head;
        while (!stream.aborted && !stream.closed) {
          const event = waiting.shift();
          if (event) await send(event);
          else await quiet();
        }
      } finally {
        unsubscribe();
        stopGap();
      }

      async function send(event: LiveEvent): Promise<void> {
        if (event.kind === 'reset') return void (await stream.writeSSE({ event: 'reset', data: '{}' }));
        if (BigInt(event.number) <= sent) return;
        sent = BigInt(event.number);
        await stream.writeSSE({
          event: 'change',
          id: event.number,
          data: JSON.stringify({ topic: event.topic, kind: event.kind, data: event.data }),
        });
      }

      async function quiet(): Promise<void> {
        let timer: NodeJS.Timeout | undefined;
        const slept = await new Promise<boolean>((resolve) => {
          wake = () => resolve(false);
          timer = setTimeout(() => resolve(true), KEEPALIVE_MS);
          if (waiting.length > 0 || stream.aborted) resolve(false);
        });
        clearTimeout(timer);
        if (slept) await stream.write(': quiet\n\n');
      }
    });
  });
}
