import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { at, type Place } from './steps/place.ts';

/** Declining is possible at every step, with a reason; nothing already recorded is lost. */
export function Decline({ place, onClose }: { place: Place; onClose: () => void }) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [reason, setReason] = useState('');
  const send = useVerb(() => call(at.decline.$post({ param: place, json: { reason } })), onClose);
  return (
    <Dialog title={t('decline')} onClose={onClose}>
      <p>{t('declineHint')}</p>
      <TextField label={t('declineReason')} value={reason} onChange={setReason} rows={2} maxLength={500} />
      <ErrorNotice error={send.error} />
      <Button look="primary" big wide onClick={onClose}>
        {t('declineNot')}
      </Button>
      <Button
        look="seal"
        wide
        disabled={!reason.trim()}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate()}
      >
        {t('declineConfirm')}
      </Button>
    </Dialog>
  );
}
