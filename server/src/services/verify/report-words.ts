import type { VerifyAnswer } from '../../contract/verify.ts';

/** The report is a document, so it speaks Chinese like every other one. */
export const verdictWords: Record<VerifyAnswer['verdict'], string> = {
  genuine: '真实，签署后没有改动。',
  incomplete: '真实，但签署还没有完成，尚不发生效力。',
  superseded: '签名本身有效，但同一案件后来另有协议生效，这一份已被取代。',
  voided: '签名本身有效，但这一版后来作废，不能再作为依据。',
  changed: '签署后被改动，不能采信。',
  unknown: '未知：不能证明出自本系统。未知不等于虚假。',
  unreadable: '文件不是可以读取的 PDF。',
};

export const roleWords: Record<string, string> = {
  platform: '平台认证',
  party: '当事人',
  agent: '代理人',
  mediator: '调解员',
  recorder: '记录人',
  committee: '委员会印章',
};

export const checkWords: Record<string, string> = {
  BYTE_RANGE: '覆盖整份文件',
  DIGEST: '内容摘要一致',
  SIGNATURE: '签名有效',
  CERTIFICATE_REFERENCE: '证书绑定',
  CHAIN: '证书链可信',
  BINDING: '人、案、文绑定',
  TEXT: '正文一致',
  TIMESTAMP: '时间戳有效',
  ENCODING: '编码唯一',
  REVOCATION: '证书当时未被吊销',
  REVISION: '签后未改动',
};
