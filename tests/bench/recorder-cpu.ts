import { dispose } from '@livekit/rtc-node';
import { openSession } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import { cpuSeconds } from './process-cpu.ts';
import type { Row } from './run.ts';
import { type SendingSeat, sendingSeat } from './sending-seat.ts';

const WARM_MS = 5000;
const MEASURE_MS = 20_000;
const spent = () => cpuSeconds((command) => command.includes('tongxi-recorder-'));
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * `recorder.cpu_cores`: processor seconds a second of the recording browser with all its helpers, while four seats send
 * moving 360p pictures and sound. Linux only: elsewhere the row is left out.
 */
export async function recorderCpu(): Promise<Row[]> {
  if (process.platform !== 'linux') return [];
  const app = await runApp();
  const seats: SendingSeat[] = [];
  try {
    const court = await createCourt(app.deps, { suffix: '-cpu', passwordHash: 'none' });
    const clients = serviceClients(app, court);
    const c1 = await openSession(clients);
    const judge = await clients.asStaff('linyiming');
    const call = await c1.director.post<{ callId: string }>(`/api/sessions/${c1.sessionId}/judge-call`, {
      question: '在吗？',
    });
    await judge.post(`/api/judge-calls/${call.body.callId}/take`);
    for (const [i, client] of [c1.director, judge, c1.mediator, c1.zhouPhone].entries())
      seats.push(await sendingSeat(`seat ${i}`, 400 + i * 300, client, c1.sessionId, app.url, true));
    await c1.mediator.post(`/api/sessions/${c1.sessionId}/recording/start`, {});
    const state = async () =>
      (await c1.director.get<{ status: string }>(`/api/sessions/${c1.sessionId}/recording`)).body.status;
    const pressed = Date.now();
    while ((await state()) !== 'RUNNING') {
      if (Date.now() - pressed > 60_000) throw new Error('the recording did not start');
      await wait(200);
    }
    const startMs = Date.now() - pressed;
    await wait(WARM_MS);
    const [before, at] = [spent(), performance.now()];
    await wait(MEASURE_MS);
    const seconds = (performance.now() - at) / 1000;
    const cores = (spent() - before) / seconds;
    await c1.mediator.post(`/api/sessions/${c1.sessionId}/recording/stop`);
    const row = { kind: 'absolute' as const, reference: null, ratio: null };
    return [
      {
        ...row,
        name: 'recorder.cpu_cores',
        value: cores,
        unit: 'cores',
        note: 'four 360p seats, 640×360 at 10 fps',
      },
      {
        ...row,
        name: 'recorder.start_ms',
        value: startMs,
        unit: 'ms',
        note: 'host’s press to first piece kept',
      },
    ];
  } finally {
    for (const seat of seats) await seat.stop();
    await dispose();
    await app.stop();
  }
}
