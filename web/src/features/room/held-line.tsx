import { useEffect, useState, useSyncExternalStore } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Tag } from '../../ui/index.tsx';
import { Sound } from './media.tsx';
import { holdLine } from './room-line.ts';
import { HEARTBEAT_MS } from './use-session.ts';

/** The station's place in the room while its screen is with a party: heard and seen, and the others are heard. */
export function HeldLine({ sessionId }: { sessionId: string }) {
  const t = useWords('session');
  const [{ line, release }] = useState(() => holdLine(sessionId));
  useEffect(() => release, [release]);
  useEffect(() => {
    const beat = () =>
      void call(api.sessions[':sessionId'].heartbeat.$post({ param: { sessionId } })).catch(() => undefined);
    beat();
    const timer = setInterval(beat, HEARTBEAT_MS);
    return () => clearInterval(timer);
  }, [sessionId]);
  const { connection, seats, refused } = useSyncExternalStore(line.subscribe, line.state);
  if (refused) return null;
  return (
    <div className="held-line" role="status" data-held={connection}>
      <Tag kind={connection === 'connected' ? 'ok' : 'warn'}>
        {t(connection === 'connected' ? 'held' : `connection.${connection}`)}
      </Tag>
      {seats.map((seat) => seat.audio && <Sound key={seat.identity} track={seat.audio} />)}
    </div>
  );
}
