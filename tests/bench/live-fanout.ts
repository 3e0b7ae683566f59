import { emitLive } from '../../server/src/services/audit/append-audit.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openSession } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import { startClients } from './client-process.ts';
import type { Row } from './run.ts';

const STREAMS = 500;
const EVENTS = 30;
const EVERY_MS = 500;
const POLL_EVENTS = 6;
const POLL_EVERY_MS = 3000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * `live.fanout_p95_ms`: moment before an event's commit → received by 500 event streams, each of a session of its own;
 * beside it 500 pages that ask for the session every 1000 ms (as La Suite Meet does) until they see a change. Listeners
 * and askers run in a process of their own.
 */
export async function liveFanout(): Promise<Row[]> {
  const app = await runApp({ REQUESTS_PER_MINUTE: '10000000' });
  try {
    const court = await createCourt(app.deps, { suffix: '-fanout', passwordHash: 'none' });
    const clients = serviceClients(app, court);
    const c1 = await openSession(clients);
    const cookies: string[] = [];
    for (let i = 0; i < STREAMS; i += 1) {
      const { name, value } = clients.cookieOf(await clients.asStaff('zhaosuqin'));
      cookies.push(`${name}=${value}`);
    }
    const listen = (kind: 'stream' | 'poll') =>
      startClients<{ times: number[] }>('./listener-process.ts', [kind, app.url, c1.sessionId], cookies);
    const streams = await listen('stream');
    for (let n = 0; n < EVENTS; n += 1) {
      await inCourt(app.deps.db, court.courtId, (tx) =>
        emitLive(tx, [`session:${c1.sessionId}`], 'bench', { at: Date.now() }),
      );
      await wait(EVERY_MS);
    }
    const pushed = await streams.end();
    if (pushed.times.length !== STREAMS * EVENTS)
      throw new Error(`${pushed.times.length} of ${STREAMS * EVENTS} events arrived`);
    const pollers = await listen('poll');
    const hand = (raised: boolean) => c1.zhouPhone.post(`/api/sessions/${c1.sessionId}/hand`, { raised });
    for (let n = 0; n < POLL_EVENTS; n += 1) {
      await hand(true);
      await wait(POLL_EVERY_MS);
      await hand(false);
      await wait(POLL_EVERY_MS / 2);
    }
    const polled = await pollers.end();
    const [value, of] = [p95(pushed.times), p95(polled.times)];
    return [
      {
        name: 'live.fanout_p95_ms',
        kind: 'ratio',
        value,
        unit: 'ms',
        reference: of,
        ratio: value / of,
        note: `${STREAMS} streams, ${EVENTS} events; goal ≤ 250; asking each second saw ${polled.times.length} of ${STREAMS * POLL_EVENTS} changes`,
      },
    ];
  } finally {
    await app.stop();
  }
}

const p95 = (times: number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
