import { describe, expect, it, test } from 'vitest';
import { DisputeType } from '../../contract/enums.ts';
import type { DraftTermShape, Term } from '../../contract/terms.ts';
import { checkDraft, checkTerms, mustBePaper } from './check-draft.ts';
import { builtInClauses } from './wordings/clauses.ts';
import { builtInTemplates } from './wordings/templates.ts';

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
  remedy: '由陈阿根另请他人修复，费用由周建波承担',
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
const rest: DraftTermShape = { id: 't3', kind: 'waiver', text: '其余互不追究。' };

const expenses: Extract<DraftTermShape, { kind: 'costs' }> = {
  id: 'c',
  kind: 'costs',
  what: '鉴定费',
  amountFen: 120_000,
  sharing: 'ONE',
  bearerId: zhou,
  due: null,
};

describe('what stands against freezing', () => {
  const today = '2025-03-10';
  const found = (terms: DraftTermShape[], day = today) =>
    checkTerms(terms, parties, day).map(({ level, code, termId }) => `${level} ${code} ${termId}`);

  test('nothing in C1', () => {
    expect(found([repair, damages, rest])).toEqual([]);
  });

  test('C1 as it was signed has no word on a late repair: that is worth a look', () => {
    expect(found([{ ...repair, remedy: '' }, damages, rest])).toEqual(['warn REMEDY_MISSING t1']);
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
    [
      'interest of its own above four times LPR (民间借贷规定 25)',
      { ...damages, interest: { yearlyBp: 1341, from: '2025-01-01' } },
      ['warn INTEREST_HIGH t2'],
    ],
    ['interest at four times LPR', { ...damages, interest: { yearlyBp: 1240, from: '2025-01-01' } }, []],
    [
      'interest from a day not named',
      { ...damages, interest: { yearlyBp: 300, from: null } },
      ['stop INCOMPLETE t2'],
    ],
    [
      'a blank of the template (民诉法解释 358)',
      { id: 'o', kind: 'other', text: '合同于＿＿年解除' },
      ['stop BLANK_LEFT o'],
    ],
    ['costs that nobody bears', { ...expenses, bearerId: null }, ['stop INCOMPLETE c']],
    ['costs by the bill, each its own', { ...expenses, sharing: 'EACH_OWN', bearerId: null }, []],
    [
      'costs that are a fee for mediating (人民调解法 4)',
      { ...expenses, what: '调解员劳务费' },
      ['stop FEE_FORBIDDEN c'],
    ],
    ['costs due in the past', { ...expenses, due: '2025-03-09' }, ['stop DUE_PAST c']],
    [
      'instalments out of order',
      {
        ...damages,
        amountFen: 480_000,
        instalments: [
          { id: 'i2', due: '2025-04-30', amountFen: 280_000, received: false },
          { id: 'i1', due: '2025-03-31', amountFen: 200_000, received: false },
        ],
      },
      ['warn DATES_UNORDERED t2', 'warn DEFAULT_MISSING null'],
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

describe('a payment to several', () => {
  const fang = '00000000-0000-4000-8000-000000000003';
  const three = [...parties, { id: fang, name: '方慧' }];
  const account = { holder: '陈阿根', bank: '禾岸支行', number: '1' };
  const split: Extract<DraftTermShape, { kind: 'split' }> = {
    id: 's',
    kind: 'split',
    payerId: zhou,
    payees: [
      { partyId: chen, amountFen: 300, account },
      { partyId: fang, amountFen: 100, account: { ...account, holder: '方慧' } },
    ],
    method: 'BANK',
    instalments: [
      {
        id: 'i',
        due: '2025-03-31',
        received: false,
        shares: [
          { partyId: chen, amountFen: 300 },
          { partyId: fang, amountFen: 100 },
        ],
      },
    ],
    purpose: '劳务报酬',
  };
  const found = (change: Partial<typeof split>) =>
    checkTerms([{ ...split, ...change }], three, '2025-03-10').map(
      (f) => `${f.level} ${f.code} ${f.detail ?? ''}`,
    );
  const [first, second] = split.payees;

  test('whole, nothing is found', () => {
    expect(found({})).toEqual([]);
  });
  test('each one’s shares make what each gets; each has an account (民诉法解释 358)', () => {
    expect(found({ payees: [{ ...first, amountFen: 301 } as never, second as never] })).toEqual([
      'stop SUM_DIFFERS 陈阿根各期合计¥3.00，总额¥3.01',
    ]);
    expect(found({ payees: [first as never, { ...second, account: null } as never] })).toEqual([
      'stop ACCOUNT_MISSING 方慧',
    ]);
  });
  test('nobody twice, nobody beside the payees, one payee is a plain payment', () => {
    expect(found({ payees: [first as never, first as never] })).toContain('stop SAME_PERSON ');
    expect(found({ payees: [first as never] })).toEqual(['stop UNKNOWN_PARTY ', 'stop INCOMPLETE ']);
  });
});

describe('hard stops of the text (domain.md section 6)', () => {
  const whole = { facts: '楼上渗漏。', performance: '', terms: [repair, damages, rest] };
  const draft = (text: string) => ({ ...whole, terms: [{ id: 'o', kind: 'other' as const, text }] });
  const codes = (d: Parameters<typeof checkDraft>[0], type: DisputeType = 'NEIGHBOURS') =>
    checkDraft(d, parties, '2025-03-10', type).map((f) => `${f.level} ${f.code}`);

  test('C1 has none', () => {
    expect(codes(whole)).toEqual([]);
    expect(mustBePaper(whole, 'NEIGHBOURS')).toBeNull();
  });

  it.each(['双方自愿离婚', '解除收养关系', '孩子的抚养权归母亲', '陈阿根放弃继承', '双方确认遗嘱有效'])(
    '电子签名法第3条第1项: 「%s」 is signed on paper only, whatever the kind of dispute',
    (text) => {
      expect(codes(draft(text))).toContain('warn PAPER_ONLY');
      expect(mustBePaper(draft(text), 'OTHER')).toMatchObject({
        basis: expect.stringContaining('第3条第1项'),
      });
    },
  );
  it.each(['自5月1日起停止供水', '停止供应燃气', '停水停电'])(
    '电子签名法第3条第2项: 「%s」 is signed on paper only',
    (text) => {
      expect(mustBePaper(draft(text), 'OTHER')).toMatchObject({
        basis: expect.stringContaining('第3条第2项'),
      });
    },
  );
  it.each(['停止漏水', '水费由周建波承担', '供水管道由周建波修复', '赔偿陈阿根遗失的财物'])(
    '电子签名法第3条: 「%s」 is not meant',
    (text) => {
      expect(mustBePaper(draft(text), 'OTHER')).toBeNull();
    },
  );
  test('电子签名法第3条: the case’s kind alone is enough', () => {
    expect(codes(whole, 'FAMILY_STATUS')).toEqual(['warn PAPER_ONLY', 'warn NO_CONFIRMATION']);
    expect(mustBePaper(whole, 'UTILITIES')?.basis).toMatch(/第3条第2项/);
  });

  it.each([
    '该房屋归陈阿根所有',
    '确认登记在周建波名下房屋的所有权',
    '确认商标权归周建波',
    '按破产清算程序受偿',
    '请求宣告失踪',
  ])('民诉法解释第355条: no court confirms 「%s」', (text) => {
    const found = checkDraft(draft(text), parties, '2025-03-10', 'NEIGHBOURS');
    expect(found.find((f) => f.code === 'NO_CONFIRMATION')?.basis).toMatch(/^民诉法解释第355条/);
  });
  it.each<[string, Partial<typeof damages>]>([
    ['amount', { amountFen: 0, instalments: [] }],
    ['payee', { payeeId: null as never }],
    ['date', { instalments: [{ id: 'i', due: '2025-13-01', amountFen: 480_000, received: false }] }],
  ])('民诉法解释第358条: without its %s a payment is never frozen', (_what, change) => {
    const found = checkTerms([{ ...damages, ...change }], parties, '2025-03-10');
    expect(found.some((f) => f.level === 'stop' && f.basis === '民诉法解释第358条')).toBe(true);
  });

  test('人民调解法第4条: no pay for mediating, under performance either', () => {
    expect(codes({ ...whole, performance: '周建波当场交调解服务费200元' })).toEqual(['stop FEE_FORBIDDEN']);
  });
  test('人民调解法第29条: the facts of the dispute are written', () => {
    expect(codes({ ...whole, facts: ' 。' })).toEqual(['stop FACTS_MISSING']);
  });
  test('民间借贷规定第25条: the figure, the cap and where it comes from are said', () => {
    const [high] = checkTerms([{ id: 'o', kind: 'other', text: '月息2分' }], parties, '2025-06-01');
    expect(high).toMatchObject({
      code: 'INTEREST_HIGH',
      detail: '年利率24% > 12%（2025年5月20日公布的一年期LPR 3%的四倍）',
      basis: expect.stringMatching(/第25条$/),
    });
  });
});

describe('the wording that comes with the program', () => {
  it.each(DisputeType.options)(
    '%s: its template is of use, and sound but for what the case must say',
    (type) => {
      const { terms } = builtInTemplates[type];
      expect(new Set(terms.map((t) => t.id)).size).toBe(terms.length);
      const codes = new Set(checkTerms(terms, standInParties, '2025-03-10').map((f) => f.code));
      for (const never of [
        'FEE_FORBIDDEN',
        'INTEREST_HIGH',
        'PAPER_ONLY',
        'NO_CONFIRMATION',
        'SAME_PERSON',
        'UNKNOWN_PARTY',
      ] as const)
        expect([type, codes.has(never)]).toEqual([type, false]);
      expect(codes.has('INCOMPLETE') || codes.has('BLANK_LEFT')).toBe(true);
      if (type === 'WAGES') expect(terms.some((t) => t.kind === 'waiver')).toBe(false);
    },
  );

  test('every clause names its basis, is sound by itself and fits at least two kinds or one on purpose', () => {
    expect(builtInClauses.length).toBeGreaterThan(20);
    expect(new Set(builtInClauses.map((c) => c.id)).size).toBe(builtInClauses.length);
    for (const { id, text, basis } of builtInClauses) {
      const found = checkTerms([{ id, kind: 'other', text }], parties, '2025-03-10').map((f) => f.code);
      expect([id, found]).toEqual([id, []]);
      expect(basis).toMatch(/第[\d、]+.*条/);
    }
  });
});

const standInParties = [
  { id: '00000000-0000-4000-8000-00000000000a', name: '申请人' },
  { id: '00000000-0000-4000-8000-00000000000b', name: '被申请人' },
];
