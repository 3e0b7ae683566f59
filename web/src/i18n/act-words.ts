import { useWords } from './index.ts';

/** An audited act in words. Refused ones are written down as `refused:CODE`, or by the act that was refused. */
export function useActWords(): (action: string) => string {
  const t = useWords('case');
  const errors = useWords('errors');
  return (action) => {
    // A colon in the name is no namespace.
    const known = t(`act.${action}`, { nsSeparator: false, defaultValue: '' });
    if (known) return known;
    const [, code] = /^refused:(.+)$/.exec(action) ?? [];
    return code ? t('act.refused', { reason: errors(code, { defaultValue: code }) }) : action;
  };
}
