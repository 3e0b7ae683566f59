import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, Dialog, ErrorNotice, Tag, TextField } from '../../ui/index.tsx';
import type { useCase } from '../case/queries.ts';
import { useVerb } from '../case/use-verb.ts';

type Case = NonNullable<ReturnType<typeof useCase>['data']>;
type Flag = Case['flags'][number];

/** Signs at which the mediator or judge looks in private before anybody signs; parties never see them. */
export function Flags({ theCase }: { theCase: Case }) {
  const t = useWords('flags');
  const [looking, look] = useState<Flag | null>(null);
  if (theCase.flags.length === 0) return null;
  return (
    <Card className="col" label={t('title')}>
      <h2>{t('title')}</h2>
      <p className="muted small">{t('hint')}</p>
      {theCase.flags.map((flag) => (
        <section key={`${flag.flag}${flag.subject}`} className="col" data-flag={flag.flag}>
          <div>
            <strong>{t(`flag.${flag.flag}`)}</strong> {flag.subject}
          </div>
          <div className="row">
            <Tag kind={flag.look?.result === 'CLEAR' ? 'ok' : 'warn'}>
              {flag.look ? t(`result.${flag.look.result}`) : t('open')}
            </Tag>
            {flag.look && (
              <span className="small">{t('lookedBy', { name: flag.look.by, note: flag.look.note })}</span>
            )}
          </div>
          <div className="muted small">{flag.basis}</div>
          {flag.look?.result !== 'CLEAR' && <Button onClick={() => look(flag)}>{t('look')}</Button>}
        </section>
      ))}
      {looking && <LookDialog caseId={theCase.id} flag={looking} onClose={() => look(null)} />}
    </Card>
  );
}

function LookDialog({ caseId, flag, onClose }: { caseId: string; flag: Flag; onClose: () => void }) {
  const t = useWords('flags');
  const c = useWords('common');
  const [result, choose] = useState<'CLEAR' | 'CONCERN' | null>(null);
  const [note, setNote] = useState('');
  const save = useVerb(
    (answer: 'CLEAR' | 'CONCERN') =>
      call(
        api.cases[':caseId'].flags.$post({
          param: { caseId },
          json: { flag: flag.flag, subject: flag.subject, result: answer, note: note.trim() },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t(`flag.${flag.flag}`)} onClose={onClose}>
      <p>{flag.subject}</p>
      <p className="muted small">{flag.basis}</p>
      {(['CLEAR', 'CONCERN'] as const).map((value) => (
        <Choice
          key={value}
          type="radio"
          name="flag-result"
          checked={result === value}
          onChange={() => choose(value)}
        >
          {t(`result.${value}`)}
        </Choice>
      ))}
      <TextField label={t('note')} value={note} onChange={setNote} rows={3} maxLength={500} />
      <ErrorNotice error={save.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!result || !note.trim()}
        busy={save.isPending && c('sending')}
        onClick={() => result && save.mutate(result)}
      >
        {t('record')}
      </Button>
    </Dialog>
  );
}
