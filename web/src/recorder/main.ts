import { Room, RoomEvent } from 'livekit-client';
import { composePicture } from './picture.ts';
import { openService } from './service.ts';
import { mixSound } from './sound.ts';
import { recordPieces } from './take.ts';

/** Soon enough that the last piece is handed in before the recording is closed (services/recording/stop-recording.ts). */
const ASK_AGAIN_MS = 2000;

/**
 * The page that a recording browser opens, ours or LiveKit Egress's: joins as the hidden participant of its ticket, puts
 * everybody's picture and sound into one, and hands it in piece by piece. With `?mode=egress` Egress takes what the page
 * shows and plays; nothing is handed in. Once all is over, the address ends in #done.
 */
async function main(): Promise<void> {
  const service = openService(location.hash.slice(1));
  const egress = new URLSearchParams(location.search).get('mode') === 'egress';
  // The ticket is in no address from here on.
  history.replaceState(null, '', location.pathname + location.search);
  const first = await service.hello();
  if (!first.token) return over();
  const room = new Room({ adaptiveStream: false, dynacast: false });
  const canvas = document.querySelector('canvas');
  if (!canvas) throw new Error('no canvas');
  const picture = composePicture(canvas, room, first);
  const sound = mixSound(room, { aloud: egress, seats: first.seats });
  const ended = new Promise<void>((resolve) => room.once(RoomEvent.Disconnected, () => resolve()));
  await room.connect(location.origin.replace(/^http/, 'ws'), first.token, { autoSubscribe: true });
  const taking = egress
    ? null
    : recordPieces(new MediaStream([...picture.stream.getTracks(), ...sound.stream.getTracks()]), service);
  if (egress) tellEgress('START_RECORDING');
  const asking = setInterval(() => {
    void service.hello().then(
      (now) => {
        picture.update(now);
        sound.update(now.seats);
        if (now.stop) void room.disconnect();
      },
      (refusal: unknown) => {
        if (refusal instanceof Error && refusal.message === 'refused') void room.disconnect();
      },
    );
  }, ASK_AGAIN_MS);
  await Promise.race([ended, ...(taking ? [taking.lost] : [])]);
  clearInterval(asking);
  await taking?.finish();
  if (egress) tellEgress('END_RECORDING');
  over();
}

/** LiveKit Egress reads the console: it records from the one word to the other. */
function tellEgress(word: 'START_RECORDING' | 'END_RECORDING'): void {
  // biome-ignore lint/suspicious/noConsole: Egress has no other ear
  console.log(word);
}

function over(): void {
  location.hash = 'done';
}

main().catch(over);
