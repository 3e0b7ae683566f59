import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import type { Armed, Order, Start } from './killed-app.ts';
import type { Moment } from './persisted-writes.ts';

/**
 * The application in a process of its own, which kills itself, or the process named, with SIGKILL at the persisted write
 * that its parent names. Started by killed-app.ts only; nothing of the server reaches it. It loads its code first and then waits for the
 * place to serve, so that a parent may have the next one loaded while this one runs.
 */
process.on('disconnect', () => process.exit(0));
const given = once(process, 'message');
enableCompileCache();
const { serve } = await import('@hono/node-server');
const { assembleApp } = await import('./assemble-app.ts');
const { watchWrites } = await import('./persisted-writes.ts');
const { fakeVideo } = await import('../fakes/video.ts');
// Whoever is killed writes nothing at its end: the next process finds the compiled code only if it is written now.
flushCompileCache();

const [{ site, port, idle }] = (await given) as [Start];
/** Linux only. PostgreSQL's own processes make groups of their own: they are asked for at the moment itself. */
const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
let order: Order | null = null;
process.on('message', (next: Order | { spared: true }) => {
  const armed: Armed = { armed: true, struck: order !== null && order.nth < 0 };
  order = 'spared' in next ? null : next;
  process.send?.(armed);
});
const hits = (moment: Moment) => moment === order?.moment || moment.endsWith(`:${order?.moment}`);
const { app } = await assembleApp({
  ...site,
  idle,
  publicUrl: `http://127.0.0.1:${port}`,
  video: fakeVideo(),
  sms: { send: async () => undefined },
  around: (deps) =>
    watchWrites(deps, (moment) => {
      if (!order || !hits(moment) || order.nth-- !== 0) return;
      const victim = order.victim ?? process.pid;
      for (const pid of [victim, ...(order.victim ? childrenOf(victim) : [])]) process.kill(pid, 'SIGKILL');
    }),
});
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => process.send?.({ ready: true }));
