import { describe, expect, it, test } from 'vitest';
import { shareOut } from '../../contract/share-out.ts';
import { type DraftTermShape, emptyTerm, type Term, termKinds } from '../../contract/terms.ts';
import { BLANK, ordinal, termInShort, termText } from './term-text.ts';

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

  test('C3: three payees, two instalments in the same proportion, one late and all is due', () => {
    const [company, luo, feng, jiang] = ['c', 'l', 'f', 'j'];
    const people = [
      { id: company, name: '云桥拓新装饰工程有限公司' },
      { id: luo, name: '罗大军' },
      { id: feng, name: '冯小平' },
      { id: jiang, name: '蒋玉兰' },
    ] as { id: string; name: string }[];
    const totals = [1_200_000, 1_380_000, 1_080_000];
    const shares = shareOut(1_830_000, totals);
    expect(shares).toEqual([600_000, 690_000, 540_000]);
    const ids = [luo, feng, jiang] as string[];
    const part = (id: string, due: string) => ({
      id,
      due,
      received: false,
      shares: ids.map((partyId, i) => ({ partyId, amountFen: shares[i] ?? 0 })),
    });
    const wages: DraftTermShape = {
      id: 's',
      kind: 'split',
      payerId: company as string,
      payees: ids.map((partyId, i) => ({ partyId, amountFen: totals[i] ?? 0, account: null })),
      method: 'CASH',
      instalments: [part('i1', '2025-06-30'), part('i2', '2025-07-31')],
      purpose: '劳务报酬',
    };
    expect(termText(wages, people)).toBe(
      '云桥拓新装饰工程有限公司向罗大军、冯小平、蒋玉兰支付劳务报酬合计人民币叁万陆仟陆佰元整（¥36,600.00），其中罗大军¥12,000.00、冯小平¥13,800.00、蒋玉兰¥10,800.00：于2025年6月30日前付¥18,300.00（罗大军¥6,000.00、冯小平¥6,900.00、蒋玉兰¥5,400.00）；于2025年7月31日前付¥18,300.00（罗大军¥6,000.00、冯小平¥6,900.00、蒋玉兰¥5,400.00）。付款方式：现金。',
    );
    expect(termInShort(wages as Term, people, feng as string)).toBe(
      '云桥拓新装饰工程有限公司付给您 ¥13,800.00（人民币壹万叁仟捌佰元整）：2025年6月30日前 ¥6,900.00，2025年7月31日前 ¥6,900.00',
    );
  });

  test('C2, as it was offered and not agreed: the rest of a loan with interest of 12 % a year', () => {
    const loan: Term = {
      ...damages,
      amountFen: 6_500_000,
      method: 'OTHER',
      account: null,
      purpose: '归还陈阿根借款本金',
      interest: { yearlyBp: 1200, from: '2023-06-15' },
      instalments: [{ id: 'i', due: '2025-12-31', amountFen: 6_500_000, received: false }],
    };
    expect(termText(loan, parties)).toBe(
      '周建波归还陈阿根借款本金人民币陆万伍仟元整（¥65,000.00）：于2025年12月31日前付清。自2023年6月15日起至款项付清之日止，以未付款项为基数，按年利率12%计付利息。付款方式：双方约定的方式。',
    );
  });

  it.each<[string, Partial<Extract<Term, { kind: 'costs' }>>, string]>([
    [
      'one bears them',
      { amountFen: 120_000, due: '2025-03-31' },
      '鉴定费人民币壹仟贰佰元整（¥1,200.00）由周建波承担，于2025年3月31日前付清。',
    ],
    ['shared, by the bill', { sharing: 'EQUAL' }, '鉴定费（以实际发生的票据金额为准）由各方平均分担。'],
    ['each its own', { sharing: 'EACH_OWN' }, '各方已支出的鉴定费由各自承担。'],
  ])('costs: %s', (_name, change, text) => {
    const costs: Term = {
      id: 'c',
      kind: 'costs',
      what: '鉴定费；',
      amountFen: 0,
      sharing: 'ONE',
      bearerId: zhou,
      due: null,
      ...change,
    };
    expect(termText(costs, parties)).toBe(text);
  });

  it.each(termKinds)('%s, not written yet: every missing word is a blank, nothing breaks', (kind) => {
    const text = termText(emptyTerm(kind, 'x'), parties);
    if (kind !== 'default') expect(text).toContain(BLANK);
    expect(text).not.toMatch(/undefined|null|NaN/);
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
