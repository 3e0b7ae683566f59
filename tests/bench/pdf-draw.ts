import { createRequire } from 'node:module';
import { drawAgreement } from '../../server/src/adapters/pdf/agreement.ts';
import { fonts } from '../../server/src/adapters/pdf/fonts.ts';
import type { AgreementDocument } from '../../server/src/contract/agreement-document.ts';
import { vouchingSentence } from '../../server/src/contract/vouching.ts';
import { ordinal } from '../../server/src/domain/agreement/term-text.ts';
import { sampleAgreement } from '../factories/documents.ts';
import type { Row } from './run.ts';

export { sampleAgreement as sample } from '../factories/documents.ts';

const ROUNDS = 40;
const vouching = { identity: 'DEMO', time: 'INSTALLATION', provider: null } as const;
const require = createRequire(new URL('../../server/package.json', import.meta.url));

/** Time of the agreement's PDF over pdfkit drawing the same text: pre-parsed fonts, same tags and PDF/A settings. */
export async function pdfDraw(): Promise<Row[]> {
  const document = sampleAgreement();
  const ours: number[] = [];
  const plain: number[] = [];
  for (let i = 0; i < ROUNDS + 3; i += 1) {
    const a = await timed(() =>
      drawAgreement(document, { verifyUrl: 'http://127.0.0.1:3000/verify', vouching }),
    );
    const b = await timed(() => drawPlain(document));
    if (i < 3) continue; // warm-up
    ours.push(a);
    plain.push(b);
  }
  const [value, reference] = [median(ours), median(plain)];
  return [
    {
      name: 'pdf.draw',
      kind: 'ratio',
      value,
      unit: 'ms',
      reference,
      ratio: value / reference,
      note: `processor time, median of ${ROUNDS} interleaved; goal ratio ≤ 1.3`,
    },
  ];
}

/** What pdfkit alone takes for the same lines of the same document. */
async function drawPlain(document: AgreementDocument): Promise<void> {
  const PDFDocument = require('pdfkit') as typeof import('pdfkit');
  const { regular, bold } = fonts();
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: 74, bottom: 72, left: 80, right: 80 },
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    tagged: true,
    lang: 'zh-CN',
    font: null,
  } as unknown as PDFKit.PDFDocumentOptions);
  const done = new Promise<void>((resolve) => doc.on('end', () => resolve()));
  doc.on('data', () => undefined);
  doc.registerFont('regular', regular as unknown as PDFKit.Mixins.PDFFontSource);
  doc.registerFont('bold', bold as unknown as PDFKit.Mixins.PDFFontSource);
  const root = doc.struct('Document');
  doc.addStructure(root);
  for (const [text, font, size] of linesOf(document)) {
    root.add(doc.struct('P', {}, () => doc.font(font).fontSize(size).text(text, { lineGap: 8 })));
  }
  root.end();
  doc.end();
  await done;
}

/** Every line that the agreement prints, furniture included. */
function linesOf(d: AgreementDocument): [string, 'regular' | 'bold', number][] {
  const lines: [string, 'regular' | 'bold', number][] = [
    ['人民调解协议书', 'bold', 22],
    [`编号：${d.caseNumber}`, 'regular', 12],
  ];
  for (const p of d.parties) {
    lines.push([`当事人　${p.name}　性别：${p.sex}　民族：${p.ethnicity}　年龄：${p.age}岁`, 'regular', 12]);
    lines.push([`职业或职务：${p.occupation}　联系方式：${p.phone}`, 'regular', 12]);
    lines.push(
      [`公民身份号码：${p.idNumberMasked}`, 'regular', 12],
      [`单位或住址：${p.address}`, 'regular', 12],
    );
  }
  lines.push(
    ['纠纷主要事实、争议事项：', 'bold', 12],
    [d.facts, 'regular', 12],
    ['经调解，自愿达成如下协议：', 'bold', 12],
  );
  for (const term of d.terms) lines.push([`一、${term.text}`, 'regular', 12]);
  lines.push(
    ['履行方式、时限：', 'bold', 12],
    [d.performance, 'regular', 12],
    [`本协议一式${ordinal(d.copies)}份，当事人、人民调解委员会各持一份。`, 'regular', 12],
  );
  for (const s of d.signers)
    lines.push(['当事人（签名盖章或按指印）', 'regular', 10.5], [s.name, 'regular', 8]);
  for (let page = 0; page < 2; page += 1) {
    lines.push(
      ['第1页　共2页', 'regular', 9],
      [vouchingSentence(vouching), 'regular', 7.5],
      ['演示　无法律效力', 'regular', 10],
    );
  }
  return lines;
}

/** Milliseconds of this process's own processor time: what the neighbours of a busy machine take is not ours. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

export const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
