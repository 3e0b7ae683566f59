import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, Dialog, ErrorNotice, Tag, TextField } from '../../ui/index.tsx';
import type { useCase } from '../case/queries.ts';
import { useVerb } from '../case/use-verb.ts';

type Case = NonNullable<ReturnType<typeof useCase>['data']>;
type Protection = Case['protections'][number];
const reasons = ['ORDER', 'VIOLENCE', 'OTHER'] as const;
const over = ['CLOSED', 'ARCHIVED', 'RETURNED', 'REFUSED', 'UNREACHABLE', 'TRANSFERRED'];

/** People of this case who must not meet: recorded here, seen by staff alone. */
export function Protections({ theCase }: { theCase: Case }) {
  const t = useWords('apart');
  const language = useLanguage();
  const [asking, ask] = useState(false);
  const [lifting, lift] = useState<Protection | null>(null);
  if (!theCase.can.includes('protect-person') || over.includes(theCase.status)) return null;
  return (
    <Card className="col" label={t('title')}>
      <h2>{t('title')}</h2>
      {theCase.protections.length === 0 && <p className="muted small">{t('hint')}</p>}
      {theCase.protections.map((one) => (
        <section key={one.id} className="col" data-protection={one.because}>
          <div className="row">
            <Tag kind="warn">{one.name ? t('protected', { name: one.name }) : t('nobodyNamed')}</Tag>
            <span>{t(`because.${one.because}`)}</span>
          </div>
          {one.note && <p>{one.note}</p>}
          <p className="muted small">
            {one.by
              ? t('by', { name: one.by, at: formatMoment(one.at, language) })
              : t('bySystem', { at: formatMoment(one.at, language) })}
          </p>
          {theCase.can.includes('lift-protection') && <Button onClick={() => lift(one)}>{t('lift')}</Button>}
        </section>
      ))}
      <div className="row">
        <Button onClick={() => ask(true)}>{t('protect')}</Button>
      </div>
      {asking && <Protect theCase={theCase} onClose={() => ask(false)} />}
      {lifting && <Lift caseId={theCase.id} protectionId={lifting.id} onClose={() => lift(null)} />}
    </Card>
  );
}

function Protect({ theCase, onClose }: { theCase: Case; onClose: () => void }) {
  const t = useWords('apart');
  const c = useWords('common');
  const [partyId, choose] = useState('');
  const [because, setBecause] = useState<(typeof reasons)[number]>('VIOLENCE');
  const [note, setNote] = useState('');
  const save = useVerb(
    () =>
      call(
        api.cases[':caseId'].protections.$post({
          param: { caseId: theCase.id },
          json: { partyId, because, note: note.trim() },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('protect')} onClose={onClose}>
      <p className="muted small">{t('hint')}</p>
      <fieldset className="plain col">
        <legend>{t('whom')}</legend>
        {theCase.parties.map((party) => (
          <Choice
            key={party.id}
            type="radio"
            name="protected"
            checked={partyId === party.id}
            onChange={() => choose(party.id)}
          >
            {party.name}
          </Choice>
        ))}
      </fieldset>
      <fieldset className="plain col">
        <legend>{t('because')}</legend>
        {reasons.map((one) => (
          <Choice
            key={one}
            type="radio"
            name="because"
            checked={because === one}
            onChange={() => setBecause(one)}
          >
            {t(`because.${one}`)}
          </Choice>
        ))}
      </fieldset>
      <TextField label={t('note')} value={note} onChange={setNote} rows={2} maxLength={300} />
      <ErrorNotice error={save.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!partyId}
        busy={save.isPending && c('sending')}
        onClick={() => save.mutate()}
      >
        {t('confirm')}
      </Button>
    </Dialog>
  );
}

function Lift({
  caseId,
  protectionId,
  onClose,
}: {
  caseId: string;
  protectionId: string;
  onClose: () => void;
}) {
  const t = useWords('apart');
  const c = useWords('common');
  const [reason, setReason] = useState('');
  const save = useVerb(
    () =>
      call(
        api.cases[':caseId'].protections[':protectionId'].lift.$post({
          param: { caseId, protectionId },
          json: { reason: reason.trim() },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('lift')} onClose={onClose}>
      <p className="notice warn">{t('liftHint')}</p>
      <TextField label={t('reason')} value={reason} onChange={setReason} rows={3} maxLength={300} />
      <ErrorNotice error={save.error} />
      <Button
        look="seal"
        big
        disabled={!reason.trim()}
        busy={save.isPending && c('sending')}
        onClick={() => save.mutate()}
      >
        {t('lift')}
      </Button>
    </Dialog>
  );
}
