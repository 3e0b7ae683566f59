import { addTerm, type DraftTerm, readDraft, termMap } from '@tongxi/server/contract/draft.ts';
import { emptyTerm, Term, type TermKind, termKinds } from '@tongxi/server/contract/terms.ts';
import { useEffect, useMemo, useState } from 'react';
import * as Y from 'yjs';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, SelectField, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { type Party, TermForm } from './term-form.tsx';
import type { Offer } from './use-offers.ts';

export type OfferKind = 'offer' | 'recommendation';

const OFFERED = 'offered';

/** One term in a document of its own, for the same form that the draft has. */
function useOneTerm(start: DraftTerm) {
  const doc = useMemo(() => {
    const fresh = new Y.Doc();
    addTerm(fresh, { ...start, id: OFFERED });
    return fresh;
  }, [start]);
  const [term, setTerm] = useState<DraftTerm | undefined>(() => readDraft(doc).terms[0]);
  useEffect(() => {
    const read = () => setTerm(readDraft(doc).terms[0]);
    read();
    doc.on('update', read);
    return () => doc.off('update', read);
  }, [doc]);
  return { term, map: termMap(doc, OFFERED) };
}

type Props = {
  caseId: string;
  kind: OfferKind;
  counters: Offer | undefined;
  parties: Party[];
  terms: DraftTerm[];
  onClose: () => void;
};

/** Writes one term to be offered: a new one, one in place of a term of the draft, or an answer to an offer. */
export function OfferDialog({ caseId, kind, counters, parties, terms, onClose }: Props) {
  const t = useWords('draft');
  const c = useWords('common');
  const [replaces, replace] = useState(counters?.replaces ?? '');
  const [termKind, choose] = useState<TermKind>('payment');
  const [note, setNote] = useState('');
  const replaced = terms.find((term) => term.id === replaces);
  const start = useMemo(
    () => (counters?.term ?? replaced ?? emptyTerm(termKind, OFFERED)) as unknown as DraftTerm,
    [counters, replaced, termKind],
  );
  const { term, map } = useOneTerm(start);
  const complete = Term.safeParse(term);
  const send = useVerb(
    (finished: Term) => {
      const json = { term: finished, note: note.trim(), ...(replaces ? { replaces } : {}) };
      return kind === 'recommendation'
        ? call(api.cases[':caseId'].recommendations.$post({ param: { caseId }, json }))
        : call(
            api.cases[':caseId'].offers.$post({
              param: { caseId },
              json: counters ? { ...json, counters: counters.id } : json,
            }),
          );
    },
    () => onClose(),
  );
  return (
    <Dialog
      title={t(counters ? 'offers.counter' : kind === 'recommendation' ? 'offers.recommend' : 'offers.make')}
      onClose={onClose}
    >
      {kind === 'recommendation' && <p className="notice">{t('blind.forMediator')}</p>}
      {!counters && terms.length > 0 && (
        <SelectField
          label={t('offers.where')}
          value={replaces}
          onChange={replace}
          options={[
            { value: '', label: t('offers.adds') },
            ...terms.map((each, i) => ({
              value: each.id,
              label: `${t('offers.replaces', { n: i + 1 })} · ${t(`kind.${each.kind}`)}`,
            })),
          ]}
        />
      )}
      {!counters && !replaced && (
        <SelectField
          label={t('offers.kind')}
          value={termKind}
          onChange={(next) => choose(next as TermKind)}
          options={termKinds.map((each) => ({ value: each, label: t(`kind.${each}`) }))}
        />
      )}
      {term && <TermForm term={term} map={map} parties={parties} edit />}
      <TextField label={t('offers.note')} value={note} onChange={setNote} rows={2} maxLength={500} />
      <ErrorNotice error={send.error} />
      {!complete.success && <p className="muted small">{t('offers.incomplete')}</p>}
      <Button
        look="primary"
        big
        disabled={!complete.success}
        busy={send.isPending && c('sending')}
        onClick={() => complete.data && send.mutate(complete.data)}
      >
        {t(kind === 'recommendation' ? 'offers.sendRecommendation' : 'offers.send')}
      </Button>
      <Button look="ghost" onClick={onClose}>
        {c('cancel')}
      </Button>
    </Dialog>
  );
}
