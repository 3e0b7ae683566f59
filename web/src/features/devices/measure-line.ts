import type { LineMeasure } from '@tongxi/server/contract/self-test.ts';
import { type RemoteTrack, Room, RoomEvent, Track } from 'livekit-client';
import { api, call } from '../../api/client.ts';

const CONNECT_MS = 25_000;
const WARM_MS = 1500;
const MEASURE_MS = 4000;
const TCP_MS = 8000;
const FILE_MS = 4000;
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Sends one's own sound and picture into a test room and receives them back, as in a session, for about ten seconds;
 * then gives UDP up on purpose to see whether media also comes over TCP. Null when nothing came back by any way.
 * The rates are Chromium's and Safari's estimate of the way up, and a file's of the way down.
 */
export async function measureLine(
  sessionId: string,
  devices: MediaStreamTrack[],
): Promise<LineMeasure | null> {
  const sender = new Room();
  const receiver = new Room();
  const arrived: RemoteTrack[] = [];
  receiver.on(RoomEvent.TrackSubscribed, (track) => arrived.push(track));
  const copies = devices.length > 0 ? devices.map((track) => track.clone()) : [movingPicture()];
  try {
    const tickets = await call(api.sessions[':sessionId']['self-test'].$post({ param: { sessionId } }));
    const url = location.origin.replace(/^http/, 'ws');
    await within(
      CONNECT_MS,
      Promise.all([sender.connect(url, tickets.send), receiver.connect(url, tickets.receive)]),
    );
    for (const copy of copies)
      await sender.localParticipant.publishTrack(copy, {
        source: copy.kind === 'audio' ? Track.Source.Microphone : Track.Source.Camera,
        simulcast: false,
      });
    await until(CONNECT_MS, async () => (await received(arrived)).packets > 0);
    await wait(WARM_MS);
    const [down, up] = [await received(arrived), await sent(sender)];
    const fromFile = await fileKbit();
    await wait(MEASURE_MS);
    const [downAfter, upAfter] = [await received(arrived), await sent(sender)];
    const packets = downAfter.packets - down.packets;
    const lost = Math.max(0, downAfter.lost - down.lost);
    const overTcp = upAfter.path === 'udp' && !onThisMachine() ? await comesOverTcp(receiver, arrived) : null;
    return {
      path: upAfter.path,
      overTcp: upAfter.path === 'tcp' ? true : overTcp,
      upKbit: Math.round(upAfter.kbit || ((upAfter.bytes - up.bytes) * 8) / MEASURE_MS),
      downKbit: Math.round(fromFile || ((downAfter.bytes - down.bytes) * 8) / MEASURE_MS),
      lossUp: upAfter.loss,
      lossDown: packets + lost > 0 ? lost / (packets + lost) : 1,
      roundTripMs: Math.round(upAfter.roundTripMs),
    };
  } catch {
    return null;
  } finally {
    for (const copy of copies) copy.stop();
    await Promise.all([sender.disconnect(), receiver.disconnect()]);
  }
}

/** The receiving side is told to use TCP alone and connects anew; whether media comes that way in time. */
async function comesOverTcp(receiver: Room, arrived: RemoteTrack[]): Promise<boolean> {
  arrived.length = 0;
  try {
    await receiver.simulateScenario('force-tcp');
    await until(TCP_MS, async () => {
      const now = await received(arrived);
      return now.path === 'tcp' && now.packets > 0;
    });
    return true;
  } catch {
    return false;
  }
}

/** A page of this very machine has no network to try. */
const onThisMachine = () => /^(localhost|127\.|\[::1\])/.test(location.hostname);

/** Something to send where neither camera nor microphone may be used: the line is measured all the same. */
function movingPicture(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [320, 180];
  const pen = canvas.getContext('2d');
  const [track] = canvas.captureStream(10).getVideoTracks();
  if (!track) throw new Error('no canvas track');
  let n = 0;
  const draw = () => {
    if (!pen || track.readyState === 'ended') return;
    n += 1;
    pen.fillStyle = `hsl(${(n * 7) % 360} 80% 50%)`;
    pen.fillRect((n * 5) % 320, (n * 3) % 180, 60, 40);
    setTimeout(draw, 100);
  };
  draw();
  return track;
}

type Stat = Record<string, number | string | undefined> & { type: string; id: string };
const statsOf = (report: RTCStatsReport | undefined): Stat[] =>
  report ? ([...report.values()] as Stat[]) : [];
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

function pathOf(stats: Stat[]): LineMeasure['path'] {
  const transport = stats.find((one) => one.type === 'transport');
  const pair = stats.find((one) =>
    transport?.selectedCandidatePairId
      ? one.id === transport.selectedCandidatePairId
      : one.type === 'candidate-pair' && one.nominated,
  );
  const local = stats.find((one) => one.id === pair?.localCandidateId);
  if (local?.candidateType === 'relay') return 'relay';
  return local?.protocol === 'tcp' ? 'tcp' : 'udp';
}

async function received(arrived: RemoteTrack[]) {
  const sum = { packets: 0, lost: 0, bytes: 0, path: 'udp' as LineMeasure['path'] };
  for (const track of arrived) {
    const stats = statsOf(await track.receiver?.getStats());
    for (const one of stats)
      if (one.type === 'inbound-rtp') {
        sum.packets += number(one.packetsReceived);
        sum.lost += number(one.packetsLost);
        sum.bytes += number(one.bytesReceived);
      }
    sum.path = pathOf(stats);
  }
  return sum;
}

async function sent(sender: Room) {
  const sum = { bytes: 0, loss: 0, kbit: 0, roundTripMs: 0, path: 'udp' as LineMeasure['path'] };
  for (const { track } of sender.localParticipant.trackPublications.values()) {
    const stats = statsOf(await track?.sender?.getStats());
    for (const one of stats) {
      if (one.type === 'outbound-rtp') sum.bytes += number(one.bytesSent);
      if (one.type === 'remote-inbound-rtp') sum.loss = Math.max(sum.loss, number(one.fractionLost));
      if (one.type === 'candidate-pair' && one.nominated) {
        sum.kbit = Math.max(sum.kbit, number(one.availableOutgoingBitrate) / 1000);
        sum.roundTripMs = Math.max(sum.roundTripMs, number(one.currentRoundTripTime) * 1000);
      }
    }
    sum.path = pathOf(stats);
  }
  return sum;
}

/** How fast the largest script of this page comes down again, for four seconds at most; 0 when that says nothing. */
async function fileKbit(): Promise<number> {
  const scripts = performance
    .getEntriesByType('resource')
    .filter((one): one is PerformanceResourceTiming => one.name.endsWith('.js'))
    .sort((a, b) => b.encodedBodySize - a.encodedBodySize);
  const largest = scripts[0];
  if (!largest || largest.decodedBodySize === 0) return 0;
  const started = performance.now();
  const answer = await fetch(largest.name, { cache: 'no-store' });
  const reader = answer.body?.getReader();
  let bytes = 0;
  while (reader && performance.now() - started < FILE_MS) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
  }
  await reader?.cancel();
  const seconds = (performance.now() - started) / 1000;
  const carried = bytes * (largest.encodedBodySize / largest.decodedBodySize);
  return Math.min(1_000_000, (carried * 8) / 1000 / seconds);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), ms);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

async function until(ms: number, is: () => Promise<boolean>): Promise<void> {
  const started = Date.now();
  while (!(await is())) {
    if (Date.now() - started > ms) throw new Error('too late');
    await wait(200);
  }
}
