import { type AgreementFile, ARCHIVE_FIELD, isArchiveField } from './agreement-file.ts';
import { archiveWidget } from './certification-revision.ts';
import { type PdfFile, pageNumbers } from './pdf-file.ts';
import { buildPlainRevision, buildRevision, type NewObject, type Revision } from './pdf-revision.ts';
import { dict, isDict, name, number, PdfSyntaxError, type PdfValue, ref, refOf } from './pdf-syntax.ts';

/** What a document security store holds (ETSI EN 319 142-1 5.4.2): DER values, in this order. */
export type SecurityStore = { certificates: Uint8Array[]; lists: Uint8Array[] };

/** The revision that adds or replaces the document security store; nothing else. */
export function storeRevision(file: PdfFile, store: SecurityStore): Uint8Array {
  let next = file.size;
  const streams = (values: Uint8Array[]): NewObject[] =>
    values.map((der) => ({
      number: next++,
      value: dict({ Length: number(der.length) }),
      data: Buffer.from(der).toString('latin1'),
    }));
  const certificates = streams(store.certificates);
  const lists = streams(store.lists);
  const holder = next++;
  const refs = (objects: NewObject[]): PdfValue => objects.map((one) => ref(one.number));
  return buildPlainRevision(file, [
    ...certificates,
    ...lists,
    { number: holder, value: dict({ Type: name('DSS'), Certs: refs(certificates), CRLs: refs(lists) }) },
    { number: file.rootNumber, value: new Map([...file.catalog(), ...dict({ DSS: ref(holder) })]) },
  ]);
}

/** The store that a file's catalog names; null when it names none. Throws PdfSyntaxError when it is malformed. */
export function readStore(file: PdfFile): SecurityStore | null {
  const holder = refOf(file.catalog().get('DSS'));
  if (holder === undefined) return null;
  const value = file.object(holder).value;
  if (!isDict(value)) throw new PdfSyntaxError('bad DSS');
  const list = (key: string): Uint8Array[] => {
    const refs = value.get(key);
    if (!Array.isArray(refs)) throw new PdfSyntaxError('bad DSS');
    return refs.map((one) => {
      const { data } = file.object(refOf(one) ?? 0);
      if (data === null) throw new PdfSyntaxError('bad DSS');
      return data;
    });
  };
  return { certificates: list('Certs'), lists: list('CRLs') };
}

/** The name of the field that the next document time stamp fills. */
export function nextArchiveField(fields: AgreementFile['fields']): string {
  if (fields.get(ARCHIVE_FIELD)?.signature === null) return ARCHIVE_FIELD;
  return `${ARCHIVE_FIELD}-${[...fields.keys()].filter(isArchiveField).length + 1}`;
}

/** The revision of a document time stamp (RFC 3161 token as value); a renewal brings its own invisible field. */
export function timestampRevision({ file, fields }: AgreementFile, room: number): Revision {
  const field = nextArchiveField(fields);
  const token = file.size;
  const value = dict({
    Type: name('DocTimeStamp'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.RFC3161'),
  });
  const slot = { number: token, value, room };
  const known = fields.get(field);
  if (known) {
    const filled = new Map([...known.value, ...dict({ V: ref(token) })]);
    return buildRevision(file, [{ number: known.number, value: filled }], slot);
  }
  const added = token + 1;
  const [page = 0] = pageNumbers(file);
  const node = file.object(page).value;
  const formNumber = refOf(file.catalog().get('AcroForm'));
  const form = file.object(formNumber ?? 0).value;
  if (!isDict(node) || !isDict(form) || formNumber === undefined) throw new PdfSyntaxError('no form');
  const append = (list: PdfValue): PdfValue => [...(Array.isArray(list) ? list : []), ref(added)];
  return buildRevision(
    file,
    [
      { number: added, value: new Map([...archiveWidget(field, page), ...dict({ V: ref(token) })]) },
      {
        number: formNumber,
        value: new Map([...form, ...dict({ Fields: append(file.resolve(form.get('Fields'))) })]),
      },
      {
        number: page,
        value: new Map([...node, ...dict({ Annots: append(file.resolve(node.get('Annots'))) })]),
      },
    ],
    slot,
  );
}
