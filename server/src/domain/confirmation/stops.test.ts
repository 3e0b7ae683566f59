import { describe, expect, it, test } from 'vitest';
import type { Term } from '../../contract/terms.ts';
import { confirmationStops } from './stops.ts';

const other = (text: string) => ({ text, block: { id: 't', kind: 'other', text } satisfies Term });
const payment = (due: string | null, received: boolean) => ({
  text: '付款',
  block: {
    id: 'p',
    kind: 'payment',
    payerId: '01900000-0000-7000-8000-000000000001',
    payeeId: '01900000-0000-7000-8000-000000000002',
    amountFen: 480_000,
    method: 'CASH',
    account: null,
    instalments: [{ id: 'i', due, amountFen: 480_000, received }],
    purpose: '赔偿',
  } satisfies Term,
});

describe('no judicial confirmation (民诉法解释 355, 358)', () => {
  it.each([
    ['双方确认解除收养关系', '第3项'],
    ['双方自愿离婚', '第3项'],
    ['乙方进入破产清算程序后再行协商', '第4项'],
    ['位于云桥镇3号的房屋归陈阿根所有', '第5项'],
    ['“同席”商标权归甲方', '第5项'],
    ['确认甲方享有该土地使用权', '第5项'],
  ])('%s: %s', (text, item) => {
    expect(confirmationStops('OTHER', [other(text)])).toEqual([
      { basis: expect.stringContaining(item), term: 1, words: expect.any(String) },
    ]);
  });

  test('identity disputes as a whole', () => {
    expect(confirmationStops('FAMILY_STATUS', [])[0]?.basis).toContain('第355条第1款第3项');
  });

  test('a payment without a date is not certain (358)', () => {
    expect(confirmationStops('LOAN', [payment(null, false)])[0]).toMatchObject({
      basis: expect.stringContaining('第358条'),
      words: '缺少付款日期',
    });
    expect(confirmationStops('LOAN', [payment(null, true), payment('2025-03-31', false)])).toEqual([]);
  });

  it.each(['押金1000元归房东所有', '其余互不追究', '周建波修复二楼卫生间防水', '不再主张使用通道'])(
    'an ordinary clause is none: %s',
    (text) => expect(confirmationStops('NEIGHBOURS', [other(text)])).toEqual([]),
  );
});
