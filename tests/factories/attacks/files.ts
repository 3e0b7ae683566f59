import { deflateSync } from 'node:zlib';
import { drawSample } from '../../../server/src/adapters/signing/sample-agreement.fixture.ts';
import type { Attack } from './attack.ts';

const pdf = (objects: string[], more = ''): Uint8Array => {
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}trailer\n<</Size ${size} /Root 1 0 R${more}>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
};

const stranger = (name: string, about: string, make: () => Uint8Array | Promise<Uint8Array>): Attack => ({
  name,
  about,
  verdict: 'unknown',
  says: ['NOT_OURS'],
  make,
});

const unreadable = (name: string, about: string, make: () => Uint8Array): Attack => ({
  name,
  about,
  verdict: 'unreadable',
  says: ['NOT_A_PDF'],
  make,
});

const CATALOG = '<</Type/Catalog /Pages 2 0 R>>';

/** Files of strangers and files that mean to exhaust whoever reads them. */
export const strangeFiles: Attack[] = [
  stranger('drawing', 'a drawing of ours that was never certified', () => drawSample()),
  stranger('plain-pdf', 'somebody’s PDF without signatures', () =>
    pdf([
      CATALOG,
      '<</Type/Pages /Kids [3 0 R] /Count 1>>',
      '<</Type/Page /Parent 2 0 R /MediaBox [0 0 9 9]>>',
    ]),
  ),
  stranger('bomb-nesting', 'arrays nested a hundred thousand deep', () =>
    pdf([`${'['.repeat(100_000)}${']'.repeat(100_000)}`]),
  ),
  stranger('bomb-stream', 'a stream that unpacks to a hundred megabytes', () => {
    const packed = deflateSync(Buffer.alloc(100_000_000)).toString('latin1');
    return pdf([
      CATALOG,
      '<</Type/Pages /Kids [3 0 R] /Count 1>>',
      '<</Type/Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>',
      `<</Length ${packed.length} /Filter/FlateDecode>>\nstream\n${packed}\nendstream`,
    ]);
  }),
  stranger('bomb-table', 'a table that promises ten million objects', () =>
    pdf([CATALOG], ' /Size 10000000'),
  ),
  stranger('bomb-page-tree', 'a page tree that contains itself', () =>
    pdf([CATALOG, '<</Type/Pages /Kids [2 0 R 2 0 R] /Count 2>>']),
  ),
  stranger('bomb-length', 'a stream whose length is itself', () =>
    pdf([CATALOG, '<</Length 2 0 R>>\nstream\nx\nendstream']),
  ),
  stranger('bomb-contents', 'a thousand signature values of zeros', () =>
    pdf([CATALOG, `<<${'/Contents <'.concat('0'.repeat(4000), '>\n').repeat(1000)}>>`]),
  ),
  stranger('bomb-parentheses', 'a string that opens a million brackets', () =>
    pdf([`(${'('.repeat(1_000_000)}`]),
  ),
  unreadable('empty', 'no bytes', () => new Uint8Array()),
  unreadable('not-a-pdf', 'a text file', () => Buffer.from('hello')),
  unreadable('header-only', 'a header and nothing else', () => Buffer.from('%PDF-1.7\n')),
];
