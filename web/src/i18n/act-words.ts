import { actWord } from '@tongxi/server/contract/act-words.ts';
import { useLanguage, useWords } from './index.ts';

/** An audited act in words. Refused ones are written down as `refused:CODE`, or by the act that was refused. */
export function useActWords(): (action: string) => string {
  const t = useWords('case');
  const errors = useWords('errors');
  const language = useLanguage();
  return (action) => {
    const known = actWord(action, language);
    if (known) return known;
    const [, code] = /^refused:(.+)$/.exec(action) ?? [];
    return code ? t('refusedAct', { reason: errors(code, { defaultValue: code }) }) : action;
  };
}
