import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DisputeType } from '../../contract/enums.ts';
import { type FlagFacts, flagsOf } from './flags.ts';
import { interestCapAt, yearlyRates } from './interest.ts';

describe('interest (民间借贷规定 25: four times the one-year LPR)', () => {
  it.each([
    ['2025-05-19', 12.4],
    ['2025-05-20', 12],
    ['2026-11-24', 12],
    ['2024-10-20', 13.4],
    ['2019-01-01', 14.8],
  ])('%s: %d %%', (day, cap) => {
    expect(interestCapAt(day)).toBe(cap);
  });

  it.each<[string, number[]]>([
    ['按年利率24%计息', [24]],
    ['年息 36％', [36]],
    ['月利率为2%', [24]],
    ['月息2分', [24]],
    ['月息二分', [24]],
    ['三分利', [36]],
    ['日利率万分之五', [18.25]],
    ['每日千分之一', [36.5]],
    ['年利率为百分之二十四', [24]],
    ['月息百分之十五', [180]],
    ['日利率万分之5', [18.25]],
    ['日息1‰', [36.5]],
    ['日息0.1%', [36.5]],
    ['月息1分，逾期按年利率24%', [24, 12]],
    ['违约金按总额20%', []],
    ['年利率，本金的50%', []],
    ['', []],
  ])('%s: %j', (text, rates) => {
    expect(yearlyRates(text)).toEqual(rates);
  });
});

const plain: FlagFacts = {
  disputeType: 'LOAN',
  text: '陈阿根向周建波借款，到期未还。',
  amountFen: 4_800_000,
  evidence: 1,
  parties: [
    { id: 'a', name: '陈阿根', age: 68, otherCases: 0 },
    { id: 'b', name: '周建波', age: 43, otherCases: 0 },
  ],
  sharedAgents: [],
  burdened: ['b'],
  waives: false,
  minutesToText: null,
  today: '2026-11-24',
};

describe('soft flags (domain.md section 6)', () => {
  test('an everyday dispute has none', () => {
    expect(flagsOf(plain)).toEqual([]);
    expect(flagsOf({ ...plain, disputeType: 'NEIGHBOURS', waives: true, minutesToText: 5 })).toEqual([]);
  });

  it.each<[string, Partial<FlagFacts>, string]>([
    ['interest above the cap', { text: '约定月息3分' }, 'INTEREST_OVER_CAP 36% > 12%'],
    ['a round sum and no paper', { amountFen: 10_000_000, evidence: 0 }, 'ROUND_SUM_NO_RECORD ¥100,000.00'],
    ['kin who agree at once', { text: '双方系亲戚', minutesToText: 29 }, 'KIN_AT_ONCE 亲戚'],
    ['a debtor under enforcement', { text: '周建波是失信被执行人' }, 'DEBTOR_ENFORCED 失信'],
    ['one agent for both sides', { sharedAgents: ['王晨'] }, 'ONE_AGENT_BOTH_SIDES 王晨'],
    [
      'somebody who is often here',
      { parties: [{ id: 'a', name: '陈阿根', age: null, otherCases: 3 }] },
      'REPEAT_PARTY 陈阿根',
    ],
    ['third-party property', { text: '以房抵债，房屋登记在其弟名下' }, 'THIRD_PARTY_PROPERTY 以房抵债'],
    ['waived wages', { disputeType: 'WAGES', waives: true }, 'WAGES_WAIVED 放弃条款'],
    ['violence', { text: '他多次威胁我' }, 'VIOLENCE 威胁'],
    [
      'an old party who pays',
      { parties: [{ id: 'a', name: '陈阿根', age: 70, otherCases: 0 }], burdened: ['a'] },
      'ELDERLY_BURDENED 陈阿根（70岁）',
    ],
  ])('%s', (_name, change, found) => {
    expect(flagsOf({ ...plain, ...change }).map((f) => `${f.flag} ${f.subject}`)).toEqual([found]);
  });

  it.each<[string, Partial<FlagFacts>]>([
    ['interest at the cap', { text: '年利率12%' }],
    ['a round sum with its transfer', { amountFen: 10_000_000, evidence: 1 }],
    ['a small round sum', { amountFen: 4_000_000, evidence: 0 }],
    ['a sum that is not round', { amountFen: 10_050_000, evidence: 0 }],
    ['kin who take their time', { text: '双方系亲戚', minutesToText: 30 }],
    ['an old party who is paid', { parties: [{ id: 'a', name: '陈阿根', age: 90, otherCases: 0 }] }],
  ])('nothing: %s', (_name, change) => {
    expect(flagsOf({ ...plain, ...change })).toEqual([]);
  });

  test('every flag cites its basis and says what was noticed, whatever the facts', () => {
    const facts = fc.record<FlagFacts>({
      disputeType: fc.constantFrom(...DisputeType.options),
      text: fc.string(),
      amountFen: fc.option(fc.integer({ min: 0, max: 1e12 })),
      evidence: fc.nat(3),
      parties: fc.array(
        fc.record({
          id: fc.constantFrom('a', 'b'),
          name: fc.string({ minLength: 1 }),
          age: fc.option(fc.nat(110)),
          otherCases: fc.nat(9),
        }),
        { maxLength: 4 },
      ),
      sharedAgents: fc.array(fc.string({ minLength: 1 }), { maxLength: 2 }),
      burdened: fc.subarray(['a', 'b']),
      waives: fc.boolean(),
      minutesToText: fc.option(fc.nat(200)),
      today: fc.constant('2026-11-24'),
    });
    fc.assert(
      fc.property(facts, (f) => {
        for (const { subject, basis } of flagsOf(f)) {
          expect(subject).not.toBe('');
          expect(basis).toMatch(/第\d+.*条/);
        }
        expect(flagsOf(f)).toEqual(flagsOf(f));
      }),
    );
  });
});
