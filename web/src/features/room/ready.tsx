import { Track } from 'livekit-client';
import { useEffect, useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Picture } from './media.tsx';
import { letGo, openAhead } from './own-devices.ts';
import { useReadyLine } from './ready-line.ts';

export { press } from './ready-line.ts';
export { begin } from './room-line.ts';

import { isRunning, useSession } from './use-session.ts';

/**
 * Loaded where somebody may enter next: with it the room's code is here, and once the seat is let in, the session and a
 * token lie ready. Nobody is connected by it. `mirror` also opens one's own devices and shows who waits their own picture.
 */
export function Ready({ sessionId, mirror = false }: { sessionId: string; mirror?: boolean }) {
  const session = useSession(sessionId).data;
  const running = session !== undefined && isRunning(session);
  const mine = session?.seats.find((seat) => seat.id === session.mySeatId);
  useReadyLine(sessionId, running && Boolean(mine?.admitted), session?.status ?? '');
  return mirror && running && mine ? <Mirror identity={mine.identity} /> : null;
}

function Mirror({ identity }: { identity: string }) {
  const t = useWords('session');
  const [track, show] = useState<Track | null>(null);
  useEffect(() => {
    let left = false;
    void openAhead().then((tracks) => {
      if (!left) show(tracks.find(({ source }) => source === Track.Source.Camera) ?? null);
    });
    return () => {
      left = true;
      letGo();
    };
  }, []);
  if (!track) return null;
  return (
    <figure className="face">
      <Picture track={track} identity={identity} mirrored label={t('ownPicture')} />
      <figcaption className="who">{t('ownPicture')}</figcaption>
    </figure>
  );
}
