import { formatDay, useLanguage, useWords } from '../../i18n/index.ts';
import { Card } from '../../ui/index.tsx';
import type { Case } from './queries.ts';

/** The legal clocks that still run, each with its article. */
export function Deadlines({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const language = useLanguage();
  const open = theCase.deadlines.filter((d) => !d.met);
  if (open.length === 0) return null;
  return (
    <Card className="col">
      <h2>{t('deadlines')}</h2>
      {open.map((d) => (
        <div key={d.kind}>
          <strong>{t(`deadline.${d.kind}`)}</strong> {formatDay(d.dueOn, language)}
          <div className="muted small">{d.basis}</div>
        </div>
      ))}
    </Card>
  );
}
