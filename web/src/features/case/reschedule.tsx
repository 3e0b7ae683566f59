import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { localNow } from './local-now.ts';
import { useVerb } from './use-verb.ts';

/** Moves a planned session: at whose wish and why is kept. */
export function Reschedule({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const t = useWords('case');
  const [at, setAt] = useState(localNow(24 * 60));
  const [askedBy, setAskedBy] = useState('');
  const [reason, setReason] = useState('');
  const move = useVerb(
    () =>
      call(
        api.sessions[':sessionId'].reschedule.$post({
          param: { sessionId },
          json: { plannedStart: new Date(`${at}:00+08:00`).toISOString(), minutes: 60, askedBy, reason },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('reschedule')} onClose={onClose}>
      <TextField label={t('when')} type="datetime-local" value={at} onChange={setAt} />
      <TextField label={t('askedBy')} value={askedBy} onChange={setAskedBy} />
      <TextField label={t('reason')} value={reason} onChange={setReason} />
      <ErrorNotice error={move.error} />
      <Button look="primary" big disabled={!askedBy.trim() || !reason.trim()} onClick={() => move.mutate()}>
        {t('reschedule')}
      </Button>
    </Dialog>
  );
}
