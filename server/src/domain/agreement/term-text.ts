import type { DraftTermShape, Term } from '../../contract/terms.ts';
import { Term as TermSchema } from '../../contract/terms.ts';
import { formatDay } from '../dates.ts';
import { capBasis, interestCapAt, yearlyRates } from '../flags/interest.ts';
import { capitalYuan, formatYuan } from '../money.ts';

export type NamedParty = { id: string; name: string };
export type TermFinding = {
  level: 'stop' | 'warn';
  code: TermFindingCode;
  termId: string | null;
  basis: string;
};
export type TermFindingCode =
  | 'NO_TERMS'
  | 'INCOMPLETE'
  | 'SAME_PERSON'
  | 'UNKNOWN_PARTY'
  | 'SUM_DIFFERS'
  | 'DUE_PAST'
  | 'ACCOUNT_MISSING'
  | 'STANDARD_MISSING'
  | 'FEE_FORBIDDEN'
  | 'INTEREST_HIGH'
  | 'CASH_LATER';

const ordinals = '一二三四五六七八九十';

/** 一 … 十 … 四十 */
export function ordinal(n: number): string {
  if (n <= 10) return ordinals[n - 1] ?? String(n);
  const tens = Math.floor(n / 10);
  const rest = n % 10;
  return `${tens > 1 ? ordinals[tens - 1] : ''}十${rest ? ordinals[rest - 1] : ''}`;
}

const methods = {
  CASH: '现金',
  BANK: '银行转账',
  WECHAT: '微信转账',
  ALIPAY: '支付宝转账',
  OTHER: '双方约定的方式',
} as const;

/** The exact wording of one term in the agreement, without its number. */
export function termText(term: Term, parties: readonly NamedParty[]): string {
  const name = (id: string) => parties.find((p) => p.id === id)?.name ?? '';
  switch (term.kind) {
    case 'payment':
      return paymentText(term, name);
    case 'act': {
      const remedy = end(term.remedy) ? `逾期未完成的，${end(term.remedy)}。` : '';
      return `${name(term.actorId)}于${formatDay(term.deadline)}前${end(term.what)}，${led('以', term.standard)}为合格，${led('由', term.acceptedBy)}验收，费用由${end(term.costBorneBy)}承担。${remedy}`;
    }
    case 'apology':
      return `${name(term.byId)}于${formatDay(term.deadline)}前以${end(term.form)}的方式向${name(term.toId)}赔礼道歉。`;
    case 'waiver':
    case 'other':
      return `${end(term.text)}。`;
    case 'default': {
      const own = end(term.text);
      if (term.rule === 'ALL_DUE')
        return `任何一期款项逾期未付的，未到期的全部款项立即到期，权利人可以就全部未付款项主张权利。${own ? `${own}。` : ''}`;
      return `${own}。`;
    }
  }
}

function paymentText(term: Extract<Term, { kind: 'payment' }>, name: (id: string) => string): string {
  const [payer, payee] = [name(term.payerId), name(term.payeeId)];
  const purpose = end(term.purpose);
  const head = `${payer}${purpose ? purpose : `支付${payee}`}人民币${capitalYuan(term.amountFen).slice(3)}（${formatYuan(term.amountFen)}）`;
  const { account } = term;
  const parts = term.instalments.map((part, index) => {
    const amount = formatYuan(part.amountFen);
    if (part.due === null)
      return part.received ? `签署当日付${amount}，${payee}当场确认收到` : `签署当日付${amount}`;
    const last = index > 0 && index === term.instalments.length - 1;
    const share = term.instalments.length > 1 ? `${last ? '余' : ''}${amount}` : '';
    return `${share}于${formatDay(part.due)}前${account ? `转入${account.holder}名下账户` : '付清'}`;
  });
  const where = account
    ? `（户名：${account.holder}，开户行：${account.bank}，账号：${account.number}）`
    : '';
  return `${head}：${parts.join('；')}。付款方式：${methods[term.method]}${where}。`;
}

/** Prose without its closing punctuation and outer blanks, so that it sits inside a sentence. */
const end = (text: string): string => text.trim().replace(/[。；，、.;,\s]+$/u, '');

/** `以…` or `由…`, without the word where the writer's own wording already stands in a sentence. */
function led(word: '以' | '由', text: string): string {
  const plain = end(text);
  return /^(以|经|由|双方|各方)/.test(plain) ? plain : `${word}${plain}`;
}

/** The term in plain words for one signer, addressed as 您. */
export function termInShort(
  term: Term,
  parties: readonly NamedParty[],
  signerPartyId: string | null,
): string {
  const you = (id: string) => (id === signerPartyId ? '您' : (parties.find((p) => p.id === id)?.name ?? ''));
  switch (term.kind) {
    case 'payment': {
      const parts = term.instalments.map(
        (part) => `${part.due ? `${formatDay(part.due)}前` : '今天'} ${formatYuan(part.amountFen)}`,
      );
      return `${you(term.payerId)}付给${you(term.payeeId)} ${formatYuan(term.amountFen)}（${capitalYuan(term.amountFen)}）：${parts.join('，')}`;
    }
    case 'act':
      return `${you(term.actorId)}在${formatDay(term.deadline)}前${end(term.what)}，${end(term.standard)}`;
    case 'apology':
      return `${you(term.byId)}在${formatDay(term.deadline)}前向${you(term.toId)}${end(term.form)}道歉`;
    case 'default':
      return term.rule === 'ALL_DUE' ? '有一期没按时付，其余的马上全部到期' : end(term.text);
    case 'waiver':
    case 'other':
      return end(term.text);
  }
}

/**
 * What stands against freezing this draft (`stop`) or deserves a look (`warn`). `today` is Shanghai's calendar day.
 * Clear content is what a court asks for (民诉法解释 358): amount, date, payee; standard, acceptor, cost.
 */
export function checkTerms(
  terms: readonly DraftTermShape[],
  parties: readonly NamedParty[],
  today: string,
): TermFinding[] {
  const findings: TermFinding[] = [];
  const clear = '民诉法解释第358条';
  const add = (level: TermFinding['level'], code: TermFindingCode, termId: string | null, basis: string) =>
    findings.push({ level, code, termId, basis });
  if (terms.length === 0) add('stop', 'NO_TERMS', null, '人民调解法第29条');
  for (const term of terms) {
    const people = peopleOf(term);
    if (people.some((id) => id !== null && !parties.some((p) => p.id === id)))
      add('stop', 'UNKNOWN_PARTY', term.id, clear);
    if (people.length === 2 && people[0] !== null && people[0] === people[1])
      add('stop', 'SAME_PERSON', term.id, clear);
    if (term.kind === 'payment') checkPayment(term, today, add);
    if (
      term.kind === 'act' &&
      [term.what, term.standard, term.acceptedBy, term.costBorneBy].some((t) => t.trim() === '')
    ) {
      add('stop', 'STANDARD_MISSING', term.id, clear);
    }
    const deadline = term.kind === 'act' || term.kind === 'apology' ? term.deadline : null;
    if (deadline && deadline < today) add('stop', 'DUE_PAST', term.id, clear);
    const prose = Object.values(term)
      .filter((v): v is string => typeof v === 'string')
      .join(' ');
    if (mediationFee.test(prose)) add('stop', 'FEE_FORBIDDEN', term.id, '人民调解法第4条');
    if (yearlyRates(prose).some((rate) => rate > interestCapAt(today)))
      add('warn', 'INTEREST_HIGH', term.id, capBasis);
    if (saysNothing(term) || !TermSchema.safeParse(term).success) add('stop', 'INCOMPLETE', term.id, clear);
  }
  return findings;
}

/** Pay for mediating under any of its names: nobody is ever charged (人民调解法 4). */
const mediationFee = /调解(?:员|委员会)?的?(?:服务|手续|劳务|工作|辛苦|咨询)?(?:费|报酬|酬劳|酬金)/;

/** Blanks or bare punctuation where the wording is the whole content: the term would read as 「。」. */
function saysNothing(term: DraftTermShape): boolean {
  if (term.kind === 'apology') return end(term.form) === '';
  if (term.kind === 'default') return term.rule === 'OTHER' && end(term.text) === '';
  return (term.kind === 'waiver' || term.kind === 'other') && end(term.text) === '';
}

function peopleOf(term: DraftTermShape): (string | null)[] {
  if (term.kind === 'payment') return [term.payerId, term.payeeId];
  if (term.kind === 'apology') return [term.byId, term.toId];
  return term.kind === 'act' ? [term.actorId] : [];
}

function checkPayment(
  term: Extract<DraftTermShape, { kind: 'payment' }>,
  today: string,
  add: (level: TermFinding['level'], code: TermFindingCode, termId: string, basis: string) => void,
): void {
  const clear = '民诉法解释第358条';
  const sum = term.instalments.reduce((total, part) => total + part.amountFen, 0);
  if (sum !== term.amountFen) add('stop', 'SUM_DIFFERS', term.id, clear);
  if (term.instalments.some((part) => part.due !== null && part.due < today))
    add('stop', 'DUE_PAST', term.id, clear);
  const later = term.instalments.some((part) => part.due !== null);
  const account = term.account;
  const accountGiven =
    account !== null && [account.holder, account.bank, account.number].every((v) => v.trim() !== '');
  if (later && term.method === 'BANK' && !accountGiven) add('stop', 'ACCOUNT_MISSING', term.id, clear);
  if (later && term.method === 'CASH') add('warn', 'CASH_LATER', term.id, clear);
}
