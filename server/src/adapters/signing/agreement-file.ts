import canonicalize from 'canonicalize';
import * as z from 'zod';
import { DomainError } from '../../domain/errors.ts';
import type { AgreementManifest, SigningRole } from '../../ports/signing.ts';
import { openPdf, type PdfFile } from './pdf-file.ts';
import { bytesOf, isDict, type PdfDict, PdfSyntaxError, refOf } from './pdf-syntax.ts';

/** Private key of the catalog under which the manifest stands. */
export const MANIFEST_KEY = 'TongxiManifest';
/** Name of the invisible field that the platform's certification fills. */
export const PLATFORM_FIELD = 'platform';
/** The document time stamps: the first field stands in the base (since format 2), each renewal adds one. */
export const ARCHIVE_FIELD = 'archive';
export const isArchiveField = (field: string): boolean => /^archive(-[2-9]|-[1-9]\d)?$/.test(field);

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const label = z.string().min(1).max(300);
const manifestSchema = z.strictObject({
  format: z.union([z.literal(1), z.literal(2)]),
  demo: z.boolean(),
  courtId: label,
  courtName: label,
  caseNumber: label,
  versionId: label,
  textSha256: hash,
  fields: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
        role: z.enum(['party', 'agent', 'mediator', 'recorder', 'committee']),
        signerName: label,
        personId: label,
      }),
    )
    .min(1)
    .max(60),
});

const RANK: Record<SigningRole, number> = { party: 0, agent: 0, mediator: 1, recorder: 2, committee: 3 };
/** Position in the order of signing; equal ranks sign in any order. */
export const rankOf = (role: SigningRole): number => RANK[role];

/** A manifest in its one form (RFC 8785), checked; throws DomainError('DRAFT_INVALID'). */
export function writeManifest(manifest: AgreementManifest): string {
  const names = manifest.fields.map((field) => field.name);
  const seals = manifest.fields.filter((field) => field.role === 'committee').length;
  const text = canonicalize(manifest);
  const valid = manifestSchema.safeParse(manifest).success && text !== undefined;
  if (!valid || new Set([...names, PLATFORM_FIELD, ARCHIVE_FIELD]).size !== names.length + 2 || seals > 1) {
    throw new DomainError('DRAFT_INVALID', { part: 'signature-fields' });
  }
  return text;
}

/** A signature field of a file: its object and whether it is signed. */
export type FieldState = { number: number; value: PdfDict; signature: number | null };

/** A certified agreement in some state of signing. */
export type AgreementFile = {
  file: PdfFile;
  manifest: AgreementManifest;
  fields: Map<string, FieldState>;
};

/** Opens bytes as an agreement of ours; throws PdfSyntaxError when they are none. Judges no signature. */
export function openAgreement(bytes: Uint8Array): AgreementFile {
  return agreementIn(openPdf(bytes));
}

/** The same for a file that is open already. */
export function agreementIn(file: PdfFile): AgreementFile {
  return { file, manifest: readManifest(file), fields: readFields(file) };
}

export function readManifest(file: PdfFile): AgreementManifest {
  const number = refOf(file.catalog().get(MANIFEST_KEY));
  const data = number === undefined ? null : file.object(number).data;
  if (data === null) throw new PdfSyntaxError('no manifest');
  const text = Buffer.from(data).toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new PdfSyntaxError('manifest is not JSON');
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success || canonicalize(parsed.data) !== text) throw new PdfSyntaxError('bad manifest');
  return parsed.data;
}

/** Every field of the form by name, the platform's included; throws PdfSyntaxError on anything nested. */
export function readFields(file: PdfFile): Map<string, FieldState> {
  const form = file.resolve(file.catalog().get('AcroForm'));
  const list = isDict(form) ? file.resolve(form.get('Fields')) : null;
  if (!Array.isArray(list)) throw new PdfSyntaxError('no signature fields');
  const fields = new Map<string, FieldState>();
  for (const item of list) {
    const number = refOf(item);
    const value = number === undefined ? null : file.object(number).value;
    const name = isDict(value) ? bytesOf(value.get('T')) : undefined;
    if (number === undefined || !isDict(value) || name === undefined) throw new PdfSyntaxError('bad field');
    const key = Buffer.from(name).toString('latin1');
    if (fields.has(key)) throw new PdfSyntaxError('field twice');
    fields.set(key, { number, value, signature: refOf(value.get('V')) ?? null });
  }
  return fields;
}
