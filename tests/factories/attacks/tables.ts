import { openPdf, type PdfFile } from '../../../server/src/adapters/signing/pdf-file.ts';
import { write } from '../../../server/src/adapters/signing/pdf-syntax.ts';
import { type Attack, changed } from './attack.ts';
import { edit, firstPage, overwrittenPage, type Stage } from './stage.ts';

type Parts = { body: string; offsets: [number, number][] };

/** Objects as text behind the file, with their offsets. */
function bodyOf(pdf: Uint8Array, objects: [number, string][]): Parts {
  let body = '';
  const offsets = objects.map(([id, text]): [number, number] => {
    const at = pdf.length + body.length;
    body += `${id} 0 obj\n${text}\nendobj\n`;
    return [id, at];
  });
  return { body, offsets };
}

const entry = (at: number): string => `${String(at).padStart(10, '0')} 00000 n \n`;
const end = (start: number): string => `startxref\n${start}\n%%EOF\n`;
const latin1 = (head: Uint8Array, tail: string): Uint8Array =>
  Buffer.concat([head, Buffer.from(tail, 'latin1')]);

/** The red page as text, for revisions that our writer cannot make. */
function redPage(file: PdfFile): [number, string][] {
  const [page, drawn] = overwrittenPage(file);
  if (page === undefined || drawn === undefined) throw new Error('page expected');
  return [
    [page.number, write(page.value)],
    [drawn.number, `${write(drawn.value)}\nstream\n${drawn.data}\nendstream`],
  ];
}

/** A classic table with a trailer of the attacker's choice. */
function withTable(
  { sample }: Stage,
  objects: (file: PdfFile) => [number, string][],
  trailer: (file: PdfFile) => string,
): Uint8Array {
  const file = openPdf(sample.pdf);
  const { body, offsets } = bodyOf(sample.pdf, objects(file));
  const table = offsets.map(([id, at]) => `${id} 1\n${entry(at)}`).join('');
  const start = sample.pdf.length + body.length;
  return latin1(sample.pdf, `${body}xref\n${table}trailer\n<<${trailer(file)}>>\n${end(start)}`);
}

const last = (file: PdfFile): number => file.sections.at(-1)?.xref ?? 0;
const ordinary = (file: PdfFile, more = ''): string =>
  `/Size ${file.size + 20} /Root ${file.rootNumber} 0 R /Prev ${last(file)}${more}`;

/** A cross-reference stream, alone or beside a classic table (hybrid). */
function streamRevision({ sample }: Stage, how: { hybrid: boolean; inObjectStream: boolean }): Uint8Array {
  const file = openPdf(sample.pdf);
  const [page, drawn] = redPage(file);
  if (page === undefined || drawn === undefined) throw new Error('page expected');
  const packed = file.size + 12;
  const header = `${page[0]} 0 `;
  const objectStream = `<</Type/ObjStm /N 1 /First ${header.length} /Length ${header.length + page[1].length}>>\nstream\n${header}${page[1]}\nendstream`;
  const objects: [number, string][] = how.inObjectStream ? [drawn, [packed, objectStream]] : [page, drawn];
  const { body, offsets } = bodyOf(sample.pdf, objects);
  const at = sample.pdf.length + body.length;
  const self = file.size + 15;
  const rows: [number, number, number, number][] = [
    ...offsets.map(([id, offset]): [number, number, number, number] => [id, 1, offset, 0]),
    [self, 1, at, 0],
    ...(how.inObjectStream ? ([[page[0], 2, packed, 0]] as [number, number, number, number][]) : []),
  ];
  const data = Buffer.concat(
    rows.map(([, kind, a, b]) => {
      const row = Buffer.alloc(6);
      row.writeUInt8(kind, 0);
      row.writeUInt32BE(a, 1);
      row.writeUInt8(b, 5);
      return row;
    }),
  ).toString('latin1');
  const dictionary = `<</Type/XRef /W [1 4 1] /Index [${rows.map(([id]) => `${id} 1`).join(' ')}] ${ordinary(file)} /Length ${data.length}>>`;
  const table = `${self} 0 obj\n${dictionary}\nstream\n${data}\nendstream\nendobj\n`;
  if (!how.hybrid) return latin1(sample.pdf, `${body}${table}${end(at)}`);
  const start = at + table.length;
  const classic = `xref\n0 0\ntrailer\n<<${ordinary(file, ` /XRefStm ${at}`)}>>\n`;
  return latin1(sample.pdf, `${body}${table}${classic}${end(start)}`);
}

const table = (
  title: string,
  about: string,
  make: (stage: Stage, file: PdfFile) => Uint8Array,
  says: string[] = [],
): Attack => changed(title, about, says, (stage) => make(stage, openPdf(stage.sample.pdf)));

/** Tricks with cross references, on which readers disagree. */
export const tableAttacks: Attack[] = [
  table('xref-stream', 'the page replaced through a cross-reference stream', (stage) =>
    streamRevision(stage, { hybrid: false, inObjectStream: false }),
  ),
  table('object-stream', 'the page replaced by an object inside an object stream', (stage) =>
    streamRevision(stage, { hybrid: false, inObjectStream: true }),
  ),
  table('hybrid-stream', 'the page replaced in the hidden half of a hybrid table', (stage) =>
    streamRevision(stage, { hybrid: true, inObjectStream: true }),
  ),
  table(
    'duplicate-object',
    'the page written twice in one revision',
    (stage) => withTable(stage, (file) => [...redPage(file), ...redPage(file)], ordinary),
    ['AFTER_SEAL'],
  ),
  table('duplicate-key', 'a catalog with two page trees', (stage, file) =>
    withTable(
      stage,
      () => [
        [file.rootNumber, write(file.catalog()).replace(/\n>>$/, `\n/Pages ${firstPage(file)} 0 R\n>>`)],
      ],
      ordinary,
    ),
  ),
  table('body-without-table', 'objects appended without any table', ({ sample }, file) =>
    latin1(sample.pdf, bodyOf(sample.pdf, redPage(file)).body),
  ),
  table('table-without-end', 'a table without startxref', ({ sample }, file) => {
    const { body, offsets } = bodyOf(sample.pdf, redPage(file));
    const rows = offsets.map(([id, at]) => `${id} 1\n${entry(at)}`).join('');
    return latin1(sample.pdf, `${body}xref\n${rows}trailer\n<<${ordinary(file)}>>\n`);
  }),
  table('previous-skipped', 'a revision whose /Prev leads past every signature', (stage, file) =>
    withTable(stage, redPage, () => {
      const first = file.sections[0]?.xref ?? 0;
      return `/Size ${file.size + 20} /Root ${file.rootNumber} 0 R /Prev ${first}`;
    }),
  ),
  table('previous-loop', 'a revision whose /Prev leads to itself', (stage) =>
    withTable(stage, redPage, (file) =>
      ordinary(file).replace(/Prev \d+/, `Prev ${stage.sample.pdf.length + 10}`),
    ),
  ),
  table('previous-missing', 'a revision that knows nothing before it', (stage) =>
    withTable(stage, redPage, (file) => ordinary(file).replace(/\/Prev \d+/, '')),
  ),
  table('old-table', 'a last startxref that names the certified base’s table', ({ sample }, file) =>
    latin1(sample.pdf, end(file.sections[1]?.xref ?? 0)),
  ),
  table('other-root', 'a trailer with another catalog', (stage) =>
    withTable(
      stage,
      (file) => [...redPage(file), [file.size + 18, write(file.catalog())]],
      (file) => `/Size ${file.size + 20} /Root ${file.size + 18} 0 R /Prev ${last(file)}`,
    ),
  ),
  table('other-generation', 'the page again as generation 1', ({ sample }, file) => {
    const page = firstPage(file);
    const at = sample.pdf.length;
    const body = `${page} 1 obj\n${write(edit(file, page, {}).value)}\nendobj\n`;
    const row = `${page} 1\n${String(at).padStart(10, '0')} 00001 n \n`;
    return latin1(sample.pdf, `${body}xref\n${row}trailer\n<<${ordinary(file)}>>\n${end(at + body.length)}`);
  }),
  table('object-freed', 'the first page marked as a free object', ({ sample }, file) => {
    const row = `${firstPage(file)} 1\n0000000000 00001 f \n`;
    return latin1(sample.pdf, `xref\n${row}trailer\n<<${ordinary(file)}>>\n${end(sample.pdf.length)}`);
  }),
  table('encrypted-trailer', 'a trailer that claims encryption', (stage) =>
    withTable(stage, redPage, (file) => ordinary(file, ' /Encrypt <</Filter/Standard /V 1 /R 2>>')),
  ),
  table(
    'other-identifier',
    'a trailer with another file identifier',
    (stage) =>
      withTable(
        stage,
        () => [],
        (file) => ordinary(file, ' /ID [<00> <01>]'),
      ),
    ['AFTER_SEAL'],
  ),
  table('seventy-revisions', 'seventy empty revisions appended', ({ sample }, file) => {
    let [tail, previous] = ['', last(file)];
    for (let round = 0; round < 70; round += 1) {
      const start = sample.pdf.length + tail.length;
      const trailer = ordinary(file).replace(/Prev \d+/, `Prev ${previous}`);
      tail += `xref\n0 0\ntrailer\n<<${trailer}>>\n${end(start)}`;
      previous = start;
    }
    return latin1(sample.pdf, tail);
  }),
];
