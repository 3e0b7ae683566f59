import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../server/src/app.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

type Described = { paths: Record<string, Record<string, { responses?: object; summary?: string }>> };

let t: TestApp;
let app: ReturnType<typeof createApp>;
let described: Described;
beforeAll(async () => {
  t = await testApp();
  const hub = { subscribe: () => () => undefined, onGap: () => () => undefined, stop: async () => undefined };
  app = createApp(t.deps, {
    hub,
    checkJobs: async () => undefined,
    webDir: tmpdir(),
    requestsPerMinute: 60,
  });
  described = (await (await app.request('/api/openapi.json')).json()) as Described;
});
afterAll(() => t.stop());

/** Pages, the video server's signalling and the description itself are no resources of the API. */
const besides = (path: string) =>
  path.startsWith('/rtc/') || path === '/api/openapi.json' || !/^\/(api|healthz|readyz)/.test(path);
const asDescribed = (path: string) => path.replaceAll(/:([a-zA-Z]+)(\{[^}]*\})?/g, '{$1}');

test('every mounted route is described, and nothing else is', () => {
  const mounted = app.routes
    .filter(({ method, path }) => method !== 'ALL' && !besides(path) && !path.includes('*'))
    .map(({ method, path }) => `${method} ${asDescribed(path)}`);
  const documented = Object.entries(described.paths).flatMap(([path, verbs]) =>
    Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path}`),
  );
  expect([...new Set(mounted)].sort()).toEqual(documented.sort());
  expect(documented.length).toBeGreaterThan(100);
});

test('every described route says what it does and what it answers', () => {
  const silent = Object.entries(described.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs)
      .filter(([, route]) => !route.summary || Object.keys(route.responses ?? {}).length === 0)
      .map(([verb]) => `${verb} ${path}`),
  );
  expect(silent).toEqual([]);
});

test('every described route is limited per address', async () => {
  const from = (ip: string) => ({
    incoming: { socket: { remoteAddress: ip, remotePort: 1, remoteFamily: 'IPv4' } },
  });
  for (let i = 0; i < 60; i += 1) await app.request('/readyz', {}, from('198.51.100.7'));
  const free: string[] = [];
  for (const [path, verbs] of Object.entries(described.paths)) {
    if (path === '/healthz') continue; // asks nothing of anybody
    const url = path.replaceAll(/\{[^}]+\}/g, '5b0a2f0e-27cf-4bd6-a6a0-74aeffcd9c1c');
    for (const verb of Object.keys(verbs)) {
      const answer = await app.request(url, { method: verb.toUpperCase() }, from('198.51.100.7'));
      if (answer.status !== 429 || !answer.headers.get('retry-after')) free.push(`${verb} ${path}`);
    }
  }
  expect(free).toEqual([]);
  expect((await app.request('/api/openapi.json', {}, from('198.51.100.8'))).status).toBe(200);
});
