import {
  type DraftTerm,
  draftProse,
  draftTerms,
  newTermMap,
  type ProseField,
} from '@tongxi/server/contract/draft.ts';
import { emptyTerm, type TermKind, termKinds } from '@tongxi/server/contract/terms.ts';
import { lazy, Suspense, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, Dialog, ErrorNotice, Tag, TextField, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';
import { TermForm } from './term-form.tsx';
import { editText, useDraft } from './use-draft.ts';

const HandOverButton = lazy(() =>
  import('../hand-over/index.ts').then((m) => ({ default: m.HandOverButton })),
);

/** The mediator's editor: terms are blocks, checked while typing; everybody sees the same text live. */
export function DraftPanel({ caseId }: { caseId: string }) {
  const t = useWords('draft');
  const c = useWords('common');
  const draft = useDraft(caseId);
  const theCase = useCase(caseId);
  const { state, doc, content } = draft;
  if (draft.error) return <ErrorNotice error={draft.error} />;
  if (!state || !theCase.data) return <Waiting>{c('loading')}</Waiting>;
  const parties = theCase.data.parties.map(({ id, name }) => ({ id, name }));
  const edit = state.canEdit;
  const frozen = state.status !== 'DRAFTING';
  const prose = (field: ProseField, rows: number) => (
    <TextField
      label={t(field)}
      rows={rows}
      value={content[field]}
      disabled={!edit}
      onChange={(value) => editText(draftProse(doc, field), value)}
      maxLength={8000}
    />
  );
  const add = (kind: TermKind) =>
    draftTerms(doc).push([newTermMap(emptyTerm(kind, crypto.randomUUID()) as unknown as DraftTerm)]);
  const move = (index: number, by: -1 | 1) => {
    const terms = draftTerms(doc);
    const term = content.terms[index];
    if (!term || index + by < 0 || index + by >= content.terms.length) return;
    doc.transact(() => {
      terms.delete(index, 1);
      terms.insert(index + by, [newTermMap(term)]);
    });
  };
  return (
    <div className="col">
      <div className="row">
        <h2 className="grow">{t('title')}</h2>
        <Tag kind={draft.unsent > 0 ? 'warn' : 'ok'}>{t(draft.unsent > 0 ? 'unsaved' : 'saved')}</Tag>
      </div>
      {frozen && (
        <p className="notice warn">
          {state.signaturesAtStake.length > 0
            ? t('fallsSigned', { names: state.signaturesAtStake.join('、') })
            : t('fallsFrozen')}
        </p>
      )}
      {draft.problem && <ErrorNotice error={draft.problem} />}
      {prose('facts', 3)}
      {prose('disputed', 2)}
      <h3>{t('terms')}</h3>
      {content.terms.length === 0 && <p className="muted">{t('noTerms')}</p>}
      {content.terms.map((term, index) => (
        <Card key={term.id} className="col" label={t('termNumber', { n: index + 1 })}>
          <div className="row">
            <strong className="grow">
              {t('termNumber', { n: index + 1 })} · {t(`kind.${term.kind}`)}
            </strong>
            {edit && (
              <>
                <Button
                  look="ghost"
                  aria-label={t('up')}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                >
                  ↑
                </Button>
                <Button
                  look="ghost"
                  aria-label={t('down')}
                  disabled={index === content.terms.length - 1}
                  onClick={() => move(index, 1)}
                >
                  ↓
                </Button>
                <Button look="ghost" onClick={() => draftTerms(doc).delete(index, 1)}>
                  {t('removeTerm')}
                </Button>
              </>
            )}
          </div>
          <TermForm term={term} map={draftTerms(doc).get(index)} parties={parties} edit={edit} />
          {state.findings
            .filter((f) => f.termId === term.id)
            .map((f) => (
              <p key={f.code} className={`notice ${f.level === 'stop' ? 'seal' : 'warn'}`}>
                {t(`finding.${f.code}`)} <span className="small">{f.basis}</span>
              </p>
            ))}
        </Card>
      ))}
      {edit && (
        <div className="row">
          {termKinds.map((kind) => (
            <Button key={kind} onClick={() => add(kind)}>
              ＋ {t(`kind.${kind}`)}
            </Button>
          ))}
          <Button look="ghost" onClick={() => draft.undo.undo()}>
            {t('undo')}
          </Button>
        </div>
      )}
      {prose('performance', 2)}
      <Approvals caseId={caseId} draft={draft} parties={parties} />
    </div>
  );
}

/** Who agreed to exactly this text, and the freeze when all have. */
function Approvals({
  caseId,
  draft,
  parties,
}: {
  caseId: string;
  draft: ReturnType<typeof useDraft>;
  parties: { id: string; name: string }[];
}) {
  const t = useWords('draft');
  const c = useWords('common');
  const [asking, ask] = useState(false);
  const [paper, setPaper] = useState(false);
  const freeze = useVerb(
    () =>
      call(
        api.cases[':caseId'].agreement.freeze.$post({
          param: { caseId },
          json: { contentSha256: draft.state?.contentSha256 ?? '', paper },
        }),
      ),
    () => ask(false),
  );
  const { state, content } = draft;
  const theCase = useCase(caseId);
  const handsOver = theCase.data?.can.includes('hand-over-screen') ?? false;
  const stationParties = theCase.data?.parties.filter((p) => p.usesStation).map((p) => p.id) ?? [];
  if (state?.status !== 'DRAFTING') return null;
  const agreed = (id: string) => state.approvals.some((a) => a.partyId === id && a.current);
  const stops = state.findings.filter((f) => f.level === 'stop');
  return (
    <div className="col">
      <h3>{t('whoAgreed')}</h3>
      <div className="row">
        {parties.map((p) => (
          <Tag key={p.id} kind={agreed(p.id) ? 'ok' : 'warn'}>
            {p.name} {t(agreed(p.id) ? 'agreed' : 'notYetAgreed')}
          </Tag>
        ))}
      </div>
      {handsOver && content.terms.length > 0 && stops.length === 0 && (
        <Suspense fallback={null}>
          {parties
            .filter((p) => !agreed(p.id) && stationParties.includes(p.id))
            .map((p) => (
              <HandOverButton key={p.id} caseId={caseId} partyId={p.id} purpose="READ" />
            ))}
        </Suspense>
      )}
      {stops.length > 0 && <p className="notice seal">{t('stops', { count: stops.length })}</p>}
      <ErrorNotice error={freeze.error} />
      {state.canEdit && (
        <Button
          look="primary"
          big
          wide
          disabled={stops.length > 0 || draft.unsent > 0 || !parties.every((p) => agreed(p.id))}
          onClick={() => ask(true)}
        >
          {t('freeze')}
        </Button>
      )}
      {asking && (
        <Dialog title={t('freeze')} onClose={() => ask(false)}>
          <p>{t('freezeHint')}</p>
          <Choice type="radio" name="medium" checked={!paper} onChange={() => setPaper(false)}>
            {t('electronic')}
          </Choice>
          <Choice type="radio" name="medium" checked={paper} onChange={() => setPaper(true)}>
            {t('paper')}
          </Choice>
          <ErrorNotice error={freeze.error} />
          <Button look="primary" big busy={freeze.isPending && t('freezing')} onClick={() => freeze.mutate()}>
            {c('confirm')}
          </Button>
        </Dialog>
      )}
    </div>
  );
}
