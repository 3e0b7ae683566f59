import { useWords } from '../../i18n/index.ts';
import { Frame } from '../../shell/frame.tsx';
import { Card } from '../../ui/index.tsx';
import { PinForm } from './pin-form.tsx';

/** A handed-over screen whose person is no longer signed in: only the director's PIN leads on. */
export function HandedOverScreen() {
  const t = useWords('sign-in');
  return (
    <Frame title={t('handedOver')} narrow>
      <Card className="col">
        <h1>{t('handedOver')}</h1>
        <p>{t('handedOverHint')}</p>
        <PinForm ns="sign-in" />
      </Card>
    </Frame>
  );
}
