import { APPLICATION_FIELD, type Applicant, type ApplicationDocument } from '../../contract/confirmation.ts';
import { type Vouching, vouchingSentence } from '../../contract/vouching.ts';
import { ordinal } from '../../domain/agreement/term-text.ts';
import { formatDay } from '../../domain/dates.ts';
import type { SignatureField } from '../../ports/signing.ts';
import { column, openSheet, page, type Sheet } from './kit.ts';

const CELL = { height: 66, label: 20 };

/** 司法确认申请书 (domain-forms B; 民事诉讼文书样式): both sides applicants, clauses verbatim, one place for each. */
export async function drawApplication(
  document: ApplicationDocument,
  options: { verifyUrl: string; vouching: Vouching },
): Promise<{ pdf: Uint8Array; fields: SignatureField[] }> {
  const sheet = openSheet({
    title: `${document.title} ${document.caseNumber}`,
    date: new Date(`${document.date}T00:00:00+08:00`),
    footer:
      document.medium === 'ELECTRONIC' ? vouchingSentence(options.vouching) : '本申请书以纸质方式签署。',
    demo: document.demo,
    qr: options.verifyUrl,
  });
  drawText(sheet, document);
  const fields = drawEnd(sheet, document);
  return { pdf: await sheet.finish(), fields };
}

function drawText(sheet: Sheet, document: ApplicationDocument): void {
  const plain = { indent: false };
  sheet.gap(14);
  sheet.title(document.title);
  sheet.gap(4);
  for (const applicant of document.parties)
    for (const line of applicantLines(applicant)) sheet.paragraph(line);
  sheet.heading('请求事项：');
  sheet.paragraph(document.request);
  sheet.heading('事实和理由：');
  sheet.paragraph(document.facts);
  for (const [i, clause] of document.clauses.entries()) sheet.paragraph(`${ordinal(i + 1)}、${clause}`);
  sheet.paragraph(`履行方式、时限：${document.performance}`);
  // Nobody signs on a page that bears no text: the pledge goes with the places.
  const closing =
    sheet.heightOf(document.pledge) + 2 * sheet.heightOf('此致') + 12 + heightOfPlaces(document);
  if (closing < page.height - page.top - page.bottom) sheet.room(closing);
  sheet.paragraph(document.pledge);
  sheet.gap(4);
  sheet.paragraph('此致');
  sheet.paragraph(document.courtName, plain);
}

/** 姓名，性别，出生日期，民族，住址，公民身份号码，联系方式; organisations in their own form. */
function applicantLines(one: Applicant): string[] {
  const known = (label: string, value: string | null) => (value ? [`${label}${value}`] : []);
  const line =
    one.kind === 'ORGANISATION'
      ? [
          `申请人：${one.name}`,
          ...known('住所：', one.address),
          ...known('统一社会信用代码：', one.creditCode),
          ...known(
            '法定代表人（负责人）：',
            one.representative &&
              `${one.representative}${one.representativeTitle ? `，${one.representativeTitle}` : ''}`,
          ),
          ...known('联系方式：', one.phone),
        ]
      : [
          `申请人：${one.name}`,
          ...(one.sex ? [one.sex] : []),
          ...(one.birthDate ? [`${formatDay(one.birthDate)}出生`] : []),
          ...(one.ethnicity ? [one.ethnicity] : []),
          ...known('住', one.address),
          ...known('公民身份号码：', one.idNumber),
          ...known('联系方式：', one.phone),
        ];
  return [`${line.join('，')}。`, ...one.agents.map((agent) => `${agent.capacity}：${agent.name}。`)];
}

const rowsOf = (document: ApplicationDocument): number => Math.ceil(document.signers.length / 2);

/** Points from the first place to the date below the last. */
function heightOfPlaces(document: ApplicationDocument): number {
  return rowsOf(document) * (CELL.height + CELL.label) + 30;
}

/** Places two in a row at the right half and left half, the date, then the list of what is attached. */
function drawEnd(sheet: Sheet, document: ApplicationDocument): SignatureField[] {
  const half = column / 2;
  const fields: SignatureField[] = [];
  const rows = rowsOf(document);
  sheet.gap(8);
  const all = heightOfPlaces(document);
  if (all < page.height - page.top - page.bottom) sheet.room(all);
  for (let row = 0; row < rows; row += 1) {
    const top = sheet.room(CELL.height + CELL.label);
    for (const side of [0, 1]) {
      const signer = document.signers[row * 2 + side];
      if (!signer) continue;
      const x = page.left + side * half;
      const width = half - 12;
      sheet.at(labelOf(signer, document), x, top, { size: 10.5, width });
      sheet.box(x, top + CELL.label - 3, width, CELL.height - 8);
      sheet.at(signer.name, x + 6, top + CELL.label + CELL.height - 26, {
        size: 8,
        width: width - 12,
        color: '#777',
      });
      const area = { x: x + 4, top: top + CELL.label, width: width - 8, height: CELL.height - 24 };
      fields.push({
        name: `${APPLICATION_FIELD}${fields.length + 1}`,
        role: signer.role,
        signerName: signer.name,
        personId: signer.personId,
        page: sheet.pageIndex(),
        rect: {
          x: round(area.x),
          y: round(page.height - area.top - area.height),
          width: round(area.width),
          height: round(area.height),
        },
      });
    }
    sheet.gap(CELL.height + CELL.label);
  }
  sheet.right(formatDay(document.date));
  sheet.gap(6);
  for (const [i, name] of document.attachments.entries())
    sheet.paragraph(`${i === 0 ? '附：' : '　　'}${i + 1}．${name}`, { indent: false });
  sheet.gap(4);
  sheet.note(`所附人民调解协议书校验值 SHA-256 ${document.agreementSha256}`);
  return document.medium === 'ELECTRONIC' ? fields : [];
}

function labelOf(signer: ApplicationDocument['signers'][number], document: ApplicationDocument): string {
  const party = document.parties.find((p) => p.id === signer.partyId)?.name ?? '';
  if (signer.role === 'party') return '申请人（签名或者盖章）';
  return `申请人${party}的${signer.capacity ? '法定代理人' : '委托诉讼代理人'}（签名）`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
