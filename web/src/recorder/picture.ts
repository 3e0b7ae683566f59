import type { LayoutView } from '@tongxi/server/contract/recording.ts';
import { type RemoteTrack, type RemoteTrackPublication, type Room, RoomEvent, Track } from 'livekit-client';
import { fitted, type Tile, tilesOf } from './tiles.ts';

/** Light enough for a station's machine: figures in docs/verification of `recorder.cpu_cores`. */
const FRAMES_PER_SECOND = 10;
const BAR = 26;
const FONT = '"Noto Serif SC", "Noto Sans SC", sans-serif';

type Shown = { video: HTMLVideoElement; publication: RemoteTrackPublication };

/** Everybody's picture on one canvas, with names, the case and the clock beneath. */
export function composePicture(canvas: HTMLCanvasElement, room: Room, first: LayoutView) {
  const brush = canvas.getContext('2d', { alpha: false });
  if (!brush) throw new Error('no canvas context');
  let view = first;
  const shown = new Map<RemoteTrack, Shown>();
  room.on(RoomEvent.TrackSubscribed, (track, publication) => {
    if (track.kind !== Track.Kind.Video) return;
    const video = track.attach() as HTMLVideoElement;
    video.muted = true;
    shown.set(track, { video, publication });
  });
  room.on(RoomEvent.TrackUnsubscribed, (track) => {
    shown.delete(track);
    for (const element of track.detach()) element.remove();
  });
  const draw = () => {
    brush.fillStyle = '#14181f';
    brush.fillRect(0, 0, canvas.width, canvas.height);
    const here = [...room.remoteParticipants.values()];
    const pictures = here.flatMap((person) =>
      [...person.trackPublications.values()].flatMap((publication) => {
        const video = publication.track ? shown.get(publication.track as RemoteTrack) : undefined;
        return video && !publication.isMuted ? [{ person: person.identity, ...video }] : [];
      }),
    );
    const hears = here.filter((p) => [...p.trackPublications.values()].some((t) => t.track !== undefined));
    const cards = [
      ...pictures.map(({ person, video, publication }) => ({ person, video, publication })),
      ...hears
        .filter((p) => !pictures.some((one) => one.person === p.identity))
        .map((p) => ({ person: p.identity, video: null, publication: null })),
    ];
    if (cards.length === 0)
      words('此时没有可录制的画面和声音', canvas.width / 2, canvas.height / 2 - BAR / 2, 18);
    const tiles = tilesOf(cards.length, canvas.width, canvas.height - BAR);
    for (const [i, card] of cards.entries()) {
      const tile = tiles[i];
      if (tile) drawCard(card, tile);
    }
    brush.fillStyle = '#1f3a5f';
    brush.fillRect(0, canvas.height - BAR, canvas.width, BAR);
    words(`${view.demo ? '演示　' : ''}${view.title}`.slice(0, 40), 8, canvas.height - BAR / 2, 13, 'left');
    words(clock(), canvas.width - 8, canvas.height - BAR / 2, 13, 'right');
  };
  const timer = setInterval(draw, 1000 / FRAMES_PER_SECOND);
  room.once(RoomEvent.Disconnected, () => clearInterval(timer));
  draw();
  return {
    stream: canvas.captureStream(FRAMES_PER_SECOND),
    update(next: LayoutView) {
      view = next;
    },
  };

  function drawCard(
    card: { person: string; video: HTMLVideoElement | null; publication: RemoteTrackPublication | null },
    tile: Tile,
  ): void {
    const name = view.seats.find((seat) => seat.identity === card.person)?.label ?? '';
    if (!brush) return;
    if (card.video && card.video.videoWidth > 0) {
      // No more pixels are asked for than are drawn.
      card.publication?.setVideoDimensions({
        width: Math.round(tile.width),
        height: Math.round(tile.height),
      });
      const at = fitted(tile, { width: card.video.videoWidth, height: card.video.videoHeight });
      brush.drawImage(card.video, at.x, at.y, at.width, at.height);
    } else words(name, tile.x + tile.width / 2, tile.y + tile.height / 2, 20);
    brush.fillStyle = 'rgb(0 0 0 / 55%)';
    brush.font = `14px ${FONT}`;
    brush.fillRect(tile.x + 4, tile.y + tile.height - 26, brush.measureText(name).width + 12, 22);
    words(name, tile.x + 10, tile.y + tile.height - 15, 14, 'left');
  }

  function words(text: string, x: number, y: number, size: number, align: CanvasTextAlign = 'center'): void {
    if (!brush) return;
    brush.fillStyle = '#fff';
    brush.font = `${size}px ${FONT}`;
    brush.textAlign = align;
    brush.textBaseline = 'middle';
    brush.fillText(text, x, y);
  }
}

/** 2026-11-26 14:30:05, the time of the court. */
const clock = (): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date());
