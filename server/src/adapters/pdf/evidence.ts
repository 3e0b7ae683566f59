import { actWord } from '../../contract/act-words.ts';
import type { EvidenceDocument, EvidenceSigner } from '../../contract/evidence.ts';
import { openSheet, type Sheet } from './kit.ts';

const roles: Record<string, string> = {
  party: '当事人',
  agent: '委托代理人',
  mediator: '人民调解员',
  recorder: '记录人',
  committee: '人民调解委员会',
};
const levels: Record<string, string> = {
  BROWSER_KEY: '签名人浏览器内生成、不可导出的密钥',
  SERVER_KEY: '服务端保管的长期密钥',
};

/**
 * 电子签名证据报告: who signed, how each was verified, on which device and network, what was shown, when by token, all
 * hashes and the audit chain's head. Equal input gives equal bytes.
 */
export async function drawEvidence(document: EvidenceDocument): Promise<Uint8Array> {
  const sheet = openSheet({
    title: `电子签名证据报告 ${document.caseNumber}`,
    date: new Date(document.effectiveAt),
    footer: document.vouching,
    demo: document.demo,
    qr: null,
  });
  const plain = { indent: false };
  sheet.gap(14);
  sheet.title('电子签名证据报告');
  sheet.right(`编号：${document.caseNumber}`);
  sheet.note(
    '本报告由系统按逐步保存的签署记录和审计日志生成，用于帮助说明签署过程；签名是否可靠，由人民法院审查认定（电子签名法第八条、第十三条）。时间均为北京时间。签名、生效、归档的时间取自时间戳；各步骤旁的时间由系统记录，其内容和先后由审计链固定，并由时间戳框定：不早于待签文件认证的时间戳，不晚于链首的时间戳。',
  );
  sheet.gap(8);
  sheet.heading('一、文书');
  for (const line of [
    `人民调解协议书　第${document.versionNumber}版　${document.courtName}　${document.committeeName}`,
    `待签文件认证时间（时间戳）：${document.certifiedAt === null ? '—' : moment(document.certifiedAt)}`,
    `生效时间（最后签名的时间戳）：${moment(document.effectiveAt)}`,
    `归档时间（文档时间戳）：${document.archivedAt === null ? '—' : moment(document.archivedAt)}`,
  ])
    sheet.paragraph(line, plain);
  for (const line of [
    `文本 SHA-256：${document.textSha256}`,
    `待签文件 SHA-256：${document.baseSha256}`,
    `归档文件 SHA-256：${document.documentSha256}`,
  ])
    sheet.note(line);
  sheet.gap(4);
  sheet.paragraph(document.vouching, plain);
  sheet.gap(8);
  sheet.heading('二、签署过程');
  for (const [index, signer] of document.signers.entries()) drawSigner(sheet, signer, index + 1);
  sheet.gap(8);
  sheet.heading('三、审计日志');
  const { events, stamp } = document.audit;
  for (const event of events)
    sheet.note(
      `${event.seq}　${moment(event.at)}　${actWord(event.action, 'zh-CN') ?? event.action}　${event.hash.slice(0, 32)}…`,
    );
  sheet.gap(6);
  sheet.paragraph(
    stamp === null
      ? '链首尚未取得时间戳。'
      : `链首：第${stamp.seq}条　${stamp.hash}；时间戳：${moment(stamp.time)}　${stamp.authority}`,
    plain,
  );
  return sheet.finish();
}

function drawSigner(sheet: Sheet, signer: EvidenceSigner, number: number): void {
  sheet.room(90);
  sheet.paragraph(`${number}. ${roles[signer.role] ?? signer.role}　${signer.name}`, {
    indent: false,
    bold: true,
  });
  if (signer.verification !== '') sheet.note(`身份核验：${signer.verification}`);
  for (const step of signer.steps) {
    const facts = step.facts.length > 0 ? `：${step.facts.join('；')}` : '';
    sheet.note(`${moment(step.at)}　${step.kind}${facts}`);
    if (step.trace !== '') sheet.note(`　　${step.trace}`);
  }
  const certificate =
    signer.certificateSerial === null ? '长期证书' : `一次性证书序列号 ${signer.certificateSerial}`;
  sheet.note(`密钥：${levels[signer.keyLevel ?? ''] ?? '—'}；${certificate}`);
  sheet.note(
    `签名时间（时间戳）：${signer.signedAt === null ? '—' : moment(signer.signedAt)}　${signer.authority}`,
  );
  sheet.gap(8);
}

/** `2026年11月23日 14:30:05` in Shanghai. */
function moment(iso: string): string {
  const local = new Date(new Date(iso).getTime() + 8 * 3_600_000).toISOString();
  const [year, month, day] = local.slice(0, 10).split('-').map(Number);
  return `${year}年${month}月${day}日 ${local.slice(11, 19)}`;
}
