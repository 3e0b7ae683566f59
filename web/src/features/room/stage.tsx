import { aside, listMark, useWords } from '../../i18n/index.ts';
import { useCaucus } from '../caucus/index.ts';
import { Picture, Sound } from './media.tsx';
import type { RoomSeat } from './room-seat.ts';
import type { RoomState } from './use-room.ts';
import type { Session } from './use-session.ts';
import { loudness } from './voices.ts';

/** Everybody's picture, one's own last; who speaks and how good the line is stands in words. */
export function Stage({ session, room }: { session: Session; room: RoomState }) {
  const t = useWords('session');
  const seats = session.seats.filter((s) => s.admitted || s.present || s.mine);
  const live = (identity: string) => room.seats.find((s) => s.identity === identity);
  const rank = (s: Session['seats'][number]) => (s.spotlit ? 0 : s.mine ? 2 : 1);
  const ordered = [...seats].sort((a, b) => rank(a) - rank(b));
  const mine = seats.find((s) => s.mine);
  const talk = useCaucus(session.id).data?.running;
  const here = {
    hearsInterpreter: mine?.hearsInterpreter ?? false,
    interpreterLive: seats.some((s) => s.kind === 'INTERPRETER' && live(s.identity)?.audio),
  };
  if (session.status === 'ENDED') return <p className="notice">{t('ended')}</p>;
  return (
    <div className="stage">
      {seats.map((seat) => {
        const shown = live(seat.identity);
        return shown?.screen && !shown.local ? (
          <figure key={`screen-${seat.id}`} className="face large" data-screen={seat.kind}>
            <Picture
              track={shown.screen}
              identity={seat.identity}
              mirrored={false}
              label={t('screenOf', { name: seat.label })}
            />
            <figcaption className="who">{t('screenOf', { name: seat.label })}</figcaption>
          </figure>
        ) : null;
      })}
      {ordered.map((seat) => (
        <Face
          key={seat.id}
          seat={seat}
          live={live(seat.identity)}
          session={session}
          volume={mine?.besideStation && !talk?.mine ? 0 : loudness(seat, here)}
          elsewhere={
            talk
              ? `caucus:${talk.mine ? 'inMain' : 'inTalk'}`
              : seat.room && seat.room !== session.apart?.side
                ? 'apart:otherRoom'
                : session.apart && !session.apart.hostHere && seat.host && !seat.mine
                  ? 'apart:hostAway'
                  : null
          }
          away={seat.mine ? room.connection !== 'connected' : false}
        />
      ))}
    </div>
  );
}

function Face({
  seat,
  live,
  session,
  volume,
  elsewhere,
  away,
}: {
  seat: Session['seats'][number];
  live: RoomSeat | undefined;
  session: Session;
  /** 0 to 1. Nothing where the station's device, in the same room, plays the sound. */
  volume: number;
  /** Where a seat that is not live is, while there are two rooms. */
  elsewhere: string | null;
  away: boolean;
}) {
  const t = useWords('session');
  const names =
    seat.attendees.length > 0 && seat.kind === 'STATION'
      ? seat.label + aside(seat.attendees.map((a) => a.name).join(listMark()))
      : seat.label;
  const speaker = seat.attendees.find((a) => a.hasFloor);
  const words: string[] = [];
  if (seat.mine) words.push(t('me'));
  if (speaker) words.push(t('hasFloor', { name: speaker.name }));
  else if (live?.speaking) words.push(t('speaking'));
  if (live?.quality === 'poor') words.push(t('poor'));
  if (live?.quality === 'lost') words.push(t('lost'));
  if (seat.handRaisedAt) words.push(t('handRaised'));
  const reason =
    session.status === 'SCHEDULED'
      ? 'notStarted'
      : seat.byTelephone
        ? 'byTelephone'
        : away
          ? 'away'
          : !seat.present && !live
            ? seat.waitingSince
              ? 'gone'
              : 'notHere'
            : !live
              ? 'notConnected'
              : session.status === 'CHECKING' && !seat.host && !seat.beingChecked
                ? 'waitingTurn'
                : session.status === 'PAUSED'
                  ? 'paused'
                  : 'noPicture';
  return (
    <figure className={seat.spotlit ? 'face large' : 'face'} data-seat-kind={seat.kind}>
      {live?.video ? (
        <Picture track={live.video} identity={seat.identity} mirrored={live.local} label={names} />
      ) : (
        <div className="no-picture">
          {t(elsewhere && !live && seat.admitted ? elsewhere : `why.${reason}`)}
        </div>
      )}
      {live?.audio && volume > 0 && <Sound track={live.audio} volume={volume} />}
      <figcaption className="who">
        {names}
        {words.length > 0 ? ` · ${words.join(' · ')}` : ''}
      </figcaption>
    </figure>
  );
}
