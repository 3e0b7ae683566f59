import { openPdf, type PdfFile } from '../../../server/src/adapters/signing/pdf-file.ts';
import {
  ascii,
  dict,
  isDict,
  name,
  number,
  ref,
  refOf,
} from '../../../server/src/adapters/signing/pdf-syntax.ts';
import {
  drawSample,
  FIELDS,
  signSample,
} from '../../../server/src/adapters/signing/sample-agreement.fixture.ts';
import { type Attack, changed } from './attack.ts';
import { append, edit, firstPage, listed, type Stage, streamObject } from './stage.ts';

const HIDDEN = '0 0 1 rg 0 0 500 500 re f';

function contentOf(file: PdfFile): number {
  const page = file.object(firstPage(file)).value;
  return (isDict(page) ? refOf(page.get('Contents')) : undefined) ?? 0;
}

/** A drawing with a second text under the first one’s number, a cover over the page and an unused font. */
async function prepared(): Promise<Uint8Array> {
  const drawn = await drawSample();
  const file = openPdf(drawn);
  const content = contentOf(file);
  const cover = file.size;
  const covered = append(drawn, [
    {
      number: cover,
      value: dict({
        Type: name('Annot'),
        Subtype: name('Square'),
        Rect: [60, 700, 360, 760].map(number),
        IC: [1, 1, 1].map(number),
        F: number(4),
      }),
    },
    listed(file, firstPage(file), 'Annots', cover),
    {
      number: cover + 1,
      value: dict({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name('Symbol') }),
    },
  ]);
  // No table names this second copy, so no reader shows it: until somebody appends one that does.
  const hidden = `${content} 0 obj\n<</Length ${HIDDEN.length}>>\nstream\n${HIDDEN}\nendstream\nendobj\n`;
  const text = Buffer.from(covered).toString('latin1');
  const at = text.lastIndexOf('xref\n', text.lastIndexOf('startxref') - 1);
  const moved = text.slice(0, at) + hidden + text.slice(at);
  return Buffer.from(
    moved.replace(/startxref\n\d+\n%%EOF\n$/, `startxref\n${at + hidden.length}\n%%EOF\n`),
    'latin1',
  );
}

const signed = new WeakMap<Stage, ReturnType<typeof signSample>>();

/** The prepared drawing, certified, signed by everybody, sealed and archived. */
function signedWhole(stage: Stage): ReturnType<typeof signSample> {
  const made =
    signed.get(stage) ??
    prepared().then((drawn) =>
      signSample(
        stage.kit,
        FIELDS.map((one) => one.name),
        { drawn },
      ),
    );
  signed.set(stage, made);
  return made;
}

const shadow = (title: string, about: string, make: (pdf: Uint8Array, file: PdfFile) => Uint8Array): Attack =>
  changed(title, about, ['AFTER_SEAL'], async (stage) => {
    const { pdf } = await signedWhole(stage);
    return make(pdf, openPdf(pdf));
  });

/** Shadow attacks (Mainka, Mladenov, Rohlmann 2021): what will be shown later lies in the file when people sign. */
export const shadowAttacks: Attack[] = [
  {
    name: 'shadow-not-sprung',
    about: 'the prepared file before anything was appended: what people saw is still what is shown',
    verdict: 'genuine',
    says: [],
    make: async (stage) => (await signedWhole(stage)).pdf,
  },
  shadow('shadow-hide', 'a cover that lay over the text when people signed taken away', (pdf, file) =>
    append(pdf, [edit(file, firstPage(file), { Annots: [] })]),
  ),
  shadow('shadow-replace', 'the font exchanged for one prepared in the file', (pdf, file) => {
    const page = file.object(firstPage(file)).value;
    const resources = isDict(page) ? file.resolve(page.get('Resources')) : null;
    const fonts = isDict(resources) ? file.resolve(resources.get('Font')) : null;
    const number = (isDict(fonts) ? refOf([...fonts.values()][0]) : undefined) ?? 0;
    return append(pdf, [edit(file, number, { BaseFont: name('Symbol'), Name: ascii('F') })]);
  }),
  shadow(
    'shadow-hide-and-replace',
    'a table that names the second text under the first one’s number',
    (pdf, file) => {
      const content = contentOf(file);
      const at = Buffer.from(pdf)
        .toString('latin1')
        .indexOf(`${content} 0 obj\n<</Length ${HIDDEN.length}>>`);
      const entry = `${String(at).padStart(10, '0')} 00000 n \n`;
      const trailer = `<</Size ${file.size} /Root ${file.rootNumber} 0 R /Prev ${file.sections.at(-1)?.xref ?? 0}>>`;
      const end = `startxref\n${pdf.length}\n%%EOF\n`;
      return Buffer.concat([pdf, Buffer.from(`xref\n${content} 1\n${entry}trailer\n${trailer}\n${end}`)]);
    },
  ),
  shadow('shadow-overlay', 'a second cover laid over the first', (pdf, file) => {
    const look = streamObject(file.size + 1, '1 0 0 rg 0 0 300 60 re f', {
      Type: name('XObject'),
      Subtype: name('Form'),
      BBox: [0, 0, 300, 60].map(number),
    });
    const note = dict({
      Type: name('Annot'),
      Subtype: name('Square'),
      Rect: [60, 700, 360, 760].map(number),
      AP: dict({ N: ref(look.number) }),
    });
    return append(pdf, [
      { number: file.size, value: note },
      look,
      listed(file, firstPage(file), 'Annots', file.size),
    ]);
  }),
];
