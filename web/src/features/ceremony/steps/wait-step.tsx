import { listMark, useWords } from '../../../i18n/index.ts';
import type { StepProps } from './place.ts';

/** Somebody else's move: the mediator's talk alone, or comparing the seal. The page goes on by itself. */
export function WaitStep({ ceremony, slot }: StepProps) {
  const t = useWords('ceremony');
  const kind = slot.next === 'ORG_SEAL' ? 'ORG_SEAL' : 'PRIVATE_CHECK';
  return (
    <div className="col">
      <h1>{t(`waitTitle.${kind}`, { names: ceremony.mediators.join(listMark()) })}</h1>
      <p>{t(`waitHint.${kind}`)}</p>
      <p className="notice" role="status">
        {t('waitOn')}
      </p>
    </div>
  );
}
