import { describe, expect, it } from 'vitest';
import { CorrectionStatus } from '../../contract/enums.ts';
import { correctionEvents, nextCorrectionStatus } from './lifecycle.ts';
import { refuseSlip } from './slip.ts';

const moves: Record<CorrectionStatus, string[]> = {
  PROPOSED: ['make>MADE', 'refuse>REFUSED', 'withdraw>WITHDRAWN'],
  MADE: [],
  REFUSED: [],
  WITHDRAWN: [],
};

describe('补正', () => {
  it.each(CorrectionStatus.options)('%s', (status) => {
    for (const event of correctionEvents) {
      const to = moves[status].find((move) => move.startsWith(`${event}>`))?.split('>')[1];
      if (to) expect(nextCorrectionStatus(status, event)).toBe(to);
      else
        expect(() => nextCorrectionStatus(status, event)).toThrow(
          expect.objectContaining({ code: 'ILLEGAL_TRANSITION' }),
        );
    }
  });

  const term = '周建波赔偿陈阿根人民币肆仟捌佰元整（¥4,800.00），于2025年3月31日前转入陈阿根名下帐户。';
  const interest = '周建波另按年利率百分之三支付三日内的利息，违约金为本金1.500的两倍。';
  const text = {
    all: ['陈阿根', '明州区云桥镇禾岸村3组12号', '二搂卫生间渗漏', term, interest],
    terms: [term, interest],
    names: ['陈阿根', '周建波'],
  };
  it.each([
    ['a wrong character in the facts', '二搂', '二楼', null],
    ['a house number outside the terms', '3组12号', '3组21号', null],
    ['a wrong character in a term', '帐户', '账户', null],
    ['nothing changed', '二搂', '二搂', 'SAME'],
    ['words that do not stand there', '三楼', '二楼', 'NOT_IN_TEXT'],
    ['an amount', '4,800.00', '4,080.00', 'SUBSTANCE'],
    ['an amount in capitals', '肆仟捌佰元整', '肆仟元整', 'SUBSTANCE'],
    ['a day', '3月31日', '4月30日', 'SUBSTANCE'],
    ['a day through the character before it', '前转入', '1前转入', 'SUBSTANCE'],
    ['a share in words', '百分之三支付', '百分之三十支付', 'SUBSTANCE'],
    ['a multiple', '两倍', '三倍', 'SUBSTANCE'],
    ['the period of the rate', '年利率', '月利率', 'SUBSTANCE'],
    ['the unit of a period', '三日内', '三月内', 'SUBSTANCE'],
    ['a decimal point', '1.500', '1,500', 'SUBSTANCE'],
    ['who pays', '周建波赔偿陈阿根', '陈阿根赔偿周建波', 'SUBSTANCE'],
  ] as const)('%s', (_name, was, corrected, refusal) => {
    expect(refuseSlip(text, { was, corrected })).toBe(refusal);
  });
});
