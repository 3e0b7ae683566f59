import { addTerm, type DraftTerm } from '@tongxi/server/contract/draft.ts';
import { emptyTerm, type TermKind, termKinds } from '@tongxi/server/contract/terms.ts';
import { useState } from 'react';
import type * as Y from 'yjs';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/index.tsx';
import { ClauseDialog } from './library.tsx';

/** A new term of each kind, or a wording from the clause library. */
export function AddTerm({ caseId, doc }: { caseId: string; doc: Y.Doc }) {
  const t = useWords('draft');
  const [choosing, choose] = useState(false);
  const add = (kind: TermKind) => addTerm(doc, emptyTerm(kind, crypto.randomUUID()) as unknown as DraftTerm);
  return (
    <>
      <div className="row">
        {termKinds.map((kind) => (
          <Button key={kind} onClick={() => add(kind)}>
            ＋ {t(`kind.${kind}`)}
          </Button>
        ))}
        <Button look="ghost" onClick={() => choose(true)}>
          {t('library.open')}
        </Button>
      </div>
      {choosing && <ClauseDialog caseId={caseId} doc={doc} onClose={() => choose(false)} />}
    </>
  );
}
