import { listMark, useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/index.tsx';
import type { RoomState } from './use-room.ts';
import type { Session } from './use-session.ts';

/** What the own line no longer carries, in words; and to the host, whose line is poor and what helps. */
export function LineAdvice({ session, room }: { session: Session; room: RoomState }) {
  const t = useWords('session');
  if (room.connection !== 'connected') return null;
  const host = session.seats.some((seat) => seat.mine && seat.host);
  const troubled = session.seats.filter(
    (seat) =>
      !seat.mine &&
      room.seats.some((live) => live.identity === seat.identity && /poor|lost/.test(live.quality)),
  );
  return (
    <>
      {room.rung !== 'full' && (
        <div className="notice warn row" role="status" data-rung={room.rung}>
          <strong className="grow">{t(`rung.${room.rung}`)}</strong>
          {room.rung === 'telephone' ? (
            <a className="btn" href={`tel:${session.stationPhone}`}>
              {t('callStation')} {session.stationPhone}
            </a>
          ) : (
            <Button onClick={room.setPictures}>{t('rung.pictures')}</Button>
          )}
        </div>
      )}
      {host && troubled.length > 0 && (
        <p className="notice" role="status" data-advice>
          {t('lineAdvice', { names: troubled.map((seat) => seat.label).join(listMark()) })}
        </p>
      )}
    </>
  );
}
