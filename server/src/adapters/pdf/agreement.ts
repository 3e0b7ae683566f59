import type { AgreementDocument, DocumentParty } from '../../contract/agreement-document.ts';
import { type Vouching, vouchingSentence } from '../../contract/vouching.ts';
import { ordinal } from '../../domain/agreement/term-text.ts';
import { formatDay } from '../../domain/dates.ts';
import type { SignatureField } from '../../ports/signing.ts';
import { column, openSheet, page, type Sheet } from './kit.ts';

const CELL = { height: 66, label: 20 };
const SEAL = 122;

/** 人民调解协议书 in the official form (domain-forms B), one place per signer, with the fields for signing. */
export async function drawAgreement(
  document: AgreementDocument,
  options: { verifyUrl: string; vouching: Vouching },
): Promise<{ pdf: Uint8Array; fields: SignatureField[] }> {
  const sheet = openAgreement(
    document,
    document.medium === 'ELECTRONIC' ? vouchingSentence(options.vouching) : '本协议以纸质方式签署。',
    options.verifyUrl,
  );
  drawText(sheet, document);
  const fields = drawPlaces(sheet, document);
  return { pdf: await sheet.finish(), fields };
}

/** The same text for signing by hand: the places stay empty and no field exists. */
export async function drawPaperAgreement(
  document: AgreementDocument,
  options: { verifyUrl: string },
): Promise<Uint8Array> {
  const vouching = { identity: 'PAPER', time: 'INSTALLATION', provider: null } as const;
  return (await drawAgreement({ ...document, medium: 'PAPER' }, { ...options, vouching })).pdf;
}

function openAgreement(document: AgreementDocument, footer: string, qr: string): Sheet {
  const date = new Date(`${document.date}T00:00:00+08:00`);
  return openSheet({ title: `人民调解协议书 ${document.caseNumber}`, date, footer, demo: document.demo, qr });
}

function drawText(sheet: Sheet, document: AgreementDocument): void {
  sheet.gap(14);
  sheet.title('人民调解协议书');
  sheet.right(`编号：${document.caseNumber}`);
  sheet.gap(6);
  for (const party of document.parties) {
    for (const line of partyLines(party)) sheet.paragraph(line, { indent: false });
    sheet.gap(4);
  }
  sheet.heading('纠纷主要事实、争议事项：');
  sheet.paragraph(document.facts);
  if (document.disputed.trim() !== '') sheet.paragraph(document.disputed);
  sheet.heading('经调解，自愿达成如下协议：');
  for (const [i, term] of document.terms.entries()) sheet.paragraph(`${ordinal(i + 1)}、${term.text}`);
  const copies = `本协议一式${ordinal(document.copies)}份，当事人、人民调解委员会各持一份。`;
  // Nobody signs on a page that bears no text: the last paragraphs go with the places.
  const closing = [document.performance, copies, '履行'].map((text) => sheet.heightOf(text));
  const height = closing.reduce((sum, one) => sum + one, 8) + heightOfPlaces(document);
  if (height < page.height - page.top - page.bottom) sheet.room(height);
  sheet.heading('履行方式、时限：');
  sheet.paragraph(document.performance);
  sheet.paragraph(copies);
}

function partyLines(party: DocumentParty): string[] {
  if (party.kind === 'ORGANISATION') {
    return [
      `当事人　${party.name}　统一社会信用代码：${party.creditCode ?? '—'}`,
      `法定代表人（负责人）：${party.representative ?? '—'}　联系方式：${party.phone ?? '—'}`,
      `住所：${party.address ?? '—'}`,
      ...agentLines(party),
    ];
  }
  const who = [
    `当事人　${party.name}`,
    `性别：${party.sex ?? '—'}`,
    `民族：${party.ethnicity ?? '—'}`,
    `年龄：${party.age === null ? '—' : `${party.age}岁`}`,
  ].join('　');
  return [
    who,
    `职业或职务：${party.occupation ?? '—'}　联系方式：${party.phone ?? '—'}`,
    `公民身份号码：${party.idNumberMasked ?? '—'}`,
    `单位或住址：${party.address ?? '—'}`,
    ...(party.guardian ? [`监护人：${party.guardian}`] : []),
    ...agentLines(party),
  ];
}

const agentLines = (party: DocumentParty): string[] =>
  party.agents.map((agent) => `委托代理人：${agent.name}　权限：${agent.authority}`);

const roleLabel = {
  party: '当事人（签名盖章或按指印）',
  agent: '当事人委托代理人（签名）',
  mediator: '人民调解员（签名）',
  recorder: '记录人（签名）',
  committee: '',
};

const guardianLabel = '当事人法定代理人（签名）';

type Signer = AgreementDocument['signers'][number];

/** Somebody who cannot write gives a thumbprint before a witness: the place says so, by name. */
function labelOf(signer: Signer): string {
  if (signer.thumbprint) return `${signer.role === 'party' ? '当事人' : '代理人'}（按指印）`;
  return signer.capacity ? guardianLabel : roleLabel[signer.role];
}

function nameOf({ name, thumbprint, representative }: Signer): string {
  if (thumbprint) return `${name}　见证人：${thumbprint.witness}`;
  return representative ? `${name}　法定代表人（负责人）：${representative}` : name;
}

const isParty = ({ role }: Signer): boolean => role === 'party' || role === 'agent';
const isStaff = ({ role }: Signer): boolean => role === 'mediator' || role === 'recorder';
const rowsOf = ({ signers }: AgreementDocument): number =>
  Math.max(signers.filter(isParty).length, signers.filter(isStaff).length);
/** Points of the whole grid with the seal below. */
const heightOfPlaces = (document: AgreementDocument): number =>
  rowsOf(document) * (CELL.height + CELL.label) + SEAL + 20;

/** The signature grid: parties at the left, mediator and recorder at the right, the seal and date below. */
function drawPlaces(sheet: Sheet, document: AgreementDocument): SignatureField[] {
  const half = column / 2;
  const left = document.signers.filter(isParty);
  const right = document.signers.filter(isStaff);
  const fields: SignatureField[] = [];
  const rows = rowsOf(document);
  sheet.gap(8);
  // The whole grid with the seal stays together where a page can hold it.
  const all = heightOfPlaces(document);
  if (all < page.height - page.top - page.bottom) sheet.room(all);
  for (let i = 0; i < rows; i += 1) {
    const top = sheet.room(CELL.height + CELL.label);
    for (const [side, signer] of [
      [0, left[i]],
      [1, right[i]],
    ] as const) {
      if (!signer) continue;
      const x = page.left + side * half;
      const width = half - 12;
      const label = labelOf(signer);
      sheet.at(label, x, top, { size: 10.5, width });
      sheet.box(x, top + CELL.label - 3, width, CELL.height - 8);
      sheet.at(nameOf(signer), x + 6, top + CELL.label + CELL.height - 26, {
        size: 8,
        width: width - 12,
        color: '#777',
      });
      fields.push(
        fieldOf(signer, fields.length, sheet.pageIndex(), {
          x: x + 4,
          top: top + CELL.label,
          width: width - 8,
          height: CELL.height - 24,
        }),
      );
    }
    sheet.gap(CELL.height + CELL.label);
  }
  const top = sheet.room(SEAL + 8);
  const committee = document.signers.find((s) => s.role === 'committee');
  const x = page.left + half;
  sheet.at('（人民调解委员会印章）', x, top + 6, { size: 10.5, width: half - 12, align: 'center' });
  sheet.at(document.committeeName, x, top + SEAL / 2 - 4, { width: half - 12, align: 'center' });
  sheet.at(formatDay(document.date), x, top + SEAL / 2 + 20, { width: half - 12, align: 'center' });
  if (committee) {
    const area = { x: x + (half - 12 - SEAL) / 2, top, width: SEAL, height: SEAL };
    fields.push(fieldOf(committee, fields.length, sheet.pageIndex(), area));
  }
  sheet.gap(SEAL);
  return document.medium === 'ELECTRONIC' ? inOrder(fields) : [];
}

function fieldOf(
  signer: AgreementDocument['signers'][number],
  number: number,
  pageIndex: number,
  area: { x: number; top: number; width: number; height: number },
): SignatureField {
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    name: `${signer.role}${number + 1}`,
    role: signer.role,
    signerName: signer.name,
    personId: signer.personId,
    page: pageIndex,
    rect: {
      x: round(area.x),
      y: round(page.height - area.top - area.height),
      width: round(area.width),
      height: round(area.height),
    },
  };
}

/** In the order of signing: parties and agents, mediator, recorder, committee; numbered by it. */
function inOrder(fields: SignatureField[]): SignatureField[] {
  const rank = { party: 0, agent: 0, mediator: 1, recorder: 2, committee: 3 };
  return [...fields]
    .sort((a, b) => rank[a.role] - rank[b.role])
    .map((field, i) => ({ ...field, name: `${field.role}${i + 1}` }));
}
