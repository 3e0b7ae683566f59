import { describe, expect, it } from 'vitest';
import { DisputeType } from '../contract/enums.ts';
import { noConfirmation, paperOnly } from './hard-stops.ts';

describe('hard stops by the kind of dispute', () => {
  const stops: Partial<Record<DisputeType, { paper?: RegExp; confirmation?: RegExp }>> = {
    FAMILY_STATUS: { paper: /电子签名法第3条第1项/, confirmation: /民诉法解释第355条/ },
    UTILITIES: { paper: /电子签名法第3条第2项/ },
  };
  it.each(DisputeType.options)('%s', (type) => {
    const { paper, confirmation } = stops[type] ?? {};
    if (paper) expect(paperOnly(type)).toEqual({ code: 'PAPER_ONLY', basis: expect.stringMatching(paper) });
    else expect(paperOnly(type)).toBeNull();
    if (confirmation)
      expect(noConfirmation(type)).toEqual({
        code: 'NO_CONFIRMATION',
        basis: expect.stringMatching(confirmation),
      });
    else expect(noConfirmation(type)).toBeNull();
  });
});
