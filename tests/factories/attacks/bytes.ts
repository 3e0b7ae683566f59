import { openPdf } from '../../../server/src/adapters/signing/pdf-file.ts';
import { type Attack, changed } from './attack.ts';
import type { Stage } from './stage.ts';

const latin1 = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

/** One bit at the first byte behind a mark. */
function flipBehind({ sample }: Stage, mark: string, last = false): Uint8Array {
  const text = latin1(sample.pdf);
  const at = (last ? text.lastIndexOf(mark) : text.indexOf(mark)) + mark.length;
  if (at < mark.length) throw new Error(`no ${mark}`);
  const copy = Buffer.from(sample.pdf);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

const cut = (end: (stage: Stage) => number | undefined): Attack['make'] => {
  return (stage) => stage.sample.pdf.subarray(0, end(stage));
};

/** The bytes themselves: flipped, cut, lengthened. */
export const byteAttacks: Attack[] = [
  changed('flip-page', 'one bit of the page’s text stream', ['platform:DIGEST'], (stage) =>
    flipBehind(stage, 'stream\n'),
  ),
  changed('flip-cms', 'one bit of the seal’s signature value', [], (stage) => {
    const text = latin1(stage.sample.sealed);
    const at = text.lastIndexOf('/Contents <') + 4000;
    const copy = Buffer.from(stage.sample.pdf);
    copy[at] = copy[at] === 0x30 ? 0x31 : 0x30;
    return copy;
  }),
  changed('flip-table', 'one digit of the newest cross-reference table', [], (stage) =>
    flipBehind(stage, 'xref\n', true),
  ),
  changed('flip-claimed-time', 'one digit of a claimed signing time', [], (stage) =>
    flipBehind(stage, '/M <443a3230'),
  ),
  changed(
    'padding',
    'a non-zero octet in the padding behind the seal’s CMS',
    ['committee:ENCODING'],
    ({ sample }) => {
      const text = latin1(sample.pdf);
      const end = text.lastIndexOf('00>\n>>', sample.sealed.length);
      return Buffer.from(`${text.slice(0, end)}01${text.slice(end + 2)}`, 'latin1');
    },
  ),
  changed('upper-case-hex', 'the seal’s CMS in other hex digits', ['committee:BYTE_RANGE'], ({ sample }) => {
    const text = latin1(sample.pdf);
    const at = text.lastIndexOf('/Contents <', sample.sealed.length) + 11;
    return Buffer.from(
      text.slice(0, at) + text.slice(at, at + 400).toUpperCase() + text.slice(at + 400),
      'latin1',
    );
  }),
  changed('trailing-newline', 'a line end behind the last %%EOF', ['TRAILING_BYTES'], ({ sample }) =>
    Buffer.concat([sample.pdf, Buffer.from('\n')]),
  ),
  changed('trailing-zeros', 'five thousand zeros behind the last %%EOF', [], ({ sample }) =>
    Buffer.concat([sample.pdf, Buffer.alloc(5000)]),
  ),
  changed('trailing-eof', 'a second %%EOF', ['TRAILING_BYTES'], ({ sample }) =>
    Buffer.concat([sample.pdf, Buffer.from('%%EOF\n')]),
  ),
  changed('leading-bytes', 'a line end before the header', [], ({ sample }) =>
    Buffer.concat([Buffer.from('\n'), sample.pdf]),
  ),
  changed('line-ends', 'every CR LF pair and LF swapped as a mail gateway would', [], ({ sample }) =>
    Buffer.from(latin1(sample.pdf).replaceAll('\n', '\r\n'), 'latin1'),
  ),
  changed(
    'truncated-last-byte',
    'the last byte cut off',
    [],
    cut(({ sample }) => sample.pdf.length - 1),
  ),
  changed(
    'truncated-in-stamp',
    'cut inside the document time stamp',
    [],
    cut(({ sample }) => sample.pdf.length - 3000),
  ),
  changed(
    'truncated-in-signature',
    'cut inside the seal',
    [],
    cut(({ sample }) => sample.sealed.length - 3000),
  ),
  {
    name: 'rolled-back-to-base',
    about: 'cut back to the certified base, nobody has signed',
    verdict: 'incomplete',
    says: ['SIGNATURE_MISSING', 'SEAL_MISSING'],
    make: ({ sample }) => sample.base.pdf,
  },
  {
    name: 'rolled-back-one-party',
    about: 'cut back to the first party’s signature',
    verdict: 'incomplete',
    says: ['SIGNATURE_MISSING', 'SEAL_MISSING'],
    make: ({ sample }) => sample.heads[1] ?? sample.pdf,
  },
  {
    name: 'unsealed',
    about: 'cut back to before the seal',
    verdict: 'incomplete',
    says: ['SEAL_MISSING'],
    make: ({ sample }) => sample.unsealed,
  },
  {
    name: 'unstamped',
    about: 'cut back to before the long-term data',
    verdict: 'incomplete',
    says: ['ARCHIVE_MISSING'],
    make: ({ sample }) => sample.sealed,
  },
  {
    name: 'store-without-stamp',
    about: 'cut back to before the document time stamp',
    verdict: 'incomplete',
    says: ['ARCHIVE_MISSING'],
    make: ({ sample }) => sample.pdf.subarray(0, openPdf(sample.pdf).sections.at(-2)?.end),
  },
  {
    name: 'rolled-back-to-drawing',
    about: 'cut back to before the platform’s certification',
    verdict: 'unknown',
    says: ['NOT_OURS'],
    make: ({ sample }) => sample.pdf.subarray(0, openPdf(sample.pdf).sections[0]?.end),
  },
];
