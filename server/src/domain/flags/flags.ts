import type { DisputeType } from '../../contract/enums.ts';
import type { FlagCode } from '../../contract/flags.ts';
import { formatYuan } from '../money.ts';
import { capBasis, interestCapAt, yearlyRates } from './interest.ts';

/** What the rules look at; texts as people wrote them, amounts in 分. */
export type FlagFacts = {
  disputeType: DisputeType;
  /** Facts, requests and everything in the draft. */
  text: string;
  amountFen: number | null;
  /** Papers of the case that may show a transfer. */
  evidence: number;
  parties: { id: string; name: string; age: number | null; otherCases: number }[];
  /** Agents who act for both sides, by name. */
  sharedAgents: string[];
  /** Who pays or gives something up by the draft. */
  burdened: string[];
  waives: boolean;
  /** Minutes from the opening of the talks to an agreed text; null while there is none. */
  minutesToText: number | null;
  /** Shanghai's day. */
  today: string;
};
/** `partyId`: whom it is about, where it is about one person. */
export type Flag = { flag: FlagCode; subject: string; basis: string; partyId: string | null };

const falseMediation = '参照《人民法院在线调解规则》第23条（虚假调解迹象）';
/** From 50 000 元 on, whole 万元. */
const ROUND_FROM_FEN = 5_000_000;
const ROUND_STEP_FEN = 1_000_000;
const OLD_FROM_YEARS = 70;
const REPEATED_FROM = 3;
const AT_ONCE_MINUTES = 30;
const moneyDisputes: DisputeType[] = ['LOAN', 'WAGES'];

/** The first of these words in the text, or null. */
const said = (text: string, words: RegExp): string | null => words.exec(text)?.[0] ?? null;

/**
 * Signs that somebody should look at in private before anybody signs. They stop nothing by themselves and accuse
 * nobody: the same facts always give the same flags, and a flag whose subject changes is looked at again.
 */
export function flagsOf(facts: FlagFacts): Flag[] {
  const flags: Flag[] = [];
  const add = (flag: FlagCode, subject: string | null, basis: string, partyId: string | null = null) => {
    if (subject !== null) flags.push({ flag, subject, basis, partyId });
  };
  const { text, disputeType } = facts;
  const cap = interestCapAt(facts.today);
  const over = yearlyRates(text).filter((rate) => rate > cap);
  add(
    'INTEREST_OVER_CAP',
    over.length > 0 ? `${over.map((r) => `${r}%`).join('、')} > ${cap}%` : null,
    capBasis,
  );
  const amount = facts.amountFen ?? 0;
  const round = disputeType === 'LOAN' && amount >= ROUND_FROM_FEN && amount % ROUND_STEP_FEN === 0;
  add('ROUND_SUM_NO_RECORD', round && facts.evidence === 0 ? formatYuan(amount) : null, falseMediation);
  const kin = said(text, /亲戚|亲属|夫妻|父子|母子|父女|母女|兄弟|姐妹|堂兄|表兄|股东|关联公司|关联企业/);
  const atOnce = facts.minutesToText !== null && facts.minutesToText < AT_ONCE_MINUTES;
  add('KIN_AT_ONCE', moneyDisputes.includes(disputeType) && atOnce ? kin : null, falseMediation);
  add(
    'DEBTOR_ENFORCED',
    said(text, /被执行人|强制执行中|正在执行|失信|限制高消费|查封|冻结/),
    falseMediation,
  );
  for (const name of facts.sharedAgents) add('ONE_AGENT_BOTH_SIDES', name, falseMediation);
  for (const { id, name, otherCases } of facts.parties) {
    const often = moneyDisputes.includes(disputeType) && otherCases >= REPEATED_FROM;
    add('REPEAT_PARTY', often ? name : null, falseMediation, id);
  }
  add('THIRD_PARTY_PROPERTY', said(text, /案外人|第三人名下|以房抵债|以物抵债|抵债|过户给/), falseMediation);
  add(
    'WAGES_WAIVED',
    disputeType === 'WAGES' && facts.waives ? '放弃条款' : null,
    '劳动法第50条、劳动合同法第30条',
  );
  add('VIOLENCE', said(text, /家暴|家庭暴力|殴打|打伤|威胁|恐吓|人身安全保护令/), '反家庭暴力法第2、13条');
  for (const { id, name, age } of facts.parties) {
    const old = age !== null && age >= OLD_FROM_YEARS && facts.burdened.includes(id);
    add('ELDERLY_BURDENED', old ? `${name}（${age}岁）` : null, '老年人权益保障法第3条', id);
  }
  return flags;
}

/** Signs about the freedom of a signer: they call for a talk alone before that person signs. */
const ofFreedom: readonly FlagCode[] = ['VIOLENCE', 'ELDERLY_BURDENED'];

/**
 * The flags because of which somebody talks with this signer alone: violence concerns everybody who signs for a side,
 * age the old party who signs itself (反家庭暴力法 2, 老年人权益保障法 3).
 */
export function flagsForPrivateCheck(
  flags: readonly Flag[],
  signer: { role: string; partyId: string | null },
): FlagCode[] {
  if (signer.role !== 'party' && signer.role !== 'agent') return [];
  const about = flags.filter(
    ({ flag, partyId }) =>
      ofFreedom.includes(flag) &&
      (partyId === null || (signer.role === 'party' && partyId === signer.partyId)),
  );
  return [...new Set(about.map(({ flag }) => flag))];
}
