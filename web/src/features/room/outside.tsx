import { useWords } from '../../i18n/index.ts';
import { Button, Card } from '../../ui/index.tsx';
import { useReadyLine } from './ready-line.ts';
import { isRunning, useSession } from './use-session.ts';

/** Somebody who left while the session goes on: one press, and they are back. */
export function Outside({ sessionId, onEnter }: { sessionId: string; onEnter: () => void }) {
  const t = useWords('party');
  const session = useSession(sessionId).data;
  useReadyLine(sessionId, session !== undefined && isRunning(session), session?.status ?? '');
  return (
    <Card className="col">
      <p>{t('outside')}</p>
      <Button look="primary" big wide onClick={onEnter} data-enter>
        {t('backToRoom')}
      </Button>
    </Card>
  );
}
