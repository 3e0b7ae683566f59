import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

/** A party takes back its own consent to being recorded: the recording stops at once, the talks go on. */
export function OwnAnswer({
  caseId,
  partyId,
  onClose,
}: {
  caseId: string;
  partyId: string;
  onClose: () => void;
}) {
  const t = useWords('recording');
  const withdraw = useVerb(
    () =>
      call(
        api.cases[':caseId'].parties[':partyId'].consents.$post({
          param: { caseId, partyId },
          json: { answers: [{ item: 'RECORDING', agreed: false }] },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('mineTitle')} onClose={onClose}>
      <p>{t('mineHint')}</p>
      <p className="muted">{t('heldHint')}</p>
      <ErrorNotice error={withdraw.error} />
      <Button big wide look="primary" onClick={onClose}>
        {t('keep')}
      </Button>
      <Button big wide onClick={() => withdraw.mutate()}>
        {t('withdraw')}
      </Button>
    </Dialog>
  );
}
