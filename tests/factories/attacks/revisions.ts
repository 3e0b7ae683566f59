import { openPdf, type PdfFile } from '../../../server/src/adapters/signing/pdf-file.ts';
import type { NewObject } from '../../../server/src/adapters/signing/pdf-revision.ts';
import {
  ascii,
  dict,
  isDict,
  name,
  number,
  type PdfValue,
  ref,
  refOf,
} from '../../../server/src/adapters/signing/pdf-syntax.ts';
import { type Attack, changed } from './attack.ts';
import {
  append,
  catalogWith,
  edit,
  fieldOf,
  firstPage,
  formNumber,
  listed,
  overwrittenPage,
  streamObject,
} from './stage.ts';

/** A revision behind the finished file; what a reader shows differs, no byte before it does. */
const behind = (
  title: string,
  about: string,
  objects: (file: PdfFile) => NewObject[],
  says = ['AFTER_SEAL'],
): Attack => changed(title, about, says, ({ sample }) => append(sample.pdf, objects(openPdf(sample.pdf))));

const box = (...corners: number[]): PdfValue => corners.map(number);
const script = dict({ S: name('JavaScript'), JS: ascii('this.getField("party-1").display = 1;') });

/** An annotation over the text, with an appearance of its own. */
function overlay(file: PdfFile, subtype: string, entries: Record<string, PdfValue> = {}): NewObject[] {
  const [annotation, look] = [file.size, file.size + 1];
  const form = { Type: name('XObject'), Subtype: name('Form'), BBox: box(0, 0, 300, 60) };
  const value = dict({
    Type: name('Annot'),
    Subtype: name(subtype),
    Rect: box(60, 700, 360, 760),
    F: number(4),
    AP: dict({ N: ref(look) }),
    ...entries,
  });
  return [
    { number: annotation, value },
    streamObject(look, '1 1 1 rg 0 0 300 60 re f', form),
    listed(file, firstPage(file), 'Annots', annotation),
  ];
}

const inForm = (file: PdfFile, objects: NewObject[]): NewObject[] => [
  ...objects,
  listed(file, formNumber(file), 'Fields', file.size),
];

const look = (file: PdfFile, field: string): number => {
  const states = fieldOf(file, field).value.get('AP');
  return (isDict(states) ? refOf(states.get('N')) : undefined) ?? 0;
};

const fieldWith = (file: PdfFile, field: string, entries: Record<string, PdfValue>): NewObject =>
  edit(file, fieldOf(file, field).number, entries);

const pages = (file: PdfFile): number => refOf(file.catalog().get('Pages')) ?? 0;

function fontOf(file: PdfFile): number {
  const page = file.object(firstPage(file)).value;
  const resources = isDict(page) ? file.resolve(page.get('Resources')) : null;
  const fonts = isDict(resources) ? file.resolve(resources.get('Font')) : null;
  return (isDict(fonts) ? refOf([...fonts.values()][0]) : undefined) ?? 0;
}

const info = (file: PdfFile): number => refOf(file.sections.at(-1)?.trailer.get('Info')) ?? 0;

/** Unsigned revisions behind the finished file. */
export const revisionAttacks: Attack[] = [
  behind('page-overwrite', 'the first page drawn over', overwrittenPage),
  behind('annotation-square', 'a white rectangle laid over the text', (f) => overlay(f, 'Square')),
  behind('annotation-free-text', 'another amount laid over the text', (f) =>
    overlay(f, 'FreeText', { Contents: ascii('260,000'), DA: ascii('/Helv 12 Tf') }),
  ),
  behind('annotation-stamp', 'a stamp laid over the text', (f) => overlay(f, 'Stamp')),
  behind('annotation-redact', 'a redaction mark', (f) => overlay(f, 'Redact')),
  behind('annotation-link', 'a link to a stranger’s site', (f) =>
    overlay(f, 'Link', { A: dict({ S: name('URI'), URI: ascii('http://example.invalid/') }) }),
  ),
  behind(
    'form-field',
    'a text field with a value',
    (f) => inForm(f, overlay(f, 'Widget', { FT: name('Tx'), T: ascii('amount'), V: ascii('260,000') })),
    ['UNKNOWN_FIELD'],
  ),
  behind('field-value', 'a party’s field given the other party’s signature', (f) => [
    fieldWith(f, 'party-1', { V: fieldOf(f, 'party-2').value.get('V') ?? null }),
  ]),
  behind('field-cleared', 'a party’s field emptied', (f) => [fieldWith(f, 'party-1', { V: null })]),
  behind('appearance-swap', 'other strokes put into a party’s appearance', (f) => [
    { ...edit(f, look(f, 'party-1'), { Length: number(24) }), data: 'q\n9 9 m\n40 20 l\nS\nQ     ' },
  ]),
  behind('appearance-exchange', 'a party’s field shown with the other party’s strokes', (f) => [
    fieldWith(f, 'party-1', { AP: dict({ N: ref(look(f, 'party-2')) }) }),
  ]),
  behind('widget-moved', 'a party’s signature moved to another place', (f) => [
    fieldWith(f, 'party-1', { Rect: box(300, 300, 420, 340) }),
  ]),
  behind('widget-hidden', 'a party’s signature hidden', (f) => [fieldWith(f, 'party-1', { F: number(2) })]),
  behind('widget-renamed', 'a party’s field named after the mediator', (f) => [
    fieldWith(f, 'party-1', { TU: ascii('mediator') }),
  ]),
  behind('lock-removed', 'the seal’s lock on the other fields removed', (f) => [
    fieldWith(f, 'committee', { Lock: null }),
  ]),
  behind('font-swap', 'the text’s font exchanged for symbols', (f) => [
    edit(f, fontOf(f), { BaseFont: name('Symbol') }),
  ]),
  behind('metadata-swap', 'another title and author in the information dictionary', (f) => [
    edit(f, info(f), { Title: ascii('Another agreement'), Author: ascii('Somebody') }),
  ]),
  behind('metadata-stream', 'an XMP packet added', (f) => [
    streamObject(f.size, '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', {
      Type: name('Metadata'),
      Subtype: name('XML'),
    }),
    catalogWith(f, { Metadata: ref(f.size) }),
  ]),
  behind('crop-box', 'a crop box that shows half of the page', (f) => [
    edit(f, firstPage(f), { CropBox: box(0, 0, 595, 300) }),
  ]),
  behind('media-box', 'a page made larger', (f) => [
    edit(f, firstPage(f), { MediaBox: box(0, 0, 1000, 1000) }),
  ]),
  behind('rotated', 'a page turned upside down', (f) => [edit(f, firstPage(f), { Rotate: number(180) })]),
  behind('user-unit', 'a page shown ten times as large', (f) => [
    edit(f, firstPage(f), { UserUnit: number(10) }),
  ]),
  behind('optional-content', 'the page’s text put on a layer that is off', (f) => [
    { number: f.size, value: dict({ Type: name('OCG'), Name: ascii('text') }) },
    catalogWith(f, {
      OCProperties: dict({ OCGs: [ref(f.size)], D: dict({ OFF: [ref(f.size)] }) }),
    }),
    streamObject(f.size + 1, '/OC /off BDC 0 0 600 800 re f EMC'),
    edit(f, firstPage(f), { Contents: ref(f.size + 1) }),
  ]),
  behind('open-action', 'a script that runs on opening', (f) => [catalogWith(f, { OpenAction: script })]),
  behind('named-script', 'a script in the name tree', (f) => [
    catalogWith(f, { Names: dict({ JavaScript: dict({ Names: [ascii('a'), script] }) }) }),
  ]),
  behind('page-action', 'a script that runs when the page is shown', (f) => [
    edit(f, firstPage(f), { AA: dict({ O: script }) }),
  ]),
  behind('calculation-order', 'a script in a field of the form', (f) => [
    fieldWith(f, 'party-1', { AA: dict({ K: script }) }),
  ]),
  behind('need-appearances', 'readers asked to draw every field anew', (f) => [
    edit(f, formNumber(f), { NeedAppearances: true }),
  ]),
  behind('certification-removed', 'the permissions taken out of the catalog', (f) => [
    catalogWith(f, { Perms: null }),
  ]),
  behind('permissions-widened', 'DocMDP changed to allow form filling and notes', (f) => {
    const permissions = f.catalog().get('Perms');
    const signature = (isDict(permissions) ? refOf(permissions.get('DocMDP')) : undefined) ?? 0;
    const wide = dict({ Type: name('TransformParams'), P: number(3), V: name('1.2') });
    const reference = dict({
      Type: name('SigRef'),
      TransformMethod: name('DocMDP'),
      TransformParams: wide,
    });
    return [edit(f, signature, { Reference: [reference] })];
  }),
  behind(
    'form-removed',
    'the form taken out of the catalog',
    (f) => [catalogWith(f, { AcroForm: null })],
    [],
  ),
  behind('signature-flags', 'the form’s “append only” mark removed', (f) => [
    edit(f, formNumber(f), { SigFlags: number(0) }),
  ]),
  behind(
    'manifest-swap',
    'a manifest that asks for fewer signatures',
    (f) => {
      const manifest = refOf(f.catalog().get('TongxiManifest')) ?? 0;
      const text = Buffer.from(f.object(manifest).data ?? []).toString('latin1');
      const shorter = text.replace(/,\{[^{}]*"role":"recorder"[^{}]*\}/, '');
      return [{ ...edit(f, manifest, { Length: number(shorter.length) }), data: shorter }];
    },
    [],
  ),
  behind(
    'store-emptied',
    'the security store emptied',
    (f) => [
      { number: f.size, value: dict({ Type: name('DSS'), Certs: [], CRLs: [] }) },
      catalogWith(f, { DSS: ref(f.size) }),
    ],
    ['ARCHIVE'],
  ),
  behind('store-removed', 'the security store taken out of the catalog', (f) => [
    catalogWith(f, { DSS: null }),
  ]),
  behind('store-emptied-in-place', 'the store’s own object emptied', (f) => [
    edit(f, refOf(f.catalog().get('DSS')) ?? 0, { Certs: [], CRLs: [] }),
  ]),
  behind('page-removed', 'the signatures’ page left out', (f) => [
    edit(f, pages(f), { Kids: [ref(firstPage(f))], Count: number(1) }),
  ]),
  behind('page-added', 'a page put in front', (f) => {
    const node = f.object(pages(f)).value;
    const kids = isDict(node) ? f.resolve(node.get('Kids')) : [];
    const added = f.size;
    return [
      {
        number: added,
        value: dict({ Type: name('Page'), Parent: ref(pages(f)), MediaBox: box(0, 0, 595, 842) }),
      },
      edit(f, pages(f), { Kids: [ref(added), ...(Array.isArray(kids) ? kids : [])], Count: number(3) }),
    ];
  }),
  behind('attachment', 'a file embedded', (f) => {
    const [file, spec] = [f.size, f.size + 1];
    const embedded = dict({ Type: name('Filespec'), F: ascii('a.txt'), EF: dict({ F: ref(file) }) });
    return [
      streamObject(file, 'hello', { Type: name('EmbeddedFile') }),
      { number: spec, value: embedded },
      catalogWith(f, { Names: dict({ EmbeddedFiles: dict({ Names: [ascii('a'), ref(spec)] }) }) }),
    ];
  }),
  behind('nothing', 'a revision that repeats an object unchanged', (f) => [edit(f, firstPage(f), {})]),
];
