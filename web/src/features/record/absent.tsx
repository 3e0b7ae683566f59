import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { RecordView } from './use-record.ts';

/** No decision while a party is out: said to everybody; the mediator enters an express waiver. */
export function Absent({ sessionId, record }: { sessionId: string; record: RecordView }) {
  const t = useWords('record');
  const [asking, ask] = useState<RecordView['absent'][number] | null>(null);
  const [how, setHow] = useState('');
  const waive = useVerb(
    () =>
      call(
        api.sessions[':sessionId']['presence-waivers'].$post({
          param: { sessionId },
          json: { partyId: asking?.partyId ?? '', how },
        }),
      ),
    () => ask(null),
  );
  const out = record.absent.filter((party) => !party.waived);
  if (out.length === 0) return null;
  return (
    <div className="notice warn col" role="status">
      {out.map((party) => (
        <div className="row" key={party.partyId}>
          <strong className="grow">{t('waive', { name: party.name })}</strong>
          {record.can.includes('waive-presence') && (
            <Button onClick={() => ask(party)}>{t('waiveNow')}</Button>
          )}
        </div>
      ))}
      <span className="small">
        {t('waiveHint')} {record.can.includes('waive-presence') && t('waiveHost')}
      </span>
      {asking && (
        <Dialog title={t('waive', { name: asking.name })} onClose={() => ask(null)}>
          <TextField label={t('waiveHow')} value={how} onChange={setHow} maxLength={300} />
          <ErrorNotice error={waive.error} />
          <Button look="primary" big disabled={!how.trim()} onClick={() => waive.mutate()}>
            {t('waiveNow')}
          </Button>
        </Dialog>
      )}
    </div>
  );
}
