import type { DraftState } from '@tongxi/server/contract/draft.ts';
import { aside, useWords } from '../../i18n/index.ts';

export type Finding = DraftState['findings'][number];

/** What stands against freezing, or deserves a look: in words, with what exactly and the article. */
export function Findings({ findings }: { findings: Finding[] }) {
  const t = useWords('draft');
  return findings.map(({ code, level, detail, basis }) => (
    <p
      key={`${code}${detail}`}
      className={`notice ${level === 'stop' ? 'seal' : 'warn'}`}
      data-finding={code}
    >
      <strong>{t(`level.${level}`)}</strong> {t(`finding.${code}`)}
      {detail && <> {detail}</>} <span className="small">{aside(basis)}</span>
    </p>
  ));
}
