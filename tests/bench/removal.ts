import { dispose, RoomEvent } from '@livekit/rtc-node';
import { openSession } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import { median } from './pdf-draw.ts';
import type { Row } from './run.ts';
import { type SendingSeat, sendingSeat } from './sending-seat.ts';

const ROUNDS = 10;
const LIMIT_MS = 30_000;

/**
 * `removal.ms`: the host's press (the request leaves) → the removed person's tracks are gone at another seat. Beside it
 * the video server's own RemoveParticipant, asked directly, without rights, record or deny list. Real media, in turns.
 */
export async function removal(): Promise<Row[]> {
  const app = await runApp();
  const inside: { station?: SendingSeat; zhou?: SendingSeat } = {};
  try {
    const court = await createCourt(app.deps, { suffix: '-removal', passwordHash: 'none' });
    const clients = serviceClients(app, court);
    const c1 = await openSession(clients);
    const at = `/api/sessions/${c1.sessionId}/seats/${c1.seats.party.id}`;
    const { identity } = c1.seats.party;
    const enter = async () => {
      await inside.zhou?.stop();
      inside.zhou = await sendingSeat('zhou', 660, c1.zhouPhone, c1.sessionId, app.url);
      await until(() => inside.station?.room.remoteParticipants.get(identity)?.trackPublications.size === 2);
    };
    inside.station = await sendingSeat('station', 440, c1.director, c1.sessionId, app.url);
    const gone = async (act: () => Promise<unknown>) => {
      const left = new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('media did not end')), LIMIT_MS);
        inside.station?.room.once(RoomEvent.ParticipantDisconnected, () => {
          clearTimeout(timer);
          resolve(performance.now());
        });
      });
      const started = performance.now();
      await act();
      return (await left) - started;
    };
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await enter();
      ours.push(await gone(() => c1.mediator.post(`${at}/remove`, { reason: 'bench' })));
      await c1.mediator.post(`${at}/lift-removal`);
      await c1.zhouPhone.post(`/api/sessions/${c1.sessionId}/lobby`, {});
      await c1.mediator.post(`${at}/admit`);
      await enter();
      theirs.push(await gone(() => app.deps.video.removeParticipant(c1.room, identity)));
    }
    const [value, of] = [median(ours), median(theirs)];
    return [
      {
        name: 'removal.ms',
        kind: 'ratio',
        value,
        unit: 'ms',
        reference: of,
        ratio: value / of,
        note: `medians of ${ROUNDS}, worst ${Math.max(...ours).toFixed(0)} ms; reference: RemoveParticipant alone`,
      },
    ];
  } finally {
    await inside.zhou?.stop();
    await inside.station?.stop();
    await dispose();
    await app.stop();
  }
}

async function until(is: () => boolean): Promise<void> {
  const started = Date.now();
  while (!is()) {
    if (Date.now() - started > LIMIT_MS) throw new Error('the seat did not send');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
