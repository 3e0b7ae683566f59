/** The document's words: all of them, and those that say who owes what. */
export type CorrectableText = { all: readonly string[]; terms: readonly string[]; names: readonly string[] };

/** Figures in any writing with their unit, and the period of a rate of interest. */
const figures = (() => {
  const numeral = '[\\d０-９〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億廿卅半%％‰]+';
  const unit = '(?:个?[元角分年月日天周季期倍成])?';
  return new RegExp(`${numeral}(?:[.．,点]${numeral})*${unit}|[年月日季](?=化?[利息])`, 'g');
})();

/**
 * Why this is no slip of the pen; null when it may be corrected. NOT_IN_TEXT: the words do not stand there. SUBSTANCE:
 * within the terms figures or a party's name would change, which is a change of the agreement and takes new talks.
 * By analogy with 民诉法解释 245 (误写、误算); people's mediation has no rule of its own.
 */
export function refuseSlip(
  text: CorrectableText,
  { was, corrected }: { was: string; corrected: string },
): 'SAME' | 'NOT_IN_TEXT' | 'SUBSTANCE' | null {
  if (was === corrected) return 'SAME';
  if (!text.all.some((part) => part.includes(was))) return 'NOT_IN_TEXT';
  if (!text.terms.some((part) => part.includes(was))) return null;
  // The words beside the slip may carry on a figure or a name: the whole term before and after is compared.
  const changed = text.terms
    .filter((part) => part.includes(was))
    .some((part) => weight(part, text.names) !== weight(part.replaceAll(was, corrected), text.names));
  return changed ? 'SUBSTANCE' : null;
}

/** What of a term must stay as it is, in its order. */
function weight(term: string, names: readonly string[]): string {
  const named = names.flatMap((name) => {
    const found: [number, string][] = [];
    for (let at = term.indexOf(name); at !== -1; at = term.indexOf(name, at + 1)) found.push([at, name]);
    return found;
  });
  const order = named.sort(([a], [b]) => a - b).map(([, name]) => name);
  return JSON.stringify([term.match(figures) ?? [], order]);
}
