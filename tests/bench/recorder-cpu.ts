import { readdirSync, readFileSync } from 'node:fs';
import {
  dispose,
  LocalVideoTrack,
  type Room,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoCodec,
  VideoFrame,
  VideoSource,
} from '@livekit/rtc-node';
import { openSession } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import { ToneSeat } from '../setup/tone-seat.ts';
import type { Row } from './run.ts';

const WARM_MS = 5000;
const MEASURE_MS = 20_000;
const [WIDTH, HEIGHT, FRAMES] = [640, 360, 15];
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * `recorder.cpu_cores`: processor seconds a second of the recording browser with all its helpers, while four seats send
 * moving 360p pictures and sound. Linux only: elsewhere the row is left out.
 */
export async function recorderCpu(): Promise<Row[]> {
  if (process.platform !== 'linux') return [];
  const app = await runApp();
  const seats = ['station', 'judge', 'mediator', 'zhou'].map((name, i) => new ToneSeat(name, 400 + i * 300));
  const stops: (() => void)[] = [];
  try {
    const court = await createCourt(app.deps, { suffix: '-cpu', passwordHash: 'none' });
    const clients = serviceClients(app, court);
    const c1 = await openSession(clients);
    const judge = await clients.asStaff('linyiming');
    const call = await c1.director.post<{ callId: string }>(`/api/sessions/${c1.sessionId}/judge-call`, {
      question: '在吗？',
    });
    await judge.post(`/api/judge-calls/${call.body.callId}/take`);
    for (const [i, client] of [c1.director, judge, c1.mediator, c1.zhouPhone].entries()) {
      await joined(seats[i] as ToneSeat, () => (seats[i] as ToneSeat).join(client, c1.sessionId, app.url));
      stops.push(await sendPicture(seats[i]?.room as Room, i));
    }
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
    const [before, at] = [ticks(), performance.now()];
    await wait(MEASURE_MS);
    const seconds = (performance.now() - at) / 1000;
    const cores = (ticks() - before) / 100 / seconds;
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
    for (const stop of stops) stop();
    for (const seat of seats) await seat.leave();
    await dispose();
    await app.stop();
  }
}

/** Asked again while the room is being made. */
async function joined(seat: ToneSeat, join: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    const failed = await join().then(
      () => null,
      (error: unknown) => error,
    );
    if (!failed) return;
    if (tries > 40) throw new Error(`${seat.name} could not join: ${String(failed)}`);
    await wait(300);
  }
}

/** A picture in which something moves, as a camera's does. */
async function sendPicture(room: Room, nth: number): Promise<() => void> {
  const source = new VideoSource(WIDTH, HEIGHT);
  const options = new TrackPublishOptions();
  options.source = TrackSource.SOURCE_CAMERA;
  options.videoCodec = VideoCodec.VP8;
  options.simulcast = true;
  await room.localParticipant?.publishTrack(LocalVideoTrack.createVideoTrack('camera', source), options);
  const plane = WIDTH * HEIGHT;
  const data = new Uint8Array(plane * 1.5).fill(128);
  let n = 0;
  const timer = setInterval(() => {
    n += 1;
    for (let y = 0; y < HEIGHT; y += 1)
      data.fill(
        ((y + n * 3) & 127) + 40 + nth * 20,
        y * WIDTH + ((n * 7) % 320),
        y * WIDTH + ((n * 7) % 320) + 320,
      );
    source.captureFrame(new VideoFrame(data, WIDTH, HEIGHT, VideoBufferType.I420));
  }, 1000 / FRAMES);
  return () => clearInterval(timer);
}

/** Hundredths of a processor second of the recording browser and everything below it (proc(5): utime, stime). */
function ticks(): number {
  const processes = readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const spent = Number(stat[11]) + Number(stat[12]);
        return [{ pid, parent: stat[1] ?? '', spent, root: command.includes('tongxi-recorder-') }];
      } catch {
        return [];
      }
    });
  const ours = new Set(processes.filter((p) => p.root).map((p) => p.pid));
  for (let grown = -1; grown !== ours.size; ) {
    grown = ours.size;
    for (const p of processes) if (ours.has(p.parent)) ours.add(p.pid);
  }
  return processes.filter((p) => ours.has(p.pid)).reduce((sum, p) => sum + p.spent, 0);
}
