import type { DisputeType } from '../../contract/enums.ts';
import { type DraftTermShape, Term as TermSchema } from '../../contract/terms.ts';
import { excludedWords } from '../confirmation/stops.ts';
import { capBasis, interestCapAt, overCap, yearlyRates } from '../flags/interest.ts';
import { type HardStop, noConfirmation, paperOnly, paperOnlyText } from '../hard-stops.ts';
import { formatYuan } from '../money.ts';
import { end, type NamedParty } from './term-text.ts';

export type TermFinding = {
  level: 'stop' | 'warn';
  code: TermFindingCode;
  termId: string | null;
  basis: string;
  /** What exactly, in figures or words of the text. */
  detail: string | null;
};
export type TermFindingCode =
  | 'NO_TERMS'
  | 'NOT_DRAWABLE'
  | 'FACTS_MISSING'
  | 'INCOMPLETE'
  | 'BLANK_LEFT'
  | 'SAME_PERSON'
  | 'UNKNOWN_PARTY'
  | 'SUM_DIFFERS'
  | 'DUE_PAST'
  | 'DATES_UNORDERED'
  | 'ACCOUNT_MISSING'
  | 'STANDARD_MISSING'
  | 'REMEDY_MISSING'
  | 'DEFAULT_MISSING'
  | 'FEE_FORBIDDEN'
  | 'INTEREST_HIGH'
  | 'CASH_LATER'
  | 'PAPER_ONLY'
  | 'NO_CONFIRMATION';

type Add = (
  level: TermFinding['level'],
  code: TermFindingCode,
  termId: string | null,
  basis: string,
  detail?: string,
) => void;
export type CheckedDraft = { facts: string; performance: string; terms: readonly DraftTermShape[] };

/** What a court asks of a clear content: amount, date, payee; standard, acceptor, cost. */
const clear = '民诉法解释第358条';
const free = '人民调解法第4条';

/**
 * What stands against freezing this draft (`stop`) or deserves a look (`warn`). `today` is Shanghai's calendar day.
 * That a text goes on paper only, or to no court, stops nothing by itself: the way on is another.
 */
export function checkDraft(
  draft: CheckedDraft,
  parties: readonly NamedParty[],
  today: string,
  disputeType: DisputeType,
): TermFinding[] {
  const findings = checkTerms(draft.terms, parties, today);
  const add = adder(findings);
  if (end(draft.facts) === '') add('stop', 'FACTS_MISSING', null, '人民调解法第29条');
  for (const prose of [draft.facts, draft.performance]) {
    if (blank.test(prose)) add('stop', 'BLANK_LEFT', null, clear);
  }
  const fee = mediationFee.exec(draft.performance)?.[0];
  if (fee) add('stop', 'FEE_FORBIDDEN', null, free, fee);
  const rates = yearlyRates(draft.performance).filter((rate) => rate > interestCapAt(today));
  if (rates[0] !== undefined) add('warn', 'INTEREST_HIGH', null, capBasis, overCap(rates[0], today));
  const byKind = paperOnly(disputeType);
  if (byKind) add('warn', 'PAPER_ONLY', null, byKind.basis);
  const unconfirmed = noConfirmation(disputeType);
  if (unconfirmed) add('warn', 'NO_CONFIRMATION', null, unconfirmed.basis);
  return findings;
}

/** Whether this text goes on paper: by the case's kind, or by what its terms say (电子签名法 3). */
export function mustBePaper(draft: CheckedDraft, disputeType: DisputeType): HardStop | null {
  return paperOnly(disputeType) ?? paperOnlyText(wordsOf(draft));
}

const wordsOf = ({ performance, terms }: CheckedDraft): string =>
  [performance, ...terms.map(proseOf)].join('\n');

/** The same for the terms alone. */
export function checkTerms(
  terms: readonly DraftTermShape[],
  parties: readonly NamedParty[],
  today: string,
): TermFinding[] {
  const findings: TermFinding[] = [];
  const add = adder(findings);
  if (terms.length === 0) add('stop', 'NO_TERMS', null, '人民调解法第29条');
  for (const term of terms) {
    checkPeople(term, parties, add);
    if (term.kind === 'payment') checkPayment(term, today, add);
    if (term.kind === 'split') checkSplit(term, parties, today, add);
    if (term.kind === 'act') checkAct(term, add);
    const deadline = 'deadline' in term ? term.deadline : 'due' in term ? term.due : null;
    if (deadline && deadline < today) add('stop', 'DUE_PAST', term.id, clear);
    checkWords(term, today, add);
    if (saysNothing(term) || !TermSchema.safeParse(term).success) add('stop', 'INCOMPLETE', term.id, clear);
  }
  const later = terms.flatMap((t) => ('instalments' in t ? t.instalments.filter((i) => i.due !== null) : []));
  if (later.length > 1 && !terms.some((t) => t.kind === 'default'))
    add('warn', 'DEFAULT_MISSING', null, '民法典第577条');
  return findings;
}

const adder =
  (findings: TermFinding[]): Add =>
  (level, code, termId, basis, detail) =>
    findings.push({ level, code, termId, basis, detail: detail ?? null });

/** Pay for mediating under any of its names: nobody is ever charged (人民调解法 4). */
const mediationFee = /调解(?:员|委员会)?的?(?:服务|手续|劳务|工作|辛苦|咨询)?(?:费|报酬|酬劳|酬金)/;
/** A place that a template left to be filled in. */
const blank = /＿|_{2,}|【\s*】|\{[^}]*\}/;

function checkWords(term: DraftTermShape, today: string, add: Add): void {
  const prose = proseOf(term);
  const fee = mediationFee.exec(prose)?.[0];
  if (fee) add('stop', 'FEE_FORBIDDEN', term.id, free, fee);
  if (blank.test(prose)) add('stop', 'BLANK_LEFT', term.id, clear);
  const own = term.kind === 'payment' && term.interest ? [term.interest.yearlyBp / 100] : [];
  const over = Math.max(0, ...own, ...yearlyRates(prose));
  if (over > interestCapAt(today)) add('warn', 'INTEREST_HIGH', term.id, capBasis, overCap(over, today));
  const paper = paperOnlyText(prose);
  if (paper) add('warn', 'PAPER_ONLY', term.id, paper.basis, paper.word);
  const court = excludedWords(prose);
  if (court) add('warn', 'NO_CONFIRMATION', term.id, court.basis, court.words);
}

const proseOf = (term: DraftTermShape): string =>
  Object.entries(term)
    .flatMap(([key, v]) => (typeof v === 'string' && key !== 'id' && key !== 'kind' ? [v] : []))
    .join(' ');

/** Blanks or bare punctuation where the wording is the whole content: the term would read as 「。」. */
function saysNothing(term: DraftTermShape): boolean {
  if (term.kind === 'apology') return end(term.form) === '';
  if (term.kind === 'default') return term.rule === 'OTHER' && end(term.text) === '';
  if (term.kind === 'costs') return end(term.what) === '' || (term.sharing === 'ONE' && !term.bearerId);
  return (term.kind === 'waiver' || term.kind === 'other') && end(term.text) === '';
}

function checkPeople(term: DraftTermShape, parties: readonly NamedParty[], add: Add): void {
  const people = peopleOf(term).filter((id) => id !== null);
  if (people.some((id) => !parties.some((p) => p.id === id))) add('stop', 'UNKNOWN_PARTY', term.id, clear);
  if (new Set(people).size < people.length) add('stop', 'SAME_PERSON', term.id, clear);
}

/** Everybody whom a term names; null where nobody is chosen yet. */
export function peopleOf(term: DraftTermShape): (string | null)[] {
  switch (term.kind) {
    case 'payment':
      return [term.payerId, term.payeeId];
    case 'split':
      return [term.payerId, ...term.payees.map((p) => p.partyId)];
    case 'apology':
      return [term.byId, term.toId];
    case 'act':
      return [term.actorId];
    case 'costs':
      return term.sharing === 'ONE' ? [term.bearerId] : [];
    default:
      return [];
  }
}

type Draft<K extends DraftTermShape['kind']> = Extract<DraftTermShape, { kind: K }>;

function checkAct(term: Draft<'act'>, add: Add): void {
  if ([term.what, term.standard, term.acceptedBy, term.costBorneBy].some((t) => t.trim() === ''))
    add('stop', 'STANDARD_MISSING', term.id, clear);
  else if (end(term.remedy) === '') add('warn', 'REMEDY_MISSING', term.id, clear);
}

/** `各期合计 ¥4,700.00，总额 ¥4,800.00` */
const differing = (parts: number, total: number, of = '') =>
  `${of}各期合计${formatYuan(parts)}，总额${formatYuan(total)}`;

function checkPayment(term: Draft<'payment'>, today: string, add: Add): void {
  const sum = term.instalments.reduce((total, part) => total + part.amountFen, 0);
  if (sum !== term.amountFen) add('stop', 'SUM_DIFFERS', term.id, clear, differing(sum, term.amountFen));
  checkDates(term, today, add);
  const later = term.instalments.some((part) => part.due !== null);
  if (later && term.method === 'BANK' && !given(term.account)) add('stop', 'ACCOUNT_MISSING', term.id, clear);
  if (later && term.method === 'CASH') add('warn', 'CASH_LATER', term.id, clear);
}

function checkSplit(term: Draft<'split'>, parties: readonly NamedParty[], today: string, add: Add): void {
  checkDates(term, today, add);
  const later = term.instalments.some((part) => part.due !== null);
  for (const { partyId, amountFen, account } of term.payees) {
    const name = parties.find((p) => p.id === partyId)?.name ?? '';
    const shares = term.instalments.flatMap((i) => i.shares.filter((s) => s.partyId === partyId));
    const sum = shares.reduce((total, share) => total + share.amountFen, 0);
    if (sum !== amountFen) add('stop', 'SUM_DIFFERS', term.id, clear, differing(sum, amountFen, name));
    if (later && term.method === 'BANK' && !given(account))
      add('stop', 'ACCOUNT_MISSING', term.id, clear, name);
  }
  const stray = term.instalments.some((i) =>
    i.shares.some((s) => !term.payees.some((p) => p.partyId === s.partyId)),
  );
  if (stray) add('stop', 'UNKNOWN_PARTY', term.id, clear);
  if (later && term.method === 'CASH') add('warn', 'CASH_LATER', term.id, clear);
}

function checkDates(term: Draft<'payment'> | Draft<'split'>, today: string, add: Add): void {
  const dues = term.instalments.map((part) => part.due ?? today);
  if (dues.some((due) => due < today)) add('stop', 'DUE_PAST', term.id, clear);
  else if (dues.some((due, i) => i > 0 && due < (dues[i - 1] ?? '')))
    add('warn', 'DATES_UNORDERED', term.id, clear);
}

const given = (account: Draft<'payment'>['account']): boolean =>
  account !== null && [account.holder, account.bank, account.number].every((v) => v.trim() !== '');
