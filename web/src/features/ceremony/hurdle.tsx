import { useWords } from '../../i18n/index.ts';
import type { Slot } from './use-ceremony.ts';

/** Why this person cannot sign electronically now, and the way on; before the first step, not after the last. */
export function HurdleNotice({ hurdle }: { hurdle: NonNullable<Slot['hurdle']> }) {
  const t = useWords('errors');
  const c = useWords('ceremony');
  return (
    <div className="notice warn" role="status" data-hurdle={hurdle.code}>
      <div>{t(hurdle.code)}</div>
      <div className="small">{hurdle.basis}</div>
      <div>{c('hurdleWay')}</div>
    </div>
  );
}
