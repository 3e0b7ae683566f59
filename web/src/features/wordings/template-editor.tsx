import { addTerm, type DraftTerm, readDraft } from '@tongxi/server/contract/draft.ts';
import { DraftTermShape, emptyTerm, termKinds } from '@tongxi/server/contract/terms.ts';
import { standIns, type TemplateBody } from '@tongxi/server/contract/wording.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import * as Y from 'yjs';
import { useWords } from '../../i18n/index.ts';
import { Button, TextField } from '../../ui/index.tsx';
import { TermCard } from '../draft/index.ts';

/** A template's blocks in the draft's own form; the two sides are stand-ins. */
export function TemplateEditor({
  body,
  onChange,
}: {
  body: TemplateBody;
  onChange: (body: TemplateBody) => void;
}) {
  const t = useWords('wordings');
  const d = useWords('draft');
  const [disputed, setDisputed] = useState(body.disputed);
  const [performance, setPerformance] = useState(body.performance);
  const doc = useMemo(() => {
    const fresh = new Y.Doc();
    for (const term of body.terms) addTerm(fresh, term as unknown as DraftTerm);
    return fresh;
  }, [body]);
  const [terms, setTerms] = useState(() => readDraft(doc).terms);
  const tell = useRef(onChange);
  tell.current = onChange;
  const prose = useRef({ disputed, performance });
  prose.current = { disputed, performance };
  useEffect(() => {
    const read = () => {
      const now = readDraft(doc).terms;
      setTerms(now);
      tell.current({ ...prose.current, terms: now.map((term) => DraftTermShape.parse(term)) });
    };
    doc.on('update', read);
    return () => doc.off('update', read);
  }, [doc]);
  const say = (next: Partial<{ disputed: string; performance: string }>) =>
    onChange({ ...prose.current, ...next, terms: terms.map((term) => DraftTermShape.parse(term)) });
  const parties = [
    { id: standIns.APPLICANT, name: t('applicant') },
    { id: standIns.RESPONDENT, name: t('respondent') },
  ];
  return (
    <div className="col">
      <p className="notice">{t('marks')}</p>
      <TextField
        label={d('disputed')}
        rows={2}
        value={disputed}
        maxLength={2000}
        onChange={(next) => {
          setDisputed(next);
          say({ disputed: next });
        }}
      />
      {terms.map((term, index) => (
        <TermCard
          key={term.id}
          doc={doc}
          term={term}
          place={index + 1}
          last={index === terms.length - 1}
          parties={parties}
          edit
          findings={[]}
        />
      ))}
      <div className="row">
        {termKinds.map((kind) => (
          <Button
            key={kind}
            onClick={() => addTerm(doc, emptyTerm(kind, crypto.randomUUID()) as unknown as DraftTerm)}
          >
            ＋ {d(`kind.${kind}`)}
          </Button>
        ))}
      </div>
      <TextField
        label={d('performance')}
        rows={2}
        value={performance}
        maxLength={2000}
        onChange={(next) => {
          setPerformance(next);
          say({ performance: next });
        }}
      />
    </div>
  );
}
