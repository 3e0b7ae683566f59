import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { colon, formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, SelectField, Tag, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { HandOverButton } from '../hand-over/index.ts';
import { useCorrections } from './use-corrections.ts';

type Corrections_ = NonNullable<ReturnType<typeof useCorrections>['data']>;
type Props = { caseId: string; propose: boolean; handOver: boolean };

/** 补正 of slips in sealed and confirmed papers, for staff. Nothing while there is nothing to correct. */
export function Corrections({ caseId, propose, handOver }: Props) {
  const t = useWords('correction');
  const language = useLanguage();
  const query = useCorrections(caseId);
  const [open, setOpen] = useState(false);
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return null;
  const { correctable, corrections } = query.data;
  if (corrections.length === 0 && (!propose || correctable.length === 0)) return null;
  return (
    <section className="col" aria-label={t('title')}>
      <h3>{t('title')}</h3>
      <p className="muted small">{t('hint')}</p>
      {corrections.map((one) => (
        <div key={one.id} className="col">
          <div className="row">
            <span className="grow">
              {one.title}
              {colon()}
              {t('change', { was: one.was, corrected: one.corrected })}
            </span>
            <Tag kind={one.status === 'MADE' ? 'ok' : one.status === 'PROPOSED' ? 'info' : 'warn'}>
              {t(`status.${one.status}`)}
            </Tag>
          </div>
          <span className="muted small">
            {formatMoment(one.at, language)} {one.by}
            {colon()}
            {one.reason}
          </span>
          {one.status === 'PROPOSED' && (
            <Waiting caseId={caseId} one={one} propose={propose} handOver={handOver} />
          )}
        </div>
      ))}
      {propose && correctable.length > 0 && <Button onClick={() => setOpen(true)}>{t('propose')}</Button>}
      {open && <Propose caseId={caseId} correctable={correctable} onClose={() => setOpen(false)} />}
    </section>
  );
}

/** Who has answered; at the station those who have not are called by name. */
function Waiting({ caseId, one, propose, handOver }: Props & { one: Corrections_['corrections'][number] }) {
  const t = useWords('correction');
  const param = { caseId, correctionId: one.id };
  const withdraw = useVerb(() =>
    call(api.cases[':caseId'].corrections[':correctionId'].withdraw.$post({ param })),
  );
  return (
    <>
      <ul>
        {one.answers.map(({ partyId, name, agreed }) => (
          <li key={partyId} className="row">
            <span className="grow">
              {name}
              {colon()}
              {t(`answer.${agreed === null ? 'none' : agreed ? 'yes' : 'no'}`)}
            </span>
            {handOver && agreed === null && (
              <HandOverButton caseId={caseId} partyId={partyId} purpose="SIGN" />
            )}
          </li>
        ))}
      </ul>
      <ErrorNotice error={withdraw.error} />
      {propose && (
        <Button look="ghost" onClick={() => withdraw.mutate()}>
          {t('withdraw')}
        </Button>
      )}
    </>
  );
}

function Propose({
  caseId,
  correctable,
  onClose,
}: {
  caseId: string;
  correctable: Corrections_['correctable'];
  onClose: () => void;
}) {
  const t = useWords('correction');
  const c = useWords('common');
  const language = useLanguage();
  const [documentId, setDocument] = useState(correctable[0]?.documentId ?? '');
  const [was, setWas] = useState('');
  const [corrected, setCorrected] = useState('');
  const [reason, setReason] = useState('');
  const send = useVerb(
    () =>
      call(
        api.cases[':caseId'].corrections.$post({
          param: { caseId },
          json: { documentId, was, corrected, reason },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('propose')} onClose={onClose}>
      <SelectField
        label={t('which')}
        value={documentId}
        onChange={setDocument}
        options={correctable.map((d) => ({
          value: d.documentId,
          label: `${d.title} ${formatMoment(d.at, language)}`,
        }))}
      />
      <TextField label={t('was')} value={was} onChange={setWas} rows={2} />
      <TextField label={t('corrected')} value={corrected} onChange={setCorrected} rows={2} />
      <TextField label={t('reason')} value={reason} onChange={setReason} rows={2} />
      <ErrorNotice error={send.error} />
      <Button
        look="primary"
        big
        disabled={[was, corrected, reason].some((text) => text.trim() === '')}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate()}
      >
        {t('send')}
      </Button>
    </Dialog>
  );
}
