import { useWords } from '../../i18n/index.ts';
import { Frame, useMe } from '../../shell/frame.tsx';
import { Card } from '../../ui/index.tsx';
import { PinForm } from './pin-form.tsx';

/** What a locked staff session shows: whom the screen is with, and the way back. Nothing else. */
export function HandedOverScreen() {
  const t = useWords('sign-in');
  const me = useMe();
  const name = me.data?.handedOverTo ?? '';
  return (
    <Frame title={t('handedOver', { name })} narrow>
      <Card className="col">
        <h1>{t('handedOver', { name })}</h1>
        <p>{t('handedOverHint')}</p>
        <a className="btn wide" href="/p">
          {t('toPerson', { name })}
        </a>
        <PinForm ns="sign-in" />
      </Card>
    </Frame>
  );
}
