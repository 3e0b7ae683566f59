import type { AgreementManifest, SignatureField } from '../../ports/signing.ts';
import { type AgreementFile, isArchiveField, readFields } from './agreement-file.ts';
import { readStore, type SecurityStore, storeRevision, timestampRevision } from './archive-revision.ts';
import { certificationRevision } from './certification-revision.ts';
import { openPdf, type PdfFile, pageNumbers } from './pdf-file.ts';
import type { Revision } from './pdf-revision.ts';
import { bytesOf, isDict, numberOf, type PdfDict, refOf } from './pdf-syntax.ts';
import { drawsPathsOnly, signingRevision } from './signing-revision.ts';

/** A revision as found, beside whether writing it again from its free parts gives the same bytes. */
export type Rebuilt = {
  field: string;
  /** True when every byte outside /Contents is as our writer puts it. */
  same: boolean;
  range: number[] | null;
  /** All octets of /Contents, padding included. */
  contents: Uint8Array | null;
  /** The DER value in front of the padding. */
  cms: Uint8Array | null;
};

const PDF_DATE = /^D:\d{14}\+08'00'$/;

/** Writes the platform's certification again on the drawn file before it. */
export function rebuildCertification(
  drawn: Uint8Array,
  certified: Uint8Array,
  manifest: AgreementManifest,
): Rebuilt {
  const after = openPdf(certified);
  const permissions = after.resolve(after.catalog().get('Perms'));
  const found = readSignature(after, isDict(permissions) ? refOf(permissions.get('DocMDP')) : undefined);
  const same = sameBytes(drawn, certified, found, (claimed, room) =>
    certificationRevision({
      file: openPdf(drawn),
      fields: placedFields(after, manifest),
      manifest,
      claimed,
      room,
    }),
  );
  return { field: 'platform', same, ...found.parts };
}

/**
 * Writes the next signature's revision again. Returns a problem instead when the revision signs no required
 * field: UNKNOWN_FIELD for one that the base does not have, STRUCTURE for everything else.
 */
export function rebuildSigning(
  before: AgreementFile,
  after: PdfFile,
): Rebuilt | 'UNKNOWN_FIELD' | 'STRUCTURE' {
  const fields = readFields(after);
  const fresh = [...fields].filter(
    ([name, { signature }]) => signature !== null && !before.fields.get(name)?.signature,
  );
  if ([...fields.keys()].some((name) => !before.fields.has(name))) return 'UNKNOWN_FIELD';
  const [name, state] = fresh[0] ?? [];
  if (fresh.length !== 1 || name === undefined || state?.signature == null) return 'STRUCTURE';
  const found = readSignature(after, state.signature);
  const appearance = readAppearance(after, state.value);
  const same = sameBytes(before.file.bytes, after.bytes, found, (claimed, room) =>
    signingRevision({ agreement: before, fieldName: name, appearance: appearance ?? '', claimed, room }),
  );
  return { field: name, same: same && appearance !== null, ...found.parts };
}

/** Writes the next document time stamp's revision again; null when the revision is none. */
export function rebuildTimestamp(before: AgreementFile, after: PdfFile): Rebuilt | null {
  const fresh = [...readFields(after)].filter(
    ([name, { signature }]) => signature !== null && !before.fields.get(name)?.signature,
  );
  const [field, state] = fresh[0] ?? [];
  if (fresh.length !== 1 || field === undefined || !isArchiveField(field)) return null;
  const found = readSignature(after, state?.signature ?? undefined);
  const same = sameBytes(before.file.bytes, after.bytes, { ...found, claimed: '' }, (_, room) =>
    timestampRevision(before, room),
  );
  return { field, same, ...found.parts };
}

/** Writes the next security store's revision again; null when the revision changes no store. */
export function rebuildStore(
  before: PdfFile,
  after: PdfFile,
): { same: boolean; store: SecurityStore } | null {
  if (refOf(before.catalog().get('DSS')) === refOf(after.catalog().get('DSS'))) return null;
  const store = readStore(after);
  if (store === null) return null;
  const expected = storeRevision(before, store);
  return { same: Buffer.from(after.bytes.subarray(before.bytes.length)).equals(expected), store };
}

type Found = {
  claimed: string | null;
  parts: Pick<Rebuilt, 'range' | 'contents' | 'cms'>;
};

function readSignature(file: PdfFile, number: number | undefined): Found {
  const value = number === undefined ? null : file.object(number).value;
  if (!isDict(value)) return { claimed: null, parts: { range: null, contents: null, cms: null } };
  const contents = bytesOf(value.get('Contents')) ?? null;
  const date = Buffer.from(bytesOf(value.get('M')) ?? []).toString('latin1');
  return {
    claimed: PDF_DATE.test(date) ? date : null,
    parts: { range: readRange(value), contents, cms: contents === null ? null : firstDer(contents) },
  };
}

function readRange(value: PdfDict): number[] | null {
  const range = value.get('ByteRange');
  if (!Array.isArray(range)) return null;
  const numbers = range.map((one) => numberOf(one) ?? Number.NaN);
  return numbers.every((one) => Number.isSafeInteger(one) && one >= 0) ? numbers : null;
}

/** The appearance's operators when it is one of ours: an unfiltered stream that draws paths only. */
function readAppearance(file: PdfFile, field: PdfDict): string | null {
  const states = field.get('AP');
  const number = isDict(states) ? refOf(states.get('N')) : undefined;
  const data = number === undefined ? null : file.object(number).data;
  const content = data === null ? null : Buffer.from(data).toString('latin1');
  return content !== null && drawsPathsOnly(content) ? content : null;
}

/** Compares what stands behind `head` with a revision written anew, all but the hex between the brackets. */
function sameBytes(
  head: Uint8Array,
  whole: Uint8Array,
  { claimed, parts }: Found,
  build: (claimed: string, room: number) => Revision,
): boolean {
  if (claimed === null || parts.contents === null) return false;
  let revision: Revision;
  try {
    revision = build(claimed, parts.contents.length);
  } catch {
    return false;
  }
  const actual = Buffer.from(whole.subarray(head.length));
  const expected = Buffer.from(revision.bytes);
  if (actual.length !== expected.length) return false;
  const [from, to] = [revision.gap.start - head.length + 1, revision.gap.end - head.length - 1];
  return (
    actual.subarray(0, from).equals(expected.subarray(0, from)) &&
    actual.subarray(to).equals(expected.subarray(to))
  );
}

/** The manifest's fields with page and rectangle read back from their widgets. */
function placedFields(file: PdfFile, manifest: AgreementManifest): SignatureField[] {
  const states = readFields(file);
  const pages = pageNumbers(file);
  return manifest.fields.map((field) => {
    const value = states.get(field.name)?.value;
    const rect = value?.get('Rect');
    const [left = 0, bottom = 0, right = 0, top = 0] = Array.isArray(rect)
      ? rect.map((one) => numberOf(one) ?? 0)
      : [];
    const page = pages.indexOf(refOf(value?.get('P')) ?? -1);
    return { ...field, page, rect: { x: left, y: bottom, width: right - left, height: top - bottom } };
  });
}

/** The first DER value of padded bytes; null when there is none. */
export function firstDer(bytes: Uint8Array): Uint8Array | null {
  const first = bytes[1] ?? 0;
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 3) return null;
  let length = first;
  if (count > 0) length = bytes.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  const end = 2 + count + length;
  return end <= bytes.length ? bytes.subarray(0, end) : null;
}
