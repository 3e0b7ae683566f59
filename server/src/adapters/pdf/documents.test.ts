import { expect, test } from 'vitest';
import { pagesText } from '../../../../tests/setup/pdf-text.ts';
import { processInspector } from '../files/inspect-file.ts';
import { openThreads } from '../threads/open-threads.ts';
import { pdfDocuments } from './documents.ts';
import { drawNotice } from './notices.ts';

const documents = pdfDocuments(openThreads());

/** Two pages: A4, then `width` × `height` points. */
function twoPages(width: number, height: number): Uint8Array {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Resources<<>>>>`,
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((body, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const xref = out.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  out += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(out, 'latin1'));
}

test('a page that would become a picture of gigabytes is refused at the door and never drawn here', async () => {
  const narrow = twoPages(10, 2000);
  await expect(processInspector().inspect(narrow)).rejects.toThrow('FILE_TOO_COMPLEX');
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const drawn = documents.renderPages(narrow, { widthPx: 1200 });
  await expect(drawn.finally(() => clearInterval(timer))).rejects.toThrow('FILE_TOO_COMPLEX');
  expect(peak - before).toBeLessThan(256 * 1024 * 1024);
});

test('an ordinary file is drawn page by page', async () => {
  const pictures = await documents.renderPages(twoPages(842, 595), { widthPx: 300 });
  expect(pictures.map((picture) => Buffer.from(picture).subarray(1, 4).toString())).toEqual(['PNG', 'PNG']);
});

const notice = (parties: string[]) =>
  drawNotice({
    committeeName: '禾岸村人民调解委员会',
    caseNumber: '（2025）禾岸人调字第12号',
    parties,
    date: new Date('2025-03-10T00:00:00Z'),
    demo: true,
  });

test('the rights notice of two parties is one page; more parties sign together on one page with name and day', async () => {
  const two = await documents.renderPages(await notice(['陈阿根', '周建波']), { widthPx: 60 });
  expect(two).toHaveLength(1);
  const many = await pagesText(await notice(['甲', '乙', '丙', '丁', '戊', '己', '庚'].map((n) => `${n}某`)));
  expect(many).toHaveLength(2);
  for (const word of ['被告知人', '甲某', '庚某', '禾岸村人民调解委员会', '2025年3月10日'])
    expect(many[1]).toContain(word);
});
