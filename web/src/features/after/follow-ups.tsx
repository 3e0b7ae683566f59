import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { colon, formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, SelectField, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { After } from './use-after.ts';

const ways = ['PHONE', 'VISIT', 'VIDEO'] as const;

/** 回访: who asked, in what way, what people said. */
export function FollowUps({ caseId, after, edit }: { caseId: string; after: After; edit: boolean }) {
  const t = useWords('after');
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const [way, setWay] = useState<(typeof ways)[number]>('PHONE');
  const [performed, setPerformed] = useState(false);
  const [text, setText] = useState('');
  const send = useVerb(
    () =>
      call(api.cases[':caseId']['follow-ups'].$post({ param: { caseId }, json: { way, performed, text } })),
    () => setOpen(false),
  );
  return (
    <section className="col" aria-label={t('followUps')}>
      <h3>{t('followUps')}</h3>
      {after.followUps.map((visit) => (
        <p key={visit.id}>
          {formatMoment(visit.at, language)} {t(`status:followUp.${visit.way}`)} {visit.by}
          {colon()}
          {visit.text}
        </p>
      ))}
      {edit && <Button onClick={() => setOpen(true)}>{t('addFollowUp')}</Button>}
      {open && (
        <Dialog title={t('addFollowUp')} onClose={() => setOpen(false)}>
          <SelectField
            label={t('way')}
            value={way}
            onChange={(value) => setWay(value as typeof way)}
            options={ways.map((value) => ({ value, label: t(`status:followUp.${value}`) }))}
          />
          <TextField label={t('said')} value={text} onChange={setText} rows={3} />
          <Choice type="checkbox" checked={performed} onChange={() => setPerformed(!performed)}>
            {t('allPerformed')}
          </Choice>
          <ErrorNotice error={send.error} />
          <Button look="primary" big disabled={!text.trim()} onClick={() => send.mutate()}>
            {t('save')}
          </Button>
        </Dialog>
      )}
    </section>
  );
}
