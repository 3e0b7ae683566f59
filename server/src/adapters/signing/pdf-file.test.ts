import { describe, expect, test } from 'vitest';
import { openPdf, pageNumbers } from './pdf-file.ts';
import { readerAt } from './pdf-reader.ts';
import { bytesOf, dict, nameOf, number, type PdfValue, text, trimNumber, write } from './pdf-syntax.ts';
import { drawSample } from './sample-agreement.fixture.ts';

const read = (source: string): PdfValue => readerAt(Buffer.from(source, 'latin1'), 0).value();

describe('values', () => {
  test.each([
    ['<< /A 1 /B [true null 2 0 R] /C#20D /x >>', '<<\n/A 1\n/B [true null 2 0 R]\n/C#20D /x\n>>'],
    ['[ 1.50 -.5 +3 ] % note', '[1.50 -.5 +3]'],
    ['(a\\(b\\)\\101\\n)', '<61286229410a>'],
    ['(a(b)c)', '<6128622963>'],
    ['(line\\\r\nbreak)', '<6c696e65627265616b>'],
    ['<4E4 f6>', '<4e4f60>'],
    ['12 0', '12'],
  ])('%s', (source, written) => {
    expect(write(read(source))).toBe(written);
  });

  test.each([
    '<< /A 1 /A 2 >>',
    '<< 1 2 >>',
    '(open',
    '<4e',
    '[1',
    'obj',
    '1.2.3',
    '--1',
    `${'['.repeat(60)}`,
  ])('refuses %s', (source) => {
    expect(() => read(source)).toThrow();
  });

  test('write Chinese as UTF-16 with its mark, and numbers in one way', () => {
    expect(bytesOf(text('协𠮷'))).toEqual(Buffer.from('feff534fd842dfb7', 'hex'));
    expect([0, -0, 1.5, 1 / 3, 100, -0.0001].map(trimNumber)).toEqual(['0', '0', '1.5', '0.333', '100', '0']);
    expect(nameOf(read('/A#42'))).toBe('AB');
    expect(write(dict({ 'A B': number(1) }))).toBe('<<\n/A#20B 1\n>>');
  });
});

describe('files', () => {
  test('open with their pages', async () => {
    const file = openPdf(await drawSample());
    expect(pageNumbers(file)).toHaveLength(2);
    expect(file.sections).toHaveLength(1);
  });

  test.each<[string, (text: string) => string]>([
    ['no header', (source) => source.slice(1)],
    ['no end mark', (source) => source.slice(0, -8)],
    ['a wrong startxref', (source) => source.replace(/startxref\n\d+/, 'startxref\n20')],
    ['a table entry out of form', (source) => source.replace(' 00000 n \n', ' 0000  n \n')],
    ['an encrypted file', (source) => source.replace('/Size', '/Encrypt 1 0 R /Size')],
    ['a hybrid file', (source) => source.replace('/Size', '/XRefStm 10 /Size')],
    [
      'a table that names itself',
      (source) => source.replace(/\/Size/, `/Prev ${source.indexOf('xref\n0')} /Size`),
    ],
  ])('are refused with %s', async (_, change) => {
    const source = Buffer.from(await drawSample()).toString('latin1');
    const changed = change(source);
    expect(changed).not.toBe(source);
    expect(() => openPdf(Buffer.from(changed, 'latin1'))).toThrow();
  });
});
