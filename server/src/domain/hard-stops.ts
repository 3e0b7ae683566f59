import type { DisputeType } from '../contract/enums.ts';

export type HardStop = { code: 'PAPER_ONLY' | 'NO_CONFIRMATION'; basis: string };

/** Documents that may not be signed electronically (电子签名法 3): the way on is paper. */
export function paperOnly(type: DisputeType): HardStop | null {
  if (type === 'FAMILY_STATUS')
    return { code: 'PAPER_ONLY', basis: '电子签名法第3条第1项（婚姻、收养、继承等人身关系）' };
  if (type === 'UTILITIES')
    return { code: 'PAPER_ONLY', basis: '电子签名法第3条第2项（停止供水、供热、供气等公用事业服务）' };
  return null;
}

/** Agreements that no court confirms (民诉法解释 355). */
export function noConfirmation(type: DisputeType): HardStop | null {
  if (type === 'FAMILY_STATUS') return { code: 'NO_CONFIRMATION', basis: '民诉法解释第355条' };
  return null;
}
