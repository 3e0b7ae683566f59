import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import type { Case, Party } from '../case/queries.ts';
import { useVerb } from '../case/use-verb.ts';

const aidOf = api.cases[':caseId'].parties[':partyId']['signing-aid'];

/** Somebody cannot write: thumbprint, and a witness named before the text is frozen. */
export function CannotWrite({ theCase, party }: { theCase: Case; party: Party }) {
  const t = useWords('ceremony');
  const [naming, name] = useState(false);
  const param = { caseId: theCase.id, partyId: party.id };
  const undo = useVerb(() => call(aidOf.$delete({ param, query: {} })));
  const open = !theCase.agreement || theCase.agreement.status === 'DRAFTING';
  if (party.kind !== 'PERSON' || !theCase.can.includes('name-witness')) return null;
  if (party.witness)
    return (
      <div className="row">
        <span className="grow">{t('witnessNamed', { name: party.witness })}</span>
        {open && <Button onClick={() => undo.mutate()}>{t('witnessUndo')}</Button>}
        <ErrorNotice error={undo.error} />
      </div>
    );
  if (!open) return null;
  return (
    <>
      <Button onClick={() => name(true)}>{t('cannotWrite')}</Button>
      {naming && <NameWitness param={param} name={party.name} onClose={() => name(false)} />}
    </>
  );
}

type Props = { param: { caseId: string; partyId: string }; name: string; onClose: () => void };

function NameWitness({ param, name, onClose }: Props) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [form, setForm] = useState({ reason: '', name: '', idNumber: '', relation: '' });
  const [seen, setSeen] = useState(false);
  const [independent, setIndependent] = useState(false);
  const save = useVerb(
    () =>
      call(
        aidOf.$post({
          param,
          json: {
            reason: form.reason,
            witness: { name: form.name, idNumber: form.idNumber, relation: form.relation },
            documentSeen: true,
            independent: true,
          },
        }),
      ),
    onClose,
  );
  const complete = Object.values(form).every((value) => value.trim() !== '') && seen && independent;
  return (
    <Dialog title={t('cannotWriteOf', { name })} onClose={onClose}>
      <p>{t('cannotWriteHint')}</p>
      {(['reason', 'name', 'idNumber', 'relation'] as const).map((key) => (
        <TextField
          key={key}
          label={t(`witness.${key}`)}
          value={form[key]}
          maxLength={key === 'idNumber' ? 18 : 60}
          onChange={(value) => setForm({ ...form, [key]: value })}
        />
      ))}
      <Choice type="checkbox" checked={seen} onChange={setSeen}>
        {t('witness.seen')}
      </Choice>
      <Choice type="checkbox" checked={independent} onChange={setIndependent}>
        {t('witness.independent')}
      </Choice>
      <ErrorNotice error={save.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!complete}
        busy={save.isPending && c('sending')}
        onClick={() => save.mutate()}
      >
        {c('save')}
      </Button>
    </Dialog>
  );
}
