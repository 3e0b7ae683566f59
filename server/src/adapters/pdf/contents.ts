import type { DossierInput } from '../../ports/documents.ts';
import { drawTable } from './form.ts';
import { openSheet } from './kit.ts';

/** 卷内目录: number, title, page. Equally many pages whatever the numbers are. */
export async function drawContents(
  input: Pick<DossierInput, 'title' | 'date' | 'demo' | 'footer'>,
  entries: { title: string; page: number }[],
): Promise<Uint8Array> {
  const sheet = openSheet({
    title: `${input.title} 卷内目录`,
    date: input.date,
    footer: input.footer,
    demo: input.demo,
    qr: null,
  });
  sheet.gap(14);
  sheet.title('卷内目录');
  sheet.gap(6);
  drawTable(sheet, {
    kind: 'table',
    header: true,
    widths: [0.14, 0.66, 0.2],
    rows: [
      ['序号', '文书名称', '页码'],
      ...entries.map(({ title, page }, i) => [String(i + 1), title, page === 0 ? ' ' : String(page)]),
    ],
  });
  return sheet.finish();
}
