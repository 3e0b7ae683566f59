import type { DisputeType } from '../../contract/enums.ts';
import type { Term } from '../../contract/terms.ts';

/** Why no court confirms an agreement; `term` is the clause's number from 1, null for the whole. */
export type ConfirmationStop = { basis: string; term: number | null; words: string };

const things = '房屋|房产|住房|土地|宅基地|承包地|不动产|车位|商铺|车辆|船舶';
const rights = '所有权|使用权|居住权|承包经营权|抵押权|专利权|商标权|著作权|知识产权';
/** What a clause must not do, in the words people use for it (民诉法解释 355 第一款第三至五项). */
const excluded: { basis: string; pattern: RegExp }[] = [
  {
    basis: '民诉法解释第355条第1款第3项（确认或者解除身份关系）',
    pattern: /(?:确认|解除|终止|建立).{0,6}(?:婚姻|夫妻|亲子|收养|监护)关系|(?:同意|自愿|双方)离婚/,
  },
  {
    basis: '民诉法解释第355条第1款第4项（适用特别程序、公示催告程序、破产程序）',
    pattern: /宣告(?:失踪|死亡|破产)|公示催告|破产(?:清算|重整|和解)|认定.{0,12}(?:民事行为能力|财产无主)/,
  },
  {
    basis: '民诉法解释第355条第1款第5项（物权、知识产权确权）',
    pattern: new RegExp(`(?:${things}).{0,20}归.{1,20}所有|(?:${rights}).{0,12}归|确认.{0,20}(?:${rights})`),
  },
];

/** The first words of a text that no court confirms, with the article; null when there are none. */
export function excludedWords(text: string): { basis: string; words: string } | null {
  for (const { basis, pattern } of excluded) {
    const words = pattern.exec(text)?.[0];
    if (words) return { basis, words };
  }
  return null;
}

/**
 * What excludes judicial confirmation, with its article: identity, special procedures, title to property (民诉法解释 355),
 * content that is not certain (358 第五项). Words are read narrowly: a clause about money that becomes somebody's is none.
 */
export function confirmationStops(
  type: DisputeType,
  terms: readonly { text: string; block: Term }[],
): ConfirmationStop[] {
  const stops: ConfirmationStop[] = [];
  if (type === 'FAMILY_STATUS')
    stops.push({ basis: '民诉法解释第355条第1款第3项（身份关系）', term: null, words: '婚姻家庭身份关系' });
  for (const [i, { text, block }] of terms.entries()) {
    for (const { basis, pattern } of excluded) {
      const found = pattern.exec(text);
      if (found) stops.push({ basis, term: i + 1, words: found[0] });
    }
    const missing = missingIn(block);
    if (missing) stops.push({ basis: '民诉法解释第358条第5项（内容不明确）', term: i + 1, words: missing });
  }
  return stops;
}

/** What a court cannot enforce: a payment without amount, date or payee, an act without date or standard. */
function missingIn(block: Term): string | null {
  switch (block.kind) {
    case 'payment':
      if (block.amountFen <= 0 || block.instalments.length === 0) return '缺少金额';
      if (!block.payeeId || !block.payerId) return '缺少收款人或者付款人';
      return block.instalments.some((part) => part.due === null && !part.received) ? '缺少付款日期' : null;
    case 'split':
      return block.instalments.some((part) => part.due === null && !part.received) ? '缺少付款日期' : null;
    case 'act':
      return block.deadline && block.standard.trim() ? null : '缺少期限或者标准';
    case 'apology':
      return block.deadline ? null : '缺少期限';
    default:
      return null;
  }
}
