import { createRoute, z } from '@hono/zod-openapi';
import { resource } from '../http/app-env.ts';
import { readinessOf } from '../services/health/check-readiness.ts';

const State = z.object({ ok: z.boolean(), ms: z.number(), error: z.string().optional() });
const Ready = z
  .object({ ready: z.boolean(), database: State, livekit: State, storage: State, jobs: State })
  .openapi('Readiness');

const healthz = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'The process is alive',
  responses: {
    200: {
      description: 'Alive',
      content: { 'application/json': { schema: z.object({ ok: z.literal(true) }) } },
    },
  },
});
const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Database, LiveKit, storage and jobs, each with its state',
  responses: {
    200: { description: 'Ready', content: { 'application/json': { schema: Ready } } },
    503: { description: 'Something is away', content: { 'application/json': { schema: Ready } } },
  },
});

export function healthRoutes(checkJobs: () => Promise<void>) {
  let ask: ReturnType<typeof readinessOf> | undefined;
  return resource()
    .openapi(healthz, (c) => c.json({ ok: true as const }, 200))
    .openapi(readyz, async (c) => {
      ask ??= readinessOf(c.var.deps, checkJobs);
      const state = await ask();
      return c.json(state, state.ready ? 200 : 503);
    });
}
