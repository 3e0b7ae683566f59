import type { FormBlock, FormContent } from '../../contract/forms.ts';
import type { VerifyAnswer } from '../../contract/verify.ts';
import { vouchingSentence } from '../../contract/vouching.ts';
import { formatMoment } from '../../domain/dates.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import type { Deps } from '../context.ts';
import { checkWords, roleWords, verdictWords } from './report-words.ts';
import { verifyFile } from './verify-file.ts';

/**
 * 核验报告 for anybody: what the public page says of this file, as a PDF to keep beside it. It names the file by its
 * SHA-256 and shows nothing that the file does not; neither is kept.
 */
export async function reportFile(deps: Deps, bytes: Uint8Array): Promise<Uint8Array> {
  const answer = await verifyFile(deps, bytes);
  const now = deps.clock.now();
  const content: FormContent = {
    title: '电子签名核验报告',
    number: '',
    blocks: blocksOf(answer, now),
    footer: '本报告只说明核验时的结果，不替代原文件；请连同原文件一并保存。',
    date: shanghaiDay(now),
    demo: answer.demo || deps.settings.demo,
    qr: `${deps.settings.publicUrl}/verify`,
  };
  return deps.documents.drawForm(content);
}

function blocksOf(answer: VerifyAnswer, now: Date): FormBlock[] {
  const { verdict, caseNumber, courtName, effectiveAt, vouching, missing } = answer;
  const facts: string[][] = [
    ['核验时间', formatMoment(now)],
    ['文件摘要（SHA-256）', answer.sha256],
    ...(caseNumber === null ? [] : [['编号', caseNumber]]),
    ...(courtName === null ? [] : [['法院', courtName]]),
    ...(effectiveAt === null ? [] : [['最后一次签署（时间戳）', formatMoment(new Date(effectiveAt))]]),
  ];
  return [
    { kind: 'heading', text: '结论' },
    { kind: 'paragraph', text: verdictWords[verdict] },
    ...(answer.demo ? [{ kind: 'paragraph', text: '这是演示文件，没有法律效力。' } as const] : []),
    ...(missing.length > 0 && verdict === 'incomplete'
      ? [{ kind: 'paragraph', text: `还缺：${missing.map(({ name }) => name).join('、')}。` } as const]
      : []),
    { kind: 'table', widths: [0.3, 0.7], rows: facts },
    ...signatureBlocks(answer),
    ...(vouching === null ? [] : [{ kind: 'note', text: vouchingSentence(vouching) } as const]),
    {
      kind: 'note',
      text: '核验方法：逐次修订重写并逐字节比对；每个签名检查覆盖范围、摘要、签名、证书绑定、证书链、人案文绑定、正文、时间戳、编码、吊销状态和签后改动。任何人可用 pyHanko、EU DSS 等独立工具复核。',
    },
  ];
}

function signatureBlocks({ signatures, stamps }: VerifyAnswer): FormBlock[] {
  if (signatures.length === 0) return [];
  const time = (iso: string | null) => (iso === null ? '没有可信时间' : formatMoment(new Date(iso)));
  const failed = (checks: { code: string; ok: boolean }[]) =>
    checks.flatMap(({ code, ok }) => (ok ? [] : [checkWords[code] ?? code])).join('、');
  const result = (one: { ok: boolean; checks: { code: string; ok: boolean }[] }) =>
    one.ok ? '成立' : `不成立：${failed(one.checks)}`;
  return [
    { kind: 'heading', text: '签名、印章和时间戳' },
    {
      kind: 'table',
      header: true,
      widths: [0.17, 0.31, 0.32, 0.2],
      rows: [
        ['身份', '姓名或名称', '时间（时间戳）', '核验'],
        ...signatures.map((one) => [roleWords[one.role] ?? one.role, one.name, time(one.time), result(one)]),
        ...stamps.map((one) => ['文档时间戳', '', time(one.time), result(one)]),
      ],
    },
  ];
}
