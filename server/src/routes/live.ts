import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { DomainError } from '../domain/errors.ts';
import { type AppEnv, ctxOf, resource } from '../http/app-env.ts';
import { whoAsks } from '../http/principal.ts';
import type { Ctx, Principal } from '../services/context.ts';
import { audibleTopics } from '../services/live/authorise-topics.ts';
import type { LiveEvent, LiveHub } from '../services/live/hub.ts';
import { readBacklog } from '../services/live/read-backlog.ts';

/** Also keeps proxies from closing a quiet stream: each look writes a comment line. */
const CHECK_MS = 10_000;

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
      /** Without `last`: how long ago, in ms, the page began to load what these topics are about. */
      age: z.coerce.number().int().min(0).max(120_000).optional(),
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

/**
 * Live updates: never polled, one stream a page. Topics that the listener may not hear are left out; FORBIDDEN when
 * none remains. Who listens is asked again every `checkMs` and the moment their session or device is revoked: then the
 * stream ends. `reset` tells the reader to load everything afresh.
 */
export function liveRoutes(hub: LiveHub, checkMs = CHECK_MS) {
  return resource().openapi(liveRoute, async (c) => {
    const ctx = ctxOf(c, 'staff', 'party', 'device');
    const topics = [...new Set(c.req.valid('query').topics.split(','))];
    if (topics.length > 20) throw new DomainError('BAD_REQUEST', { fields: ['topics'] });
    let heard = await audibleTopics(ctx, topics);
    if (heard.length === 0) throw new DomainError('FORBIDDEN', { topics });
    const lastSeen = c.req.header('last-event-id') ?? c.req.valid('query').last;
    return streamSSE(c, async (stream) => {
      let sent = 0n;
      let checkedAt = Date.now();
      const waiting: LiveEvent[] = [];
      let wake: () => void = () => undefined;
      const push = (event: LiveEvent) => {
        waiting.push(event);
        wake();
      };
      const { courtId } = ctx.principal;
      const over = `over:${idOf(ctx.principal)}`;
      const subscribe = () => hub.subscribe(courtId, [...heard, over], push);
      let unsubscribe = subscribe();
      const stopGap = hub.onGap(() => push({ court: '', number: '0', topic: '', kind: 'reset', data: {} }));
      stream.onAbort(() => wake());
      try {
        const backlog = await readBacklog(ctx, heard, lastSeen, c.req.valid('query').age);
        for (const event of backlog.events) await send(event);
        // Last: a stream that breaks before it is resumed from the last event that arrived.
        const event = backlog.reset ? 'reset' : 'ready';
        await stream.writeSSE({ event, data: '{}', id: String(backlog.head) });
        if (backlog.head > sent) sent = backlog.head;
        while (!stream.aborted && !stream.closed) {
          const event = waiting.shift();
          const due = event?.topic === over || Date.now() - checkedAt >= checkMs;
          if (due && !(await listensOn())) return;
          if (event) await send(event);
          else await quiet();
        }
      } finally {
        unsubscribe();
        stopGap();
      }

      /** Whether it is still the same listener with something to hear; topics come and go with their rights. */
      async function listensOn(): Promise<boolean> {
        checkedAt = Date.now();
        const next = await stillHeard(c, ctx, topics).catch(() => []);
        if (next.length === 0) return false;
        if (next.join() === heard.join()) return true;
        const gained = next.some((topic) => !heard.includes(topic));
        heard = next;
        unsubscribe();
        unsubscribe = subscribe();
        if (gained) await stream.writeSSE({ event: 'reset', data: '{}' });
        return true;
      }

      async function send(event: LiveEvent): Promise<void> {
        if (event.kind === 'reset') return void (await stream.writeSSE({ event: 'reset', data: '{}' }));
        if (!heard.includes(event.topic) || BigInt(event.number) <= sent) return;
        sent = BigInt(event.number);
        await stream.writeSSE({
          event: 'change',
          id: event.number,
          data: JSON.stringify({ topic: event.topic, ...toldTo(ctx.principal, event) }),
        });
      }

      async function quiet(): Promise<void> {
        let timer: NodeJS.Timeout | undefined;
        const slept = await new Promise<boolean>((resolve) => {
          wake = () => resolve(false);
          timer = setTimeout(() => resolve(true), Math.max(0, checkedAt + checkMs - Date.now()));
          if (waiting.length > 0 || stream.aborted) resolve(false);
        });
        clearTimeout(timer);
        if (slept) await stream.write(': quiet\n\n');
      }
    });
  });
}

/** What the stream's opener may hear now; nothing when the cookies stand for somebody else by now, or for nobody. */
async function stillHeard(c: Context<AppEnv>, ctx: Ctx, topics: string[]): Promise<string[]> {
  const { principal } = await whoAsks(c, true);
  if (!principal || idOf(principal) !== idOf(ctx.principal)) return [];
  return audibleTopics({ ...ctx, principal }, topics);
}

/** A side hears that something changed, not what: who came, left or went where may be the other side's alone. */
function toldTo({ kind }: Principal, event: LiveEvent): Pick<LiveEvent, 'kind' | 'data'> {
  const bare = kind === 'party' && !event.topic.startsWith('draft:');
  return bare ? { kind: 'changed', data: {} } : { kind: event.kind, data: event.data };
}

/** The row whose end is the stream's end. */
function idOf(principal: Principal): string {
  switch (principal.kind) {
    case 'staff':
      return principal.sessionId;
    case 'party':
      return principal.partySessionId;
    case 'device':
      return principal.deviceId;
    case 'system':
      return '';
  }
}
