import type { DraftTerm } from '@tongxi/server/contract/draft.ts';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';
import { capitals, formatYuan } from './money.ts';
import { useDraft } from './use-draft.ts';

/** What a party reads: the live text in large type, and “我同意这个文本” bound to exactly this text. */
export function DraftReader({ caseId }: { caseId: string }) {
  const t = useWords('draft');
  const c = useWords('common');
  const draft = useDraft(caseId);
  const theCase = useCase(caseId);
  const { state, content } = draft;
  const agree = useVerb(() =>
    call(
      api.cases[':caseId'].draft.agree.$post({
        param: { caseId },
        json: { contentSha256: state?.contentSha256 ?? '' },
      }),
    ),
  );
  if (draft.error) return <ErrorNotice error={draft.error} />;
  if (!state || !theCase.data) return <Waiting>{c('loading')}</Waiting>;
  const name = (id: unknown) => theCase.data?.parties.find((p) => p.id === id)?.name ?? '＿＿';
  const mine = theCase.data.parties.find((p) => p.maskedPhone !== null || p.address !== null);
  const agreed = state.approvals.some((a) => a.current && a.partyId === mine?.id);
  const open = state.findings.some((f) => f.level === 'stop');
  return (
    <div className="col">
      <h2>{t('readerTitle')}</h2>
      <section
        className="agreement-text"
        aria-live="polite"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('readerTitle')}
        data-content-sha256={state.contentSha256}
      >
        {content.terms.length === 0 ? (
          <p className="muted">{t('noTermsYet')}</p>
        ) : (
          <>
            <p>{content.facts}</p>
            <ol>
              {content.terms.map((term) => (
                <li key={term.id}>{shortTerm(term, name, t)}</li>
              ))}
            </ol>
          </>
        )}
      </section>
      <ErrorNotice error={agree.error} />
      {agreed ? (
        <p className="notice ok" role="status">
          {t('youAgreed')}
        </p>
      ) : (
        <Button
          look="primary"
          big
          wide
          disabled={open || content.terms.length === 0}
          busy={agree.isPending && c('sending')}
          onClick={() => agree.mutate()}
        >
          {t('agreeText')}
        </Button>
      )}
      <p className="muted small">{t('agreeHint')}</p>
    </div>
  );
}

function shortTerm(term: DraftTerm, name: (id: unknown) => string, t: ReturnType<typeof useWords>): string {
  const say = (key: string) => String(term[key] ?? '').trim() || '＿＿';
  switch (term.kind) {
    case 'payment': {
      const parts = (term.instalments as { due: string | null; amountFen: number; received: boolean }[]).map(
        (p) =>
          `${p.due ?? t('onSigning')} ${formatYuan(p.amountFen)}${p.received ? `（${t('received')}）` : ''}`,
      );
      const fen = Number(term.amountFen) || 0;
      return `${name(term.payerId)} → ${name(term.payeeId)} ${formatYuan(fen)}（${capitals(fen)}）：${parts.join('；')}`;
    }
    case 'act':
      return `${name(term.actorId)}：${say('what')}，${t('act.deadline')} ${say('deadline')}，${say('standard')}，${t('act.costBorneBy')} ${say('costBorneBy')}`;
    case 'apology':
      return `${name(term.byId)} → ${name(term.toId)}：${say('form')}，${say('deadline')}`;
    case 'default':
      return term.rule === 'ALL_DUE' ? t('rule.ALL_DUE') : say('text');
    default:
      return say('text');
  }
}
