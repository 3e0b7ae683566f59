import { formatDay } from '../../domain/dates.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import type { NoticeInput, ServiceReceiptInput } from '../../ports/documents.ts';
import { column, openSheet, page, type Sheet } from './kit.ts';

/** Rights and duties (人民调解法 23–24), read out before a session opens. */
const rights = [
  '选择或者接受人民调解员；',
  '接受调解、拒绝调解或者要求终止调解；',
  '要求调解公开进行或者不公开进行；',
  '自主表达意愿、自愿达成调解协议。',
];
const duties = ['如实陈述纠纷事实；', '遵守调解现场秩序，尊重人民调解员；', '尊重对方当事人行使权利。'];

/** 权利义务告知书 */
export async function drawNotice(input: NoticeInput): Promise<Uint8Array> {
  const sheet = openSheet({
    title: `权利义务告知书 ${input.caseNumber}`,
    date: input.date,
    footer: input.committeeName,
    demo: input.demo,
    qr: null,
  });
  sheet.title('人民调解权利义务告知书');
  sheet.right(`编号：${input.caseNumber}`);
  sheet.paragraph(`${input.parties.join('、')}：`, { indent: false });
  sheet.paragraph(
    '人民调解委员会调解民间纠纷，不收取任何费用（人民调解法第四条）。根据《中华人民共和国人民调解法》第二十三条、第二十四条，现将您在调解中的权利和义务告知如下：',
  );
  sheet.heading('一、您享有下列权利：');
  for (const [i, text] of rights.entries()) sheet.paragraph(`（${'一二三四'[i]}）${text}`);
  sheet.heading('二、您履行下列义务：');
  for (const [i, text] of duties.entries()) sheet.paragraph(`（${'一二三'[i]}）${text}`);
  sheet.heading('三、关于虚假调解：');
  sheet.paragraph(
    '当事人之间恶意串通，企图通过调解侵害他人合法权益或者逃避履行义务的，人民法院不予确认；构成犯罪的，依法追究刑事责任。',
  );
  sheet.heading('四、关于调解协议：');
  sheet.paragraph(
    '经人民调解委员会调解达成的调解协议，具有法律约束力，当事人应当按照约定履行。双方可以自协议生效之日起三十日内共同向人民法院申请司法确认；未经司法确认，不能直接申请强制执行。',
  );
  drawNoticePlaces(sheet, input);
  return sheet.finish();
}

const PLACE = 37;

/** Two places in a row; they, the committee's name and the day stay together on one page where a page can hold them. */
function drawNoticePlaces(sheet: Sheet, input: NoticeInput): void {
  const half = column / 2;
  const rows = Math.ceil(input.parties.length / 2);
  const all = 6 + 3 * 25.3 + rows * PLACE;
  if (all < page.height - page.top - page.bottom) sheet.room(all);
  sheet.gap(6);
  sheet.paragraph('已知悉上述内容。被告知人（签名或按指印）：', { indent: false });
  for (let row = 0; row < rows; row += 1) {
    const y = sheet.room(PLACE);
    for (const [side, party] of input.parties.slice(row * 2, row * 2 + 2).entries()) {
      const x = page.left + side * half;
      sheet.at(party, x, y + 12, { size: 10.5, width: half * 0.42 });
      sheet.line(x + half * 0.44, y + 28, x + half - 14, y + 28);
    }
    sheet.gap(PLACE);
  }
  sheet.right(input.committeeName);
  sheet.right(formatDay(shanghaiDay(input.date)));
}

/** 文书签收单: the committee's own receipt, never the court's 送达回证. */
export async function drawServiceReceipt(input: ServiceReceiptInput): Promise<Uint8Array> {
  const sheet = openSheet({
    title: `文书签收单 ${input.caseNumber}`,
    date: input.date,
    footer: input.committeeName,
    demo: input.demo,
    qr: input.verifyUrl,
  });
  sheet.gap(14);
  sheet.title('文书签收单');
  sheet.right(`编号：${input.caseNumber}`);
  sheet.paragraph('兹收到下列文书：', { indent: false });
  for (const [i, document] of input.documents.entries())
    sheet.paragraph(`${i + 1}．《${document.title}》　${document.copies}份`);
  sheet.gap(10);
  const widths = [0.2, 0.36, 0.26, 0.18].map((share) => share * column);
  const header = ['受送达人', '送达地址', '签名或按指印', '年月日'];
  drawRow(header, 26, true);
  for (const receiver of input.receivers) drawRow([receiver.name, receiver.address, '', ''], 56, false);
  sheet.gap(14);
  sheet.note('代收的，请写明代收人与受送达人的关系和代收理由；拒收的，由送达人记明事由并由见证人签名。');
  sheet.gap(20);
  sheet.right(`送达人：${'＿'.repeat(8)}`);
  sheet.right(input.committeeName);
  sheet.right(formatDay(shanghaiDay(input.date)));
  return sheet.finish();

  function drawRow(cells: string[], height: number, bold: boolean): void {
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
