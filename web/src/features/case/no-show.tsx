import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import type { Party } from './queries.ts';
import { useVerb } from './use-verb.ts';

/** Writes down who did not come, with the reason. */
export function NoShow({
  sessionId,
  parties,
  onClose,
}: {
  sessionId: string;
  parties: Party[];
  onClose: () => void;
}) {
  const t = useWords('case');
  const [partyId, choose] = useState('');
  const [reason, setReason] = useState('');
  const record = useVerb(
    () =>
      call(api.sessions[':sessionId']['no-show'].$post({ param: { sessionId }, json: { partyId, reason } })),
    onClose,
  );
  return (
    <Dialog title={t('noShow')} onClose={onClose}>
      <p className="notice warn">{t('noShowHint')}</p>
      {parties.map((p) => (
        <Choice
          key={p.id}
          type="radio"
          name="absent"
          checked={partyId === p.id}
          onChange={() => choose(p.id)}
        >
          {p.name}
        </Choice>
      ))}
      <TextField label={t('reason')} value={reason} onChange={setReason} />
      <ErrorNotice error={record.error} />
      <Button look="primary" big disabled={!partyId || !reason.trim()} onClick={() => record.mutate()}>
        {t('noShow')}
      </Button>
    </Dialog>
  );
}
