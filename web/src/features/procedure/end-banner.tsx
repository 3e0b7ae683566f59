import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import type { CaseOfPage } from './procedure.tsx';

/** Why nothing goes on: suspended with its reason, or ended with code and reason. */
export function EndBanner({ theCase }: { theCase: CaseOfPage }) {
  const t = useWords('procedure');
  const language = useLanguage();
  if (theCase.suspended)
    return (
      <div className="notice seal" role="status" data-banner="suspended">
        <strong>{t('suspended', { at: formatMoment(theCase.suspended.at, language) })}</strong>
        <div>{theCase.suspended.reason}</div>
        <div className="small">{t('suspendedHint')}</div>
      </div>
    );
  if (!theCase.endCode || theCase.endCode === 'AGREEMENT') return null;
  return (
    <div className="notice warn" role="status" data-banner="ended">
      <strong>{t(`ended.${theCase.endCode}`)}</strong>
      {theCase.endReason && <div>{theCase.endReason}</div>}
    </div>
  );
}
