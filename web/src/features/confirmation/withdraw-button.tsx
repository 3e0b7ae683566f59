import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

/** An applicant takes the application back, with a reason. */
export function WithdrawButton({ caseId }: { caseId: string }) {
  const t = useWords('confirmation');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const send = useVerb(
    () => call(api.cases[':caseId'].confirmation.withdraw.$post({ param: { caseId }, json: { reason } })),
    () => setOpen(false),
  );
  return (
    <>
      <Button look="ghost" onClick={() => setOpen(true)}>
        {t('withdraw')}
      </Button>
      {open && (
        <Dialog title={t('withdraw')} onClose={() => setOpen(false)}>
          <p>{t('withdrawHint')}</p>
          <TextField label={t('reason')} value={reason} onChange={setReason} rows={2} />
          <ErrorNotice error={send.error} />
          <Button look="seal" big disabled={!reason.trim()} onClick={() => send.mutate()}>
            {t('withdraw')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
