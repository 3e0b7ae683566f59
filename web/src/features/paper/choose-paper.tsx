import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

/** From the frozen text to paper, with a reason; there is no way back but a new version. */
export function ChoosePaper({ caseId }: { caseId: string }) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const choose = useVerb(
    () => call(api.cases[':caseId'].agreement.paper.choose.$post({ param: { caseId }, json: { reason } })),
    () => setOpen(false),
  );
  return (
    <>
      <Button look="ghost" onClick={() => setOpen(true)}>
        {t('paper.choose')}
      </Button>
      {open && (
        <Dialog title={t('paper.choose')} onClose={() => setOpen(false)}>
          <p>{t('paper.chooseHint')}</p>
          <TextField label={t('paper.reason')} value={reason} onChange={setReason} rows={2} maxLength={300} />
          <ErrorNotice error={choose.error} />
          <Button
            look="primary"
            big
            disabled={!reason.trim()}
            busy={choose.isPending && c('sending')}
            onClick={() => choose.mutate()}
          >
            {c('confirm')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
