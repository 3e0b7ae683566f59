import type { PartyHome } from '@tongxi/server/contract/sign-in.ts';
import { useState } from 'react';
import { asksMe, useConfirmation } from '../../features/confirmation/use-confirmation.ts';
import { PinForm } from '../../features/hand-over/pin-form.tsx';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog } from '../../ui/index.tsx';

/**
 * At the station's screen: whose view this is, and the way back to the director. After the seal there is one more
 * question; only then is this person done. One and the same bar at every step: a PIN is being typed while steps change.
 */
export function HandBackBar({ name, caseId, step }: Pick<PartyHome, 'name' | 'caseId' | 'step'>) {
  const t = useWords('party');
  const [asking, ask] = useState(false);
  const { data } = useConfirmation(caseId, step === 'DONE');
  const done = step === 'WAIT' || (step === 'DONE' && data !== undefined && !asksMe(data));
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
