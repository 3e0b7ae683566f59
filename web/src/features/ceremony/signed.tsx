import { listMark, useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/index.tsx';
import type { Ceremony, Slot } from './use-ceremony.ts';

/** Signed; and who is still missing, by name. */
export function Signed({ slot, ceremony, onDone }: { slot: Slot; ceremony: Ceremony; onDone: () => void }) {
  const t = useWords('ceremony');
  const missing = ceremony.slots.filter((s) => !s.signedAt).map((s) => s.signerName);
  return (
    <div className="col">
      <h1>{t('signedTitle', { name: slot.signerName })}</h1>
      <p className="notice ok" role="status">
        {missing.length > 0 ? t('signedWait', { names: missing.join(listMark()) }) : t('signedAll')}
      </p>
      <Button look="primary" big wide onClick={onDone}>
        {t('finish')}
      </Button>
    </div>
  );
}
