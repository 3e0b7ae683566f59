import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { isLoopback } from '../config.ts';
import { DemoOutbox, DemoPeople } from '../contract/sign-in.ts';
import { type AppEnv, requestOf, resource } from '../http/app-env.ts';
import { giveCookie } from '../http/cookies.ts';
import { hostOf } from '../http/own-hosts.ts';
import { answers } from '../http/responses.ts';
import { enrolDemoDevice } from '../services/demo/enrol-demo-device.ts';
import { readDemoOutbox } from '../services/demo/read-demo-outbox.ts';
import { readDemoPeople } from '../services/demo/read-demo-people.ts';

const people = createRoute({
  method: 'get',
  path: '/demo/people',
  summary: 'Demo databases, on this machine itself only: people and their codes',
  responses: answers(DemoPeople, 'People'),
});
const outbox = createRoute({
  method: 'get',
  path: '/demo/sms',
  summary: 'Demo databases, on this machine itself only: text messages',
  responses: answers(DemoOutbox, 'Messages, newest first'),
});

const device = createRoute({
  method: 'post',
  path: '/demo/device',
  summary: 'Demo databases, on this machine itself only: this browser becomes the demo station’s screen',
  responses: answers(z.object({ stationName: z.string() }), 'Enrolled'),
});

/** Behind a proxy every visitor looks local, so a forwarded request is never local. */
const askerOf = (c: Context<AppEnv>) => ({
  // A stranger's page whose name points here asks from this machine too, but under its own name.
  loopback: isLoopback(c.var.ip) && isLoopback(hostOf(c)),
  proxied: ['x-forwarded-for', 'forwarded', 'x-real-ip'].some((name) => c.req.header(name) !== undefined),
});

export function demoRoutes() {
  return resource()
    .openapi(people, async (c) => c.json(await readDemoPeople(c.var.deps, askerOf(c)), 200))
    .openapi(outbox, async (c) => c.json(await readDemoOutbox(c.var.deps, askerOf(c)), 200))
    .openapi(device, async (c) => {
      const { token, stationName } = await enrolDemoDevice(c.var.deps, requestOf(c), askerOf(c));
      giveCookie(c, 'device', token, 30 * 24 * 3600);
      return c.json({ stationName }, 200);
    });
}
