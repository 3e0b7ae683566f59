import { useState } from 'react';
import { asksMe, useConfirmation } from '../../features/confirmation/use-confirmation.ts';
import { PinForm } from '../../features/hand-over/pin-form.tsx';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog } from '../../ui/index.tsx';

/** At the station's screen: whose view this is, and the way back to the director. */
export function HandBackBar({ name, done }: { name: string; done: boolean }) {
  const t = useWords('party');
  const [asking, ask] = useState(false);
  return (
    <div className={done ? 'notice ok row' : 'notice row'}>
      <strong className="grow">{t(done ? 'handBackDone' : 'handedTo', { name })}</strong>
      <Button look={done ? 'primary' : 'plain'} onClick={() => ask(true)}>
        {t('handBack')}
      </Button>
      {asking && (
        <Dialog title={t('handBackTitle')} onClose={() => ask(false)}>
          <PinForm ns="party" />
        </Dialog>
      )}
    </div>
  );
}

/** After the seal there is one more question; only then is this person done. */
export function HandBackAfterSeal({ name, caseId }: { name: string; caseId: string }) {
  const { data } = useConfirmation(caseId);
  return <HandBackBar name={name} done={data !== undefined && !asksMe(data)} />;
}
