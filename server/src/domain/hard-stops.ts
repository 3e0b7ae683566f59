import type { DisputeType } from '../contract/enums.ts';

export type HardStop = { code: 'PAPER_ONLY' | 'NO_CONFIRMATION'; basis: string };

const status = '电子签名法第3条第1项（婚姻、收养、继承等人身关系）';
const utilities = '电子签名法第3条第2项（停止供水、供热、供气等公用事业服务）';
const notConfirmed = '民诉法解释第355条';

/** Documents that may not be signed electronically (电子签名法 3): the way on is paper. */
export function paperOnly(type: DisputeType): HardStop | null {
  if (type === 'FAMILY_STATUS') return { code: 'PAPER_ONLY', basis: status };
  if (type === 'UTILITIES') return { code: 'PAPER_ONLY', basis: utilities };
  return null;
}

/** Agreements that no court confirms (民诉法解释 355). */
export function noConfirmation(type: DisputeType): HardStop | null {
  if (type === 'FAMILY_STATUS') return { code: 'NO_CONFIRMATION', basis: notConfirmed };
  return null;
}

type Found = HardStop & { word: string };

const ofStatus =
  /离婚|结婚|解除婚姻|婚姻关系|同居关系解除|(?:解除|建立|确认|成立)收养|收养关系|抚养权|监护权|(?:变更|指定|确定)监护人|亲子关系|遗嘱|遗产|继承权|(?:放弃|分割|法定)继承/;
const ofUtilities =
  /(?:停止|中止|中断|切断|暂停)供(?:应)?(?:水|热|气|电|暖|燃气)|(?:停|断)(?:水|电|气|暖)(?:停|断)(?:水|电|气|暖)/;

/** Whether the words of the terms make a document that may not be signed electronically, whatever the case's kind. */
export function paperOnlyText(text: string): Found | null {
  const personal = ofStatus.exec(text)?.[0];
  if (personal) return { code: 'PAPER_ONLY', basis: status, word: personal };
  const service = ofUtilities.exec(text)?.[0];
  return service ? { code: 'PAPER_ONLY', basis: utilities, word: service } : null;
}
