import type { Account, DraftTermShape, PaymentMethod, Term } from '../../contract/terms.ts';
import { formatDay } from '../dates.ts';
import { capitalYuan, formatYuan } from '../money.ts';

export type NamedParty = { id: string; name: string };
type Kind<K extends Term['kind']> = Extract<Term | DraftTermShape, { kind: K }>;
type Name = (id: string | null) => string;

const ordinals = '一二三四五六七八九十';

/** 一 … 十 … 四十 */
export function ordinal(n: number): string {
  if (n <= 10) return ordinals[n - 1] ?? String(n);
  const tens = Math.floor(n / 10);
  const rest = n % 10;
  return `${tens > 1 ? ordinals[tens - 1] : ''}十${rest ? ordinals[rest - 1] : ''}`;
}

const methods: Record<PaymentMethod, string> = {
  CASH: '现金',
  BANK: '银行转账',
  WECHAT: '微信转账',
  ALIPAY: '支付宝转账',
  OTHER: '双方约定的方式',
};

/** What is still to be written: no text with it is ever frozen. */
export const BLANK = '＿＿';
const said = (text: string): string => end(text) || BLANK;
const onDay = (day: string | null): string => (day ? formatDay(day) : BLANK);

/** The exact wording of one term in the agreement, without its number; what is missing yet stands as a blank. */
export function termText(term: Term | DraftTermShape, parties: readonly NamedParty[]): string {
  const name: Name = (id) => parties.find((p) => p.id === id)?.name ?? BLANK;
  switch (term.kind) {
    case 'payment':
      return paymentText(term, name);
    case 'split':
      return splitText(term, name);
    case 'act': {
      const remedy = end(term.remedy) ? `逾期未完成的，${end(term.remedy)}。` : '';
      return `${name(term.actorId)}于${onDay(term.deadline)}前${said(term.what)}，${led('以', term.standard)}为合格，${led('由', term.acceptedBy)}验收，费用由${said(term.costBorneBy)}承担。${remedy}`;
    }
    case 'apology':
      return `${name(term.byId)}于${onDay(term.deadline)}前以${said(term.form)}的方式向${name(term.toId)}赔礼道歉。`;
    case 'costs':
      return costsText(term, name);
    case 'waiver':
    case 'other':
      return `${said(term.text)}。`;
    case 'default': {
      const own = end(term.text);
      if (term.rule === 'ALL_DUE')
        return `任何一期款项逾期未付的，未到期的全部款项立即到期，权利人可以就全部未付款项主张权利。${own ? `${own}。` : ''}`;
      return `${own || BLANK}。`;
    }
  }
}

/** 人民币肆仟捌佰元整（¥4,800.00） */
const sum = (fen: number): string =>
  fen > 0 ? `${capitalYuan(fen)}（${formatYuan(fen)}）` : `人民币${BLANK}元`;
const accountText = ({ holder, bank, number }: Account): string =>
  `户名：${holder}，开户行：${bank}，账号：${number}`;
/** 1250 is 12.5 % */
export const percent = (bp: number): string => `${bp / 100}%`;

function paymentText(term: Kind<'payment'>, name: Name): string {
  const [payer, payee] = [name(term.payerId), name(term.payeeId)];
  const purpose = end(term.purpose);
  const head = `${payer}${purpose ? purpose : `支付${payee}`}${sum(term.amountFen)}`;
  const { account, interest } = term;
  const parts = term.instalments.map((part, index) => {
    const amount = formatYuan(part.amountFen);
    if (part.due === null)
      return part.received ? `签署当日付${amount}，${payee}当场确认收到` : `签署当日付${amount}`;
    const last = index > 0 && index === term.instalments.length - 1;
    const share = term.instalments.length > 1 ? `${last ? '余' : ''}${amount}` : '';
    return `${share}于${formatDay(part.due)}前${account ? `转入${account.holder}名下账户` : '付清'}`;
  });
  const where = account ? `（${accountText(account)}）` : '';
  const bearing = interest
    ? `自${onDay(interest.from)}起至款项付清之日止，以未付款项为基数，按年利率${percent(interest.yearlyBp)}计付利息。`
    : '';
  return `${head}：${parts.join('；') || BLANK}。${bearing}付款方式：${methods[term.method]}${where}。`;
}

/** Several payees: who gets how much in all, then each instalment with its shares (C3). */
function splitText(term: Kind<'split'>, name: Name): string {
  const names = term.payees.map((p) => name(p.partyId)).join('、') || BLANK;
  const total = term.payees.reduce((fen, p) => fen + p.amountFen, 0);
  const purpose = end(term.purpose);
  const each = term.payees.map((p) => `${name(p.partyId)}${formatYuan(p.amountFen)}`).join('、');
  const parts = term.instalments.map((part) => {
    const amount = formatYuan(part.shares.reduce((fen, s) => fen + s.amountFen, 0));
    const shares = part.shares.map((s) => `${name(s.partyId)}${formatYuan(s.amountFen)}`).join('、');
    if (part.due === null)
      return `签署当日付${amount}（${shares}）${part.received ? '，各收款人当场确认收到' : ''}`;
    return `于${formatDay(part.due)}前付${amount}（${shares}）`;
  });
  const accounts = term.payees.flatMap((p) => (p.account ? [accountText(p.account)] : []));
  const where = accounts.length > 0 ? `（${accounts.join('；')}）` : '';
  return `${name(term.payerId)}向${names}支付${purpose}合计${sum(total)}，其中${each || BLANK}：${parts.join('；') || BLANK}。付款方式：${methods[term.method]}${where}。`;
}

function costsText(term: Kind<'costs'>, name: Name): string {
  const what = said(term.what);
  const amount = term.amountFen > 0 ? sum(term.amountFen) : '（以实际发生的票据金额为准）';
  const due = term.due ? `，于${formatDay(term.due)}前付清` : '';
  switch (term.sharing) {
    case 'ONE':
      return `${what}${amount}由${name(term.bearerId)}承担${due}。`;
    case 'EQUAL':
      return `${what}${amount}由各方平均分担${due}。`;
    case 'EACH_OWN':
      return `各方已支出的${what}由各自承担。`;
  }
}

/** Prose without its closing punctuation and outer blanks, so that it sits inside a sentence. */
export const end = (text: string): string => text.trim().replace(/[。；，、.;,\s]+$/u, '');

/** `以…` or `由…`, without the word where the writer's own wording already stands in a sentence. */
function led(word: '以' | '由', text: string): string {
  const plain = said(text);
  return /^(以|经|由|双方|各方)/.test(plain) ? plain : `${word}${plain}`;
}

/** The term in plain words for one signer, addressed as 您. */
export function termInShort(
  term: Term,
  parties: readonly NamedParty[],
  signerPartyId: string | null,
): string {
  const you: Name = (id) => (id === signerPartyId ? '您' : (parties.find((p) => p.id === id)?.name ?? ''));
  const when = (due: string | null) => (due ? `${formatDay(due)}前` : '今天');
  switch (term.kind) {
    case 'payment': {
      const parts = term.instalments.map((part) => `${when(part.due)} ${formatYuan(part.amountFen)}`);
      return `${you(term.payerId)}付给${you(term.payeeId)} ${formatYuan(term.amountFen)}（${capitalYuan(term.amountFen)}）：${parts.join('，')}`;
    }
    case 'split': {
      const mine = term.payees.filter((p) => signerPartyId === term.payerId || p.partyId === signerPartyId);
      return (mine.length > 0 ? mine : term.payees)
        .map((payee) => {
          const parts = term.instalments.map((part) => {
            const share = part.shares.find((s) => s.partyId === payee.partyId)?.amountFen ?? 0;
            return `${when(part.due)} ${formatYuan(share)}`;
          });
          return `${you(term.payerId)}付给${you(payee.partyId)} ${formatYuan(payee.amountFen)}（${capitalYuan(payee.amountFen)}）：${parts.join('，')}`;
        })
        .join('；');
    }
    case 'act':
      return `${you(term.actorId)}在${formatDay(term.deadline)}前${end(term.what)}，${end(term.standard)}`;
    case 'apology':
      return `${you(term.byId)}在${formatDay(term.deadline)}前向${you(term.toId)}${end(term.form)}道歉`;
    case 'costs':
      return end(costsText(term, you));
    case 'default':
      return term.rule === 'ALL_DUE' ? '有一期没按时付，其余的马上全部到期' : end(term.text);
    case 'waiver':
    case 'other':
      return end(term.text);
  }
}
