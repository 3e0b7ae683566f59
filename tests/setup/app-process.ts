import { serve } from '@hono/node-server';
import { fakeVideo } from '../fakes/video.ts';
import { assembleApp } from './assemble-app.ts';
import type { Order, Site } from './killed-app.ts';
import { watchWrites } from './persisted-writes.ts';

/**
 * The application in a process of its own, which kills itself with SIGKILL at the persisted write that its parent
 * names. Started by killed-app.ts only; nothing of the server reaches it.
 */
const { site, port } = JSON.parse(process.argv[2] ?? '{}') as { site: Site; port: number };
let order: Order | null = null;

process.on('message', (next: Order) => {
  order = next;
  process.send?.({ armed: true });
});
process.on('disconnect', () => process.exit(0));

const { app } = await assembleApp({
  ...site,
  publicUrl: `http://127.0.0.1:${port}`,
  video: fakeVideo(),
  sms: { send: async () => undefined },
  around: (deps) =>
    watchWrites(deps, (moment) => {
      if (order?.moment === moment && order.nth-- === 0) process.kill(process.pid, 'SIGKILL');
    }),
});
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => process.send?.({ ready: true }));
