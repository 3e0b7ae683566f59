import { lazy, Suspense, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, Tag } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';
import type { Party } from './term-form.tsx';
import type { useDraft } from './use-draft.ts';

const HandOverButton = lazy(() =>
  import('../hand-over/index.ts').then((m) => ({ default: m.HandOverButton })),
);
type Props = { caseId: string; draft: ReturnType<typeof useDraft>; parties: Party[] };

/** Who agreed to exactly this text, and the freeze when all have. */
export function Approvals({ caseId, draft, parties }: Props) {
  const t = useWords('draft');
  const [asking, ask] = useState(false);
  const { state, content } = draft;
  const theCase = useCase(caseId);
  const handsOver = theCase.data?.can.includes('hand-over-screen') ?? false;
  const stationParties = theCase.data?.parties.filter((p) => p.usesStation).map((p) => p.id) ?? [];
  if (state?.status !== 'DRAFTING') return null;
  const agreed = (id: string) => state.approvals.some((a) => a.partyId === id && a.current);
  const stops = state.findings.filter((f) => f.level === 'stop');
  const ready = stops.length === 0 && draft.unsent === 0 && parties.every((p) => agreed(p.id));
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
      {state.canEdit && (
        <Button
          look={ready ? 'primary' : 'plain'}
          big={ready}
          wide
          disabled={!ready}
          onClick={() => ask(true)}
        >
          {t('freeze')}
        </Button>
      )}
      {asking && (
        <FreezeDialog
          caseId={caseId}
          contentSha256={state.contentSha256}
          paperOnly={state.findings.some((f) => f.code === 'PAPER_ONLY')}
          onClose={() => ask(false)}
        />
      )}
    </div>
  );
}

function FreezeDialog({
  caseId,
  contentSha256,
  paperOnly,
  onClose,
}: {
  caseId: string;
  contentSha256: string;
  /** 电子签名法 3: there is nothing to choose. */
  paperOnly: boolean;
  onClose: () => void;
}) {
  const t = useWords('draft');
  const c = useWords('common');
  const [chosen, setPaper] = useState(false);
  const paper = paperOnly || chosen;
  const freeze = useVerb(
    () =>
      call(
        api.cases[':caseId'].agreement.freeze.$post({ param: { caseId }, json: { contentSha256, paper } }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('freeze')} onClose={onClose}>
      <p>{t('freezeHint')}</p>
      {paperOnly ? (
        <p className="notice warn">{t('onlyPaper')}</p>
      ) : (
        <>
          <Choice type="radio" name="medium" checked={!paper} onChange={() => setPaper(false)}>
            {t('electronic')}
          </Choice>
          <Choice type="radio" name="medium" checked={paper} onChange={() => setPaper(true)}>
            {t('paper')}
          </Choice>
        </>
      )}
      <ErrorNotice error={freeze.error} />
      <Button look="primary" big busy={freeze.isPending && t('freezing')} onClick={() => freeze.mutate()}>
        {c('confirm')}
      </Button>
    </Dialog>
  );
}
