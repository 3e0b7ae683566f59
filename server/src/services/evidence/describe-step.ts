import * as z from 'zod';
import { StepTrace } from '../../contract/ceremony-steps.ts';
import type { CeremonyStepKind } from '../../contract/enums.ts';

/** How the report names each step. */
export const stepName: Record<CeremonyStepKind, string> = {
  OPENED: '打开协议',
  READ: '阅读全文',
  QUESTIONS: '回答自愿三问',
  PRIVATE_CHECK: '单独核实',
  INK: '手写签名',
  THUMBPRINT: '按指印',
  WITNESS: '见证人签名',
  ORG_SEAL: '核对单位印章',
  CODE: '当场验证',
  PHOTO: '拍摄照片',
  CERTIFICATE: '签发一次性证书',
  SIGNED: '完成签名',
  DECLINED: '拒绝签名',
};

const words: Record<string, string> = {
  how: '方式',
  language: '语言',
  reader: '宣读人',
  seconds: '停留秒数',
  understood: '都明白',
  free: '自愿',
  unpressed: '无人胁迫',
  way: '途径',
  points: '笔迹点数',
  strokes: '笔画数',
  by: '方式',
  maskedPhone: '手机',
  taken: '已拍摄',
  result: '结果',
  textSha256: '所显示文本 SHA-256',
  baseSha256: '待签文件 SHA-256',
  inkSha256: '笔迹 SHA-256',
  imageSha256: '图像 SHA-256',
  boundTo: '绑定文件 SHA-256',
  documentSha256: '签后文件 SHA-256',
  serial: '证书序列号',
  tokenTime: '时间戳',
  stage: '所在步骤',
};
const values: Record<string, string> = {
  SCROLLED: '本人滚动至末尾',
  READ_ALOUD_BY_BROWSER: '设备朗读',
  READ_ALOUD_BY_PERSON: '他人宣读',
  SMS: '短信验证码',
  STATION: '站点当面交接屏幕',
  SELF: '本人',
  MEDIATOR: '调解员当面询问',
  SCREEN: '屏幕',
  true: '是',
  false: '否',
};

/** A row's facts in words: only named ones with a plain value, in a fixed order. */
export function describeStep(_kind: CeremonyStepKind, data: unknown): string[] {
  const facts = z.record(z.string(), z.unknown()).safeParse(data);
  if (!facts.success) return [];
  return Object.entries(words).flatMap(([key, word]) => {
    const value = facts.data[key];
    if (value === undefined || value === null || typeof value === 'object') return [];
    return [`${word} ${values[String(value)] ?? String(value)}`];
  });
}

const checks: Record<string, string> = {
  DOCUMENT_IN_PERSON: '当面核对证件',
  DOCUMENT_BY_VIDEO: '视频核对证件',
  E_ID: '电子身份凭证',
  HOUSEHOLD_REGISTER: '户口簿',
  ATTESTED_BY_SECOND_PERSON: '第二人确认人证一致',
  WITNESSED: '见证人在场',
  SMS_CODE: '签署当时短信验证码',
  AT_STATION: '站点当面交接',
  STAFF_SECOND_FACTOR: '工作人员双因素登录',
};
/** A certificate's way of verification in words; a part without a word stays as it is. */
export const describeVerification = (code: string): string =>
  code
    .split('+')
    .map((part) => checks[part] ?? part)
    .join('，');

const ways: Record<StepTrace['via'], string> = {
  LINK: '本人手机链接',
  HAND_OVER: '站点屏幕交接',
  STAFF: '工作人员登录',
  SYSTEM: '系统',
};
const networks: Record<StepTrace['network'], string> = {
  LOOPBACK: '本机',
  PRIVATE: '内部网络',
  PUBLIC: '公共网络',
  UNKNOWN: '未知网络',
};

/** Device and network of a step; '' where the row has none. */
export function traceOf(data: unknown): string {
  const found = z.object({ trace: StepTrace }).safeParse(data);
  if (!found.success) return '';
  const { via, device, userAgent, network, networkPrefix } = found.data.trace;
  const browser = userAgent === '' ? '' : `　浏览器 ${userAgent.slice(0, 120)}`;
  return `设备：${ways[via]}${device ? `（${device.name}）` : ''}　${networks[network]} ${networkPrefix}${browser}`;
}
