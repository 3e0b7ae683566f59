import type { AgreementManifest, SignatureField, SigningRole } from '../../ports/signing.ts';
import { ARCHIVE_FIELD, MANIFEST_KEY, PLATFORM_FIELD, writeManifest } from './agreement-file.ts';
import { type PdfFile, pageNumbers } from './pdf-file.ts';
import { buildRevision, type NewObject, type Revision } from './pdf-revision.ts';
import {
  ascii,
  dict,
  isDict,
  name,
  number,
  type PdfDict,
  PdfSyntaxError,
  type PdfValue,
  ref,
  text,
} from './pdf-syntax.ts';

/** What readers show as the reason of each signature. */
export const REASONS: Record<SigningRole | 'platform', string> = {
  platform: '平台认证：此后只允许签名',
  party: '当事人签名',
  agent: '代理人签名',
  mediator: '人民调解员签名',
  recorder: '记录人签名',
  committee: '人民调解委员会盖章',
};

/** Printed and locked: a signature's place is shown on paper and cannot be moved. */
const WIDGET_FLAGS = number(4 + 128);

/**
 * The revision that turns a drawn PDF into a certified base: form, exactly these fields (the seal's with a
 * FieldMDP lock on the others), manifest, and the platform's signature value with DocMDP P=2 still empty.
 * Throws PdfSyntaxError for a base with a form of its own or a field outside its page.
 */
export function certificationRevision(input: {
  file: PdfFile;
  fields: SignatureField[];
  manifest: AgreementManifest;
  /** PDF date, `D:…`. */
  claimed: string;
  room: number;
}): Revision {
  const { file, fields, manifest } = input;
  const catalog = file.catalog();
  if (['AcroForm', 'Perms', MANIFEST_KEY].some((key) => catalog.has(key))) {
    throw new PdfSyntaxError('base has a form of its own');
  }
  let next = file.size;
  const take = () => next++;
  const form = take();
  // Format 1 had one blank appearance for all. Since then each has the size of what will be drawn: strict validators
  // (EU DSS) call a changed BBox an undefined change.
  const shared = manifest.format === 1 ? take() : null;
  const [manifestNumber, platform, signature] = [take(), take(), take()];
  const pages = pageNumbers(file);
  const numbered = fields.map((field) => ({
    field,
    number: take(),
    lock: lockOf(field, fields, take),
    blank: shared ?? take(),
  }));
  const archive = manifest.format === 1 ? null : take();

  const objects: NewObject[] = [
    {
      number: form,
      value: dict({
        Fields: [
          ref(platform),
          ...numbered.map((one) => ref(one.number)),
          ...(archive === null ? [] : [ref(archive)]),
        ],
        SigFlags: number(3),
      }),
    },
    ...(shared === null ? [] : [blankForm(shared, 0, 0)]),
    stream(
      manifestNumber,
      { Type: name('TongxiManifest'), Subtype: name('application/json') },
      Buffer.from(writeManifest(manifest), 'utf8').toString('latin1'),
    ),
    {
      number: platform,
      value: new Map([
        ...widget(PLATFORM_FIELD, '同席 Tongxi', pageOf(pages, 0)),
        ...dict({ Rect: [0, 0, 0, 0].map(number), V: ref(signature) }),
      ]),
    },
    ...numbered.flatMap(({ field, number: id, lock, blank }) => [
      {
        number: id,
        value: new Map([
          ...widget(field.name, `${REASONS[field.role]}：${field.signerName}`, pageOf(pages, field.page)),
          ...dict({ Rect: rectOf(file, field, pageOf(pages, field.page)), AP: dict({ N: ref(blank) }) }),
          ...(lock === null ? [] : dict({ Lock: ref(lock.number) })),
        ]),
      },
      ...(lock === null ? [] : [lock]),
      ...(shared === null ? [blankForm(blank, field.rect.width, field.rect.height)] : []),
    ]),
    ...(archive === null ? [] : [{ number: archive, value: archiveWidget(ARCHIVE_FIELD, pageOf(pages, 0)) }]),
    ...annotatedPages(file, [
      [pageOf(pages, 0), platform],
      ...numbered.map((one): [number, number] => [pageOf(pages, one.field.page), one.number]),
      ...(archive === null ? [] : [[pageOf(pages, 0), archive] as [number, number]]),
    ]),
    {
      number: file.rootNumber,
      value: new Map([
        ...catalog,
        ...versionOf(file),
        ...dict({
          AcroForm: ref(form),
          Perms: dict({ DocMDP: ref(signature) }),
          [MANIFEST_KEY]: ref(manifestNumber),
        }),
      ]),
    },
  ];
  const permission = dict({
    Type: name('SigRef'),
    TransformMethod: name('DocMDP'),
    TransformParams: dict({ Type: name('TransformParams'), P: number(2), V: name('1.2') }),
  });
  const value = signatureValue({ name: '同席 Tongxi', role: 'platform', claimed: input.claimed });
  value.set('Reference', [permission]);
  return buildRevision(file, objects, { number: signature, value, room: input.room });
}

/** A signature dictionary without its byte range and contents (PAdES, ETSI EN 319 142-1). */
export function signatureValue(input: {
  name: string;
  role: SigningRole | 'platform';
  claimed: string;
}): PdfDict {
  return dict({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    Name: text(input.name),
    Reason: text(REASONS[input.role]),
    M: ascii(input.claimed),
  });
}

function blankForm(id: number, width: number, height: number): NewObject {
  const box = [0, 0, width, height].map(number);
  return stream(id, { Type: name('XObject'), Subtype: name('Form'), BBox: box }, '');
}

/** A stream object with its length. */
export function stream(id: number, entries: Record<string, PdfValue>, data: string): NewObject {
  return { number: id, value: dict({ ...entries, Length: number(data.length) }), data };
}

/** PDF date in China's time, e.g. D:20251015093000+08'00'. */
export function pdfDate(time: Date): string {
  const local = new Date(time.getTime() + 8 * 3_600_000).toISOString();
  return `D:${local.slice(0, 19).replace(/[-T:]/g, '')}+08'00'`;
}

/** An invisible field for a document time stamp. */
export const archiveWidget = (fieldName: string, page: number): PdfDict =>
  new Map([...widget(fieldName, '文档时间戳', page), ...dict({ Rect: [0, 0, 0, 0].map(number) })]);

function widget(fieldName: string, description: string, page: number): PdfDict {
  return dict({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name('Sig'),
    T: ascii(fieldName),
    TU: text(description),
    F: WIDGET_FLAGS,
    P: ref(page),
  });
}

/** The seal closes every other field: Include, since All would forbid the seal itself. */
function lockOf(field: SignatureField, fields: SignatureField[], take: () => number): NewObject | null {
  if (field.role !== 'committee') return null;
  const others = fields.filter((one) => one !== field).map((one) => ascii(one.name));
  const value = dict({ Type: name('SigFieldLock'), Action: name('Include'), Fields: others });
  return { number: take(), value };
}

function rectOf(file: PdfFile, { page, rect }: SignatureField, pageNumber: number): PdfValue {
  const { x, y, width, height } = rect;
  const node = file.object(pageNumber).value;
  const box = isDict(node) ? file.resolve(node.get('MediaBox')) : null;
  const sound = [x, y, width, height].every(Number.isFinite) && x >= 0 && y >= 0 && width > 0 && height > 0;
  const corners = Array.isArray(box) ? box.map((one) => file.resolve(one)) : [];
  const [, , right = 0, top = 0] = corners.map((one) =>
    one !== null && typeof one === 'object' && 'kind' in one && one.kind === 'number' ? Number(one.text) : 0,
  );
  if (!sound || x + width > right + 0.01 || y + height > top + 0.01) {
    throw new PdfSyntaxError(`field outside page ${page}`);
  }
  return [x, y, x + width, y + height].map(number);
}

function annotatedPages(file: PdfFile, widgets: [page: number, widget: number][]): NewObject[] {
  return [...new Set(widgets.map(([page]) => page))].map((page) => {
    const value = file.object(page).value;
    if (!isDict(value)) throw new PdfSyntaxError('bad page');
    const before = file.resolve(value.get('Annots'));
    const added = widgets.filter(([on]) => on === page).map(([, id]) => ref(id));
    const annots = [...(Array.isArray(before) ? before : []), ...added];
    return { number: page, value: new Map([...value, ...dict({ Annots: annots })]) };
  });
}

function pageOf(pages: number[], index: number): number {
  const page = pages[index];
  if (page === undefined) throw new PdfSyntaxError(`no page ${index}`);
  return page;
}

/** Our signatures need PDF 1.7 with ETSI's extension; an older header is raised in the catalog (7.2.2). */
function versionOf(file: PdfFile): PdfDict {
  const header = Buffer.from(file.bytes.subarray(5, 8)).toString('latin1');
  return header < '1.7' ? dict({ Version: name('1.7') }) : new Map();
}
