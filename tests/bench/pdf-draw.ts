import { createRequire } from 'node:module';
import { drawAgreement } from '../../server/src/adapters/pdf/agreement.ts';
import { fonts } from '../../server/src/adapters/pdf/fonts.ts';
import type { AgreementDocument } from '../../server/src/contract/agreement-document.ts';
import { Term } from '../../server/src/contract/terms.ts';
import { vouchingSentence } from '../../server/src/contract/vouching.ts';
import { termText } from '../../server/src/domain/agreement/term-text.ts';
import { c1Terms } from '../factories/draft.ts';
import type { Row } from './run.ts';

const ROUNDS = 25;
const vouching = { identity: 'DEMO', time: 'INSTALLATION', provider: null } as const;
const require = createRequire(new URL('../../server/package.json', import.meta.url));

/** Time of the agreement's PDF over pdfkit drawing the same text: pre-parsed fonts, same tags and PDF/A settings. */
export async function pdfDraw(): Promise<Row[]> {
  const document = sample();
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
      note: `median of ${ROUNDS} interleaved; goal ratio ≤ 1.3`,
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
    [`本协议一式${d.copies}份，当事人、人民调解委员会各持一份。`, 'regular', 12],
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

export function sample(): AgreementDocument {
  const [chen, zhou] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
  const party = (id: string, name: string, age: number) => ({
    id,
    kind: 'PERSON' as const,
    name,
    sex: '男',
    ethnicity: '汉族',
    age,
    occupation: '农民',
    phone: '139****2222',
    address: '明州区云桥镇禾岸村3组',
    idNumberMasked: '330299********0017',
    creditCode: null,
    representative: null,
    guardian: null,
    agents: [],
  });
  const parties = [party(chen, '陈阿根', 67), party(zhou, '周建波', 42)];
  const signer = (role: 'party' | 'mediator' | 'recorder' | 'committee', name: string, personId: string) => ({
    role,
    name,
    personId,
    partyId: role === 'party' ? personId : null,
  });
  return {
    format: 1,
    title: '人民调解协议书',
    demo: true,
    courtName: '明州区人民法院云桥法庭',
    committeeName: '禾岸村人民调解委员会',
    stationName: '禾岸村共享法庭',
    caseNumber: '（2025）禾岸人调字第12号',
    versionId: chen,
    versionNumber: 1,
    parties,
    facts: '周建波二楼卫生间渗漏，致陈阿根一楼厨房顶面和墙面受损，双方对漏水原因和损失金额有争议。',
    disputed: '',
    terms: c1Terms(chen, zhou).map((shape) => {
      const block = Term.parse(shape);
      return { text: termText(block, parties), block };
    }),
    performance: '按上述各项约定的方式和时限履行。',
    copies: 3,
    date: '2025-03-10',
    basis: '人民调解法第28、29、31条',
    medium: 'ELECTRONIC',
    signers: [
      signer('party', '陈阿根', chen),
      signer('party', '周建波', zhou),
      signer('mediator', '赵素琴', chen),
      signer('recorder', '方慧', zhou),
      signer('committee', '禾岸村人民调解委员会', chen),
    ],
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
