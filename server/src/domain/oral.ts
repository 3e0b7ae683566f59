import type { DisputeType } from '../contract/enums.ts';
import { paperOnly } from './hard-stops.ts';

/**
 * Why an agreement may not stay oral, or null: everybody agrees to this and nobody asks for writing (人民调解法 28), it was
 * performed at once, and the dispute is not major, complex or difficult (宁波市人民调解条例 24).
 */
export function oralStop(input: {
  everybody: boolean;
  noWritingAsked: boolean;
  performedAtOnce: boolean;
  notMajor: boolean;
  disputeType: DisputeType;
}): { reason: string; basis: string } | null {
  const ningbo = '宁波市人民调解条例第24条';
  if (!input.everybody) return { reason: '不是每一方都同意', basis: '人民调解法第28、30条' };
  if (!input.noWritingAsked) return { reason: '有一方要求制作书面协议', basis: '人民调解法第28条' };
  if (!input.performedAtOnce) return { reason: '没有当场履行', basis: ningbo };
  if (!input.notMajor) return { reason: '属于重大、复杂、疑难纠纷', basis: ningbo };
  const paper = paperOnly(input.disputeType);
  return paper ? { reason: '这类纠纷应当制作书面协议', basis: ningbo } : null;
}
