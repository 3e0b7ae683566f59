import { useQuery } from '@tanstack/react-query';
import type { Comparison, DraftHistory } from '@tongxi/server/contract/compare.ts';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { formatMoment, type Language, useLanguage, useWords } from '../../i18n/index.ts';
import { Choice, ErrorNotice, SelectField, Waiting } from '../../ui/index.tsx';
import { Pieces } from './pieces.tsx';

/** Any two points of the draft's history side by side in one text, word by word. */
export function ComparePanel({ caseId }: { caseId: string }) {
  const t = useWords('draft');
  const c = useWords('common');
  const language = useLanguage();
  const history = useQuery({
    queryKey: ['draft', caseId, 'history'],
    queryFn: () => call(api.cases[':caseId'].draft.history.$get({ param: { caseId } })),
  });
  const [from, setFrom] = useState('s0');
  const [to, setTo] = useState<string | null>(null);
  if (history.error) return <ErrorNotice error={history.error} />;
  if (!history.data) return <Waiting>{c('loading')}</Waiting>;
  const options = optionsOf(history.data, t, language);
  const newest = history.data.points.at(-1)?.ref;
  if (!newest) return <p className="muted">{t('compare.nothing')}</p>;
  return (
    <div className="col">
      <SelectField
        label={t('compare.from')}
        value={from}
        onChange={setFrom}
        options={[{ value: 's0', label: t('compare.start') }, ...options]}
      />
      <SelectField label={t('compare.to')} value={to ?? newest} onChange={setTo} options={options} />
      <Compared caseId={caseId} from={from} to={to ?? newest} />
    </div>
  );
}

function optionsOf({ points, versions }: DraftHistory, t: ReturnType<typeof useWords>, language: Language) {
  return [
    ...versions.map((v) => ({
      at: v.frozenAt,
      value: v.ref,
      label: t(v.voidedAt ? 'compare.voided' : 'compare.version', {
        number: v.number,
        at: formatMoment(v.frozenAt, language),
      }),
    })),
    ...points.map((p) => ({
      at: p.at,
      value: p.ref,
      label: t('compare.point', {
        at: formatMoment(p.at, language),
        name: p.author.name,
        source: t(`source.${p.author.source}`),
      }),
    })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** What changed between two points; what did not is shown on request. */
export function Compared({ caseId, from, to }: { caseId: string; from: string; to: string }) {
  const t = useWords('draft');
  const c = useWords('common');
  const [all, showAll] = useState(false);
  const compared = useQuery({
    queryKey: ['draft', caseId, 'compare', from, to],
    queryFn: () => call(api.cases[':caseId'].draft.compare.$get({ param: { caseId }, query: { from, to } })),
  });
  if (compared.error) return <p className="notice warn">{t('compare.order')}</p>;
  if (!compared.data) return <Waiting>{c('loading')}</Waiting>;
  const changed = compared.data.sections.filter(
    (s) => s.pieces.some((p) => p.kind !== 'same') || s.before !== s.after,
  );
  const shown = all ? compared.data.sections.filter((s) => s.pieces.length > 0) : changed;
  return (
    <div className="col" aria-live="polite">
      {changed.length === 0 && <p className="notice ok">{t('compare.same')}</p>}
      {shown.map((section) => (
        <section key={section.key} className="col draft-section">
          <h4>{titleOf(section, t)}</h4>
          <Pieces pieces={section.pieces} />
        </section>
      ))}
      <Choice type="checkbox" checked={all} onChange={showAll}>
        {t('compare.all')}
      </Choice>
    </div>
  );
}

function titleOf(section: Comparison['sections'][number], t: ReturnType<typeof useWords>): string {
  const { kind, key, before, after } = section;
  if (kind === 'prose') return t(key);
  if (before === null) return t('compare.newTerm', { n: after ?? '' });
  if (after === null) return t('compare.goneTerm', { n: before });
  if (before !== after) return t('compare.movedTerm', { before, after });
  return t('termNumber', { n: after });
}
