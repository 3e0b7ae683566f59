import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

/** The receipt was signed: by the party, by somebody for it, or a witness saw the refusal. */
export function SignFor({ caseId, serviceId, name }: { caseId: string; serviceId: string; name: string }) {
  const t = useWords('after');
  const [open, setOpen] = useState(false);
  const [receivedBy, setReceivedBy] = useState('');
  const [note, setNote] = useState('');
  const send = useVerb(
    () =>
      call(
        api.cases[':caseId'].services[':serviceId']['sign-for'].$post({
          param: { caseId, serviceId },
          json: receivedBy.trim() ? { receivedBy, note } : {},
        }),
      ),
    () => setOpen(false),
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('signFor')}</Button>
      {open && (
        <Dialog title={t('signForTitle', { name })} onClose={() => setOpen(false)}>
          <p>{t('signForHint')}</p>
          <TextField label={t('receivedBy')} value={receivedBy} onChange={setReceivedBy} />
          {receivedBy.trim() && <TextField label={t('why')} value={note} onChange={setNote} />}
          <ErrorNotice error={send.error} />
          <Button
            look="primary"
            big
            disabled={Boolean(receivedBy.trim()) && !note.trim()}
            onClick={() => send.mutate()}
          >
            {t('signFor')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
