import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capitalYuan, formatYuan } from './money.ts';

describe('money in 分', () => {
  test.each([
    [480_000, '¥4,800.00', '人民币肆仟捌佰元整'],
    [0, '¥0.00', '人民币零元整'],
    [5, '¥0.05', '人民币伍分'],
    [50, '¥0.50', '人民币伍角整'],
    [105, '¥1.05', '人民币壹元零伍分'],
    [150, '¥1.50', '人民币壹元伍角整'],
    [101_000, '¥1,010.00', '人民币壹仟零壹拾元整'],
    [1_000_500, '¥10,005.00', '人民币壹万零伍元整'],
    [10_000_000, '¥100,000.00', '人民币壹拾万元整'],
    [1_680_732, '¥16,807.32', '人民币壹万陆仟捌佰零柒元叁角贰分'],
    [10_000_001_00, '¥10,000,001.00', '人民币壹仟万零壹元整'],
    [100_000_000_00, '¥100,000,000.00', '人民币壹亿元整'],
    [100_050_000_00, '¥100,050,000.00', '人民币壹亿零伍万元整'],
    [3_660_000, '¥36,600.00', '人民币叁万陆仟陆佰元整'],
  ])('%i', (fen, plain, capital) => {
    expect(formatYuan(fen)).toBe(plain);
    expect(capitalYuan(fen)).toBe(capital);
  });

  test('capitals tell every amount apart and never double a zero', () => {
    const values = new Map<string, number>();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (fen) => {
        const words = capitalYuan(fen);
        expect(words).not.toMatch(/零零|零元(?!整)|零$/);
        const other = values.get(words);
        expect(other === undefined || other === fen).toBe(true);
        values.set(words, fen);
      }),
    );
  });
});
