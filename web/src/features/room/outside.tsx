import { useWords } from '../../i18n/index.ts';
import { Card } from '../../ui/index.tsx';
import { EnterButton } from './enter-button.tsx';

/** Somebody who left while the session goes on: one press, and they are back. */
export function Outside({ sessionId, onEnter }: { sessionId: string; onEnter: () => void }) {
  const t = useWords('party');
  return (
    <Card className="col">
      <p>{t('outside')}</p>
      <EnterButton sessionId={sessionId} onEnter={onEnter} next big wide>
        {t('backToRoom')}
      </EnterButton>
    </Card>
  );
}
