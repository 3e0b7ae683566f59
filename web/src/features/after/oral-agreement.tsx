import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

/** A small matter settled on the spot: recorded on its form, with every condition of the law asked one by one. */
export function OralAgreement({
  caseId,
  parties,
}: {
  caseId: string;
  parties: { id: string; name: string }[];
}) {
  const t = useWords('after');
  const c = useWords('common');
  const [open, setOpen] = useState(false);
  const [content, setContent] = useState('');
  const [performed, setPerformed] = useState('');
  const [agreedBy, setAgreedBy] = useState<string[]>([]);
  const [yes, setYes] = useState({ noWritingAsked: false, performedAtOnce: false, notMajor: false });
  const send = useVerb(
    () =>
      call(
        api.cases[':caseId'].agreement.oral.$post({
          param: { caseId },
          json: { content, performed, agreedBy, ...yes },
        }),
      ),
    () => setOpen(false),
  );
  const ready =
    content.trim() &&
    performed.trim() &&
    agreedBy.length === parties.length &&
    Object.values(yes).every(Boolean);
  return (
    <section className="col" aria-label={t('oral')}>
      <Button look="ghost" onClick={() => setOpen(true)}>
        {t('oral')}
      </Button>
      {open && (
        <Dialog title={t('oral')} onClose={() => setOpen(false)}>
          <p>{t('oralHint')}</p>
          <TextField label={t('oralContent')} value={content} onChange={setContent} rows={3} />
          <TextField label={t('oralPerformed')} value={performed} onChange={setPerformed} rows={2} />
          {parties.map((party) => (
            <Choice
              key={party.id}
              type="checkbox"
              checked={agreedBy.includes(party.id)}
              onChange={() =>
                setAgreedBy((now) =>
                  now.includes(party.id) ? now.filter((id) => id !== party.id) : [...now, party.id],
                )
              }
            >
              {t('oralAgrees', { name: party.name })}
            </Choice>
          ))}
          {(['noWritingAsked', 'performedAtOnce', 'notMajor'] as const).map((key) => (
            <Choice
              key={key}
              type="checkbox"
              checked={yes[key]}
              onChange={() => setYes((now) => ({ ...now, [key]: !now[key] }))}
            >
              {t(key)}
            </Choice>
          ))}
          <ErrorNotice error={send.error} />
          <Button
            look="primary"
            big
            disabled={!ready}
            busy={send.isPending && c('sending')}
            onClick={() => send.mutate()}
          >
            {t('oralRecord')}
          </Button>
        </Dialog>
      )}
    </section>
  );
}
