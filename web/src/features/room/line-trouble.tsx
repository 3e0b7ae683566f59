import { useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/index.tsx';
import { below } from './ladder.ts';
import type { RoomState } from './use-room.ts';

/** Why there is no picture, what is being done about it, and what to do meanwhile. */
export function LineTrouble({ room, phone }: { room: RoomState; phone: string }) {
  const t = useWords('session');
  const { connection } = room;
  if (connection === 'connected' || connection === 'connecting' || room.refused) return null;
  const fails = connection !== 'elsewhere' && below(room.rung, 'soundOnly');
  return (
    <div
      className="notice warn row line-trouble"
      role="status"
      data-line={connection}
      data-rung={fails ? room.rung : undefined}
    >
      <strong className="grow">{t(fails ? 'trouble.failing' : `trouble.${connection}`)}</strong>
      {connection === 'elsewhere' && <Button onClick={room.again}>{t('connection.here')}</Button>}
      {(fails || connection === 'away') && (
        <a className="btn" href={`tel:${phone}`}>
          {t('callStation')} {phone}
        </a>
      )}
    </div>
  );
}
