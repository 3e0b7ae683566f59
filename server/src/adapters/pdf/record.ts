import type { SessionResult } from '../../contract/enums.ts';
import type {
  FactsContent,
  GivenWord,
  Objection,
  RecordDocument,
  TalksContent,
} from '../../contract/record.ts';
import { confirmationWords } from '../../contract/record-words.ts';
import { formatDay, formatMoment } from '../../domain/dates.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { column, openSheet, page, type Sheet } from './kit.ts';

/** 人民调解记录 or 无争议事实记载表 with each one's word; equal input gives equal bytes. */
export async function drawRecord(document: RecordDocument): Promise<Uint8Array> {
  const { content } = document;
  const title = content.kind === 'TALKS' ? '人民调解记录' : '无争议事实记载表';
  const sheet = openSheet({
    title: `${title} ${content.caseNumber}`,
    date: new Date(document.confirmedAt),
    footer: `全文校验值 SHA-256 ${document.finalSha256}`,
    demo: content.demo,
    qr: null,
  });
  sheet.gap(14);
  sheet.title(title);
  sheet.right(`编号：${content.caseNumber}`);
  if (content.kind === 'TALKS') drawTalks(sheet, content, document);
  else drawFacts(sheet, content, document);
  return sheet.finish();
}

const results: [SessionResult, string][] = [
  ['AGREED', '①调解成功'],
  ['NO_AGREEMENT', '②调解不成'],
  ['TO_CONTINUE', '③有待继续调解'],
];

function drawTalks(sheet: Sheet, content: TalksContent, document: RecordDocument): void {
  const row = (label: string, text: string) =>
    sheet.paragraph(`${label}：${text || '无'}`, { indent: false });
  row('时间', `${formatMoment(new Date(content.startedAt))}至${until(content.startedAt, content.readAt)}`);
  row('地点', content.places.map(({ place, people }) => `${place}：${people.join('、')}`).join('；'));
  row('当事人', content.parties.join('；'));
  row('参加人', [...content.others, ...content.judges.map((name) => `${name}（指导法官）`)].join('、'));
  row('人民调解员', content.mediators.join('、'));
  row('记录人', content.recorder ?? '');
  sheet.gap(4);
  sheet.paragraph(
    content.rights
      ? `人民调解委员会已将人民调解的相关规定告知各方当事人（${formatMoment(new Date(content.rights.at))}由${content.rights.reader}用${content.rights.language}宣读）。`
      : '人民调解委员会已将人民调解的相关规定告知各方当事人。',
  );
  sheet.heading('调解记录：');
  for (const line of content.lines) {
    const at = clock(line.at, content.startedAt);
    const text = line.speaker ? `${line.speaker}：${line.text}` : line.text;
    sheet.paragraph(line.kind === 'SAID' ? `${at}　${text}` : `${at}　〔${text}〕`, { indent: false });
    for (const objection of document.objections.filter((o) => o.line === line.id))
      drawObjection(sheet, objection);
  }
  if (content.gaps.length > 0) {
    sheet.heading('连接中断情况：');
    for (const gap of content.gaps) {
      const to = gap.to ? clock(gap.to, content.startedAt, true) : '宣读时尚未恢复';
      sheet.paragraph(`${gap.names}：${clock(gap.from, content.startedAt, true)}至${to}`, { indent: false });
    }
  }
  sheet.heading('调解结果：');
  sheet.paragraph(
    results.map(([result, text]) => `${text}${result === content.result ? '（√）' : ''}`).join('　　'),
    { indent: false },
  );
  if (content.reason) sheet.paragraph(`说明：${content.reason}`, { indent: false });
  sheet.paragraph(
    `以上笔录由${content.reader}于${formatMoment(new Date(content.readAt))}用${content.language}向在场人员宣读。`,
  );
  drawWords(sheet, document);
}

function drawFacts(sheet: Sheet, content: FactsContent, document: RecordDocument): void {
  const row = (label: string, text: string) => sheet.paragraph(`${label}：${text}`, { indent: false });
  row('案由', content.caseTitle);
  row('当事人及代理人', content.parties.join('；'));
  row('调解组织', content.committeeName);
  row('调解员', content.mediators.join('、'));
  row('调解起止日期', `${formatDay(content.startedOn)}至${formatDay(content.endedOn)}`);
  sheet.gap(4);
  sheet.paragraph(
    '告知：签名确认后，在后续诉讼中对下列事实无需另行举证，但法律另有规定，涉及国家利益、社会公共利益、他人合法权益，或者有相反证据的除外；为妥协而作的让步不在记载之列。',
  );
  sheet.heading('一、各方共同确认的无争议事实');
  const widths = [0.08, 0.44, 0.24, 0.24].map((share) => share * column);
  drawRow(['序号', '事实', '依据材料', '各方确认'], true);
  for (const [i, fact] of content.facts.entries())
    drawRow(
      [String(i + 1), fact.text, fact.support || '—', fact.confirmedBy.map((n) => `${n}√`).join('\n')],
      false,
    );
  sheet.gap(10);
  sheet.heading('二、仍有争议的事项（只列标题）');
  if (content.issues.length === 0) sheet.paragraph('无。');
  for (const [i, issue] of content.issues.entries()) sheet.paragraph(`${i + 1}．${issue}`);
  sheet.paragraph(
    `以上内容由${content.reader}于${formatMoment(new Date(content.readAt))}用${content.language}宣读。`,
  );
  drawWords(sheet, document);

  function drawRow(cells: string[], bold: boolean): void {
    const { doc } = sheet;
    doc.font(bold ? 'bold' : 'regular').fontSize(10.5);
    const height =
      Math.max(...cells.map((cell, i) => doc.heightOfString(cell, { width: (widths[i] ?? 0) - 12 }))) + 14;
    const y = sheet.room(height);
    let x = page.left;
    for (const [i, cell] of cells.entries()) {
      const width = widths[i] ?? 0;
      sheet.box(x, y, width, height);
      sheet.at(cell, x + 6, y + 6, { size: 10.5, width: width - 12, bold });
      x += width;
    }
    sheet.gap(height);
  }
}

function drawObjection(sheet: Sheet, { name, text, at }: Objection): void {
  sheet.paragraph(`　　※ ${name}于${clock(at, at)}提出异议：${text}`, { indent: false, bold: true });
}

const labels: Partial<Record<GivenWord['duty'], string>> = {
  PARTY: '当事人',
  AGENT: '委托代理人',
  INVITED: '参加人',
  POLICE_LIAISON: '参加人',
  MEDIATOR: '人民调解员',
  RECORDER: '记录人',
};

/** One place a person: what they said of the whole, how and when. */
function drawWords(sheet: Sheet, document: RecordDocument): void {
  const { content, words } = document;
  sheet.gap(6);
  // The heading stays with the first of its places.
  sheet.room(96);
  sheet.heading('确认：');
  for (const word of words) {
    const height = word.note ? 60 : 46;
    const y = sheet.room(height);
    sheet.box(page.left, y, column, height - 6);
    sheet.at(labels[word.duty] ?? '参加人', page.left + 8, y + 8, { size: 10.5, width: 90 });
    sheet.at(word.name, page.left + 8, y + 23, { size: 12, bold: true, width: 110 });
    sheet.at(sentence(content.kind, word, document.objections), page.left + 124, y + 8, {
      size: 10.5,
      width: column - 132,
    });
    sheet.at(`${how(word)}　${formatMoment(new Date(word.at))}`, page.left + 124, y + 25, {
      size: 9,
      width: column - 132,
      color: '#555',
    });
    if (word.note)
      sheet.at(`说明：${word.note}`, page.left + 124, y + 39, {
        size: 9,
        width: column - 132,
        color: '#555',
      });
    sheet.gap(height);
  }
  sheet.gap(8);
  sheet.note(
    '本记录在线宣读、逐人确认（参照《人民法院在线调解规则》第二十二条）；确认后内容锁定，任何改动都会使校验值不符。',
  );
  sheet.note(`宣读文本校验值 SHA-256 ${document.contentSha256}`);
  sheet.room(60);
  sheet.gap(10);
  sheet.right(content.committeeName);
  sheet.right(formatDay(shanghaiDay(new Date(document.confirmedAt))));
}

function sentence(
  kind: TalksContent['kind'] | FactsContent['kind'],
  word: GivenWord,
  objections: Objection[],
): string {
  if (word.way === 'REFUSED') return '拒绝确认。';
  if (word.way === 'ABSENT') return '宣读时已离开，未确认。';
  const own = objections.filter((o) => o.name === word.name).length;
  return `“${confirmationWords[kind]}”${own > 0 ? `（异议${own}处已记入）` : ''}`;
}

function how({ way }: GivenWord): string {
  switch (way) {
    case 'OWN_SCREEN':
      return '本人在自己的设备上确认';
    case 'HANDED_OVER':
      return '本人在站点屏幕上确认';
    case 'IN_PERSON':
      return '本人当面确认，由工作人员记入';
    case 'REFUSED':
    case 'ABSENT':
      return '由工作人员记入';
  }
}

/** `14:02`, with the day when it is another one; `seconds` where they matter. */
function clock(iso: string, start: string, seconds = false): string {
  const local = new Date(Date.parse(iso) + 8 * 3_600_000).toISOString();
  const time = local.slice(11, seconds ? 19 : 16);
  const day = shanghaiDay(new Date(iso));
  return day === shanghaiDay(new Date(start)) ? time : `${formatDay(day)} ${time}`;
}

const until = (start: string, end: string): string => clock(end, start);
