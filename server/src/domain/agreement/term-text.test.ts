import { describe, expect, it, test } from 'vitest';
import type { DraftTermShape, Term } from '../../contract/terms.ts';
import { checkTerms, ordinal, termInShort, termText } from './term-text.ts';

const chen = '00000000-0000-4000-8000-000000000001';
const zhou = '00000000-0000-4000-8000-000000000002';
const parties = [
  { id: chen, name: '陈阿根' },
  { id: zhou, name: '周建波' },
];
const repair: Extract<Term, { kind: 'act' }> = {
  id: 't1',
  kind: 'act',
  actorId: zhou,
  what: '修复二楼卫生间防水',
  deadline: '2025-03-17',
  standard: '经48小时闭水试验楼下无渗漏',
  acceptedBy: '双方到场',
  costBorneBy: '周建波',
  remedy: '',
};
const damages: Extract<Term, { kind: 'payment' }> = {
  id: 't2',
  kind: 'payment',
  payerId: zhou,
  payeeId: chen,
  amountFen: 480_000,
  method: 'BANK',
  account: { holder: '陈阿根', bank: '云桥农商银行禾岸支行', number: '6230580000001234567' },
  instalments: [
    { id: 'i1', due: null, amountFen: 200_000, received: true },
    { id: 'i2', due: '2025-03-31', amountFen: 280_000, received: false },
  ],
  purpose: '赔偿陈阿根',
};
const rest: Term = { id: 't3', kind: 'waiver', text: '其余互不追究。' };

describe('the wording of terms', () => {
  it.each<[string, Term, string]>([
    [
      'C1, one',
      repair,
      '周建波于2025年3月17日前修复二楼卫生间防水，经48小时闭水试验楼下无渗漏为合格，双方到场验收，费用由周建波承担。',
    ],
    [
      'C1, two',
      damages,
      '周建波赔偿陈阿根人民币肆仟捌佰元整（¥4,800.00）：签署当日付¥2,000.00，陈阿根当场确认收到；余¥2,800.00于2025年3月31日前转入陈阿根名下账户。付款方式：银行转账（户名：陈阿根，开户行：云桥农商银行禾岸支行，账号：6230580000001234567）。',
    ],
    ['C1, three', rest, '其余互不追究。'],
    [
      'one payment in cash',
      {
        ...damages,
        method: 'CASH',
        account: null,
        purpose: '',
        instalments: [{ id: 'i', due: '2025-03-31', amountFen: 480_000, received: false }],
      },
      '周建波支付陈阿根人民币肆仟捌佰元整（¥4,800.00）：于2025年3月31日前付清。付款方式：现金。',
    ],
    [
      'one payment on the day, not confirmed yet',
      {
        ...damages,
        method: 'WECHAT',
        account: null,
        instalments: [{ id: 'i', due: null, amountFen: 480_000, received: false }],
      },
      '周建波赔偿陈阿根人民币肆仟捌佰元整（¥4,800.00）：签署当日付¥4,800.00。付款方式：微信转账。',
    ],
    [
      'an act with its own remedy',
      {
        ...repair,
        standard: '不再渗漏',
        acceptedBy: '陈阿根',
        remedy: '由陈阿根另请他人修复，费用由周建波承担。',
      },
      '周建波于2025年3月17日前修复二楼卫生间防水，以不再渗漏为合格，由陈阿根验收，费用由周建波承担。逾期未完成的，由陈阿根另请他人修复，费用由周建波承担。',
    ],
    [
      'an apology',
      { id: 'a', kind: 'apology', byId: zhou, toId: chen, form: '当面', deadline: '2025-03-17' },
      '周建波于2025年3月17日前以当面的方式向陈阿根赔礼道歉。',
    ],
    [
      'all falls due',
      { id: 'd', kind: 'default', rule: 'ALL_DUE', text: '' },
      '任何一期款项逾期未付的，未到期的全部款项立即到期，权利人可以就全部未付款项主张权利。',
    ],
    [
      'a default rule of its own',
      { id: 'd', kind: 'default', rule: 'OTHER', text: '逾期按日支付违约金；' },
      '逾期按日支付违约金。',
    ],
    [
      'free text keeps its inner points',
      { id: 'o', kind: 'other', text: ' 双方和睦相处。不再争吵。 ' },
      '双方和睦相处。不再争吵。',
    ],
  ])('%s', (_name, term, text) => {
    expect(termText(term, parties)).toBe(text);
  });

  test('in short, the signer is 您', () => {
    expect(termInShort(damages, parties, zhou)).toBe(
      '您付给陈阿根 ¥4,800.00（人民币肆仟捌佰元整）：今天 ¥2,000.00，2025年3月31日前 ¥2,800.00',
    );
    expect(termInShort(damages, parties, chen)).toMatch(/^周建波付给您 /);
    expect(termInShort(repair, parties, null)).toBe(
      '周建波在2025年3月17日前修复二楼卫生间防水，经48小时闭水试验楼下无渗漏',
    );
    expect(termInShort(rest, parties, chen)).toBe('其余互不追究');
  });

  test('numbers of terms', () => {
    expect([1, 2, 10, 11, 19, 20, 21, 40, 99].map(ordinal)).toEqual([
      '一',
      '二',
      '十',
      '十一',
      '十九',
      '二十',
      '二十一',
      '四十',
      '九十九',
    ]);
  });
});

describe('what stands against freezing', () => {
  const today = '2025-03-10';
  const found = (terms: DraftTermShape[], day = today) =>
    checkTerms(terms, parties, day).map(({ level, code, termId }) => `${level} ${code} ${termId}`);

  test('nothing in C1', () => {
    expect(found([repair, damages, rest])).toEqual([]);
  });

  it.each<[string, DraftTermShape, string[]]>([
    ['a sum that differs', { ...damages, amountFen: 480_001 }, ['stop SUM_DIFFERS t2']],
    ['a payment to oneself', { ...damages, payeeId: zhou }, ['stop SAME_PERSON t2']],
    [
      'somebody from another case',
      { ...repair, actorId: '00000000-0000-4000-8000-000000000009' },
      ['stop UNKNOWN_PARTY t1'],
    ],
    ['nobody chosen yet', { ...repair, actorId: null }, ['stop INCOMPLETE t1']],
    ['an act without its standard', { ...repair, standard: ' ' }, ['stop STANDARD_MISSING t1']],
    [
      'an act without who pays',
      { ...repair, costBorneBy: '' },
      ['stop STANDARD_MISSING t1', 'stop INCOMPLETE t1'],
    ],
    ['a day gone by', { ...repair, deadline: '2025-03-09' }, ['stop DUE_PAST t1']],
    [
      'an instalment gone by',
      { ...damages, instalments: damages.instalments.map((i) => (i.due ? { ...i, due: '2025-03-09' } : i)) },
      ['stop DUE_PAST t2'],
    ],
    ['a later transfer without account', { ...damages, account: null }, ['stop ACCOUNT_MISSING t2']],
    [
      'an account without its number',
      { ...damages, account: { holder: '陈阿根', bank: '禾岸支行', number: ' ' } },
      ['stop ACCOUNT_MISSING t2'],
    ],
    ['later payments in cash', { ...damages, method: 'CASH', account: null }, ['warn CASH_LATER t2']],
    [
      'a fee for mediation',
      { id: 'o', kind: 'other', text: '周建波承担调解费100元' },
      ['stop FEE_FORBIDDEN o'],
    ],
    ...['调解服务费', '调解员劳务费', '调解委员会报酬', '调解的费用', '调解手续费'].map(
      (fee): [string, DraftTermShape, string[]] => [
        `${fee} under another name (人民调解法 4)`,
        { id: 'o', kind: 'other', text: `周建波承担${fee}100元` },
        ['stop FEE_FORBIDDEN o'],
      ],
    ),
    ['mediation said to be free', { id: 'o', kind: 'other', text: '本次调解不收费' }, []],
    [
      'a default clause of its own without words',
      { id: 'd', kind: 'default', rule: 'OTHER', text: '' },
      ['stop INCOMPLETE d'],
    ],
    ['all due needs no further words', { id: 'd', kind: 'default', rule: 'ALL_DUE', text: '' }, []],
    ['a waiver of blanks', { id: 'w', kind: 'waiver', text: ' \n' }, ['stop INCOMPLETE w']],
    ['only a full stop', { id: 'o', kind: 'other', text: '。' }, ['stop INCOMPLETE o']],
    [
      'an apology in no form',
      { id: 'a', kind: 'apology', byId: zhou, toId: chen, form: ' ', deadline: '2025-03-17' },
      ['stop INCOMPLETE a'],
    ],
    [
      'interest above four times LPR',
      { id: 'o', kind: 'other', text: '按年利率24%计息' },
      ['warn INTEREST_HIGH o'],
    ],
    ['an empty text', { id: 'o', kind: 'other', text: '' }, ['stop INCOMPLETE o']],
    ['no instalment', { ...damages, instalments: [] }, ['stop SUM_DIFFERS t2', 'stop INCOMPLETE t2']],
    ['nothing to pay', { ...damages, amountFen: 0, instalments: [] }, ['stop INCOMPLETE t2']],
    ['a day that no calendar has', { ...repair, deadline: '2026-02-29' }, ['stop INCOMPLETE t1']],
    ['the last day is today', { ...repair, deadline: today }, []],
    ['interest at the limit', { id: 'o', kind: 'other', text: '按年利率12%计息' }, []],
  ])('%s', (_name, term, codes) => {
    expect(found([term])).toEqual(codes);
  });

  test('no terms at all; every finding names its article', () => {
    expect(found([])).toEqual(['stop NO_TERMS null']);
    const all = checkTerms(
      [
        { ...damages, amountFen: 1, account: null },
        { id: 'o', kind: 'other', text: '调解费，年利率36%' },
      ],
      parties,
      '2026-01-01',
    );
    expect(all.length).toBeGreaterThanOrEqual(5);
    for (const { basis } of all) expect(basis).toMatch(/第\d+条/);
  });
});
