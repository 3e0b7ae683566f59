import { X509Certificate } from 'node:crypto';
import type {
  AgreementManifest,
  ProblemCode,
  SigningRole,
  VerificationReport,
  VerifiedSignature,
} from '../../ports/signing.ts';
import { openAgreement, PLATFORM_FIELD, rankOf } from './agreement-file.ts';
import { sha256 } from './cades.ts';
import { leadsToRoot, publicKeyOf } from './certificate-path.ts';
import { checkSignature, type SignatureCheck } from './check-signature.ts';
import { signerCertificate } from './check-signed-data.ts';
import { DEMO_MARK } from './issue-certificate.ts';
import { openPdf, type PdfFile } from './pdf-file.ts';
import { isDict, refOf } from './pdf-syntax.ts';
import { firstDer, type Rebuilt, rebuildCertification, rebuildSigning } from './rebuild-revision.ts';
import { parseSignedData } from './signed-data.ts';

/** The only roots that count, each for its own purpose (DER). */
export type Trust = { signerRoots: Uint8Array[]; timestampRoots: Uint8Array[] };

/** Bounds the work on a hostile file; an agreement has at most 61 (60 fields and the platform). */
const MAX_SIGNATURES = 64;

type Problem = { code: ProblemCode; field?: string };
type Judged = SignatureCheck & { field: string; role: SigningRole | 'platform'; name: string };

/**
 * Judges any bytes. Every revision behind the drawn base is written again from its few free parts (time,
 * strokes, CMS) and must come out byte for byte: whatever else a reader might see differently is a change.
 * Needs no network and never throws for what is in the file. `now` is when the time-stamp roots must hold.
 */
export function verifyAgreement(pdf: Uint8Array, trust: Trust, now: Date = new Date()): VerificationReport {
  const empty = { demo: false, manifest: null, baseSha256: null, signatures: [], effectiveAt: null };
  let report: VerificationReport | null = null;
  try {
    const file = openPdf(pdf);
    const base = baseIndex(pdf, file);
    report = base === null ? null : judge(pdf, file, base, trust, now);
  } catch {
    // What cannot be read strictly is judged by its traces below.
  }
  const certified = report?.signatures[0]?.checks.some(({ code, ok }) => code === 'CHAIN' && ok);
  if (report !== null && certified === true) return report;
  const ours = traces(pdf, trust);
  if (ours.length > 0) {
    const demo = ours.some(({ demo: one }) => one);
    return report ?? { ...empty, demo, verdict: 'changed', problems: [{ code: 'STRUCTURE' }] };
  }
  const tail = Buffer.from(pdf.subarray(-2048));
  const hasHeader = Buffer.from(pdf.subarray(0, 1024)).includes('%PDF-');
  const looksWhole = hasHeader && tail.includes('startxref') && tail.includes('%%EOF');
  return looksWhole
    ? { ...empty, verdict: 'unknown', problems: [{ code: 'NOT_OURS' }] }
    : { ...empty, verdict: 'unreadable', problems: [{ code: 'NOT_A_PDF' }] };
}

/** Judges a file that has our structure: base = index of the section that certifies. */
function judge(pdf: Uint8Array, file: PdfFile, base: number, trust: Trust, now: Date): VerificationReport {
  const problems: Problem[] = [];
  const heads = file.sections.map(({ end }) => pdf.subarray(0, end));
  const certified = heads[base] ?? pdf;
  const { manifest } = openAgreement(certified);
  const baseSha256 = sha256(certified).toString('hex');
  const check = (rebuilt: Rebuilt, end: number) =>
    checkSignature({ pdf, rebuilt, end, manifest, baseSha256, trust, now });

  const judged: Judged[] = [];
  const certification = rebuildCertification(heads[base - 1] ?? pdf, certified, manifest);
  judged.push({
    ...check(certification, certified.length),
    field: PLATFORM_FIELD,
    role: 'platform',
    name: manifest.courtName,
  });
  for (let index = base + 1; index < heads.length; index += 1) {
    const [before, after] = [heads[index - 1] ?? pdf, heads[index] ?? pdf];
    const rebuilt = rebuildSigning(openAgreement(before), openPdf(after));
    if (typeof rebuilt === 'string') {
      const sealed = judged.some((one) => one.role === 'committee');
      problems.push({ code: rebuilt === 'UNKNOWN_FIELD' ? rebuilt : sealed ? 'AFTER_SEAL' : 'STRUCTURE' });
      continue;
    }
    const required = manifest.fields.find((one) => one.name === rebuilt.field);
    if (required === undefined) continue;
    judged.push({
      ...check(rebuilt, after.length),
      field: required.name,
      role: required.role,
      name: required.signerName,
    });
  }
  if ((file.sections.at(-1)?.end ?? 0) !== pdf.length) problems.push({ code: 'TRAILING_BYTES' });
  problems.push(...judged.filter((one) => !one.ok).map((one): Problem => problem('CHECK_FAILED', one.field)));
  problems.push(...wholeFileProblems(manifest, judged));
  return report({ manifest, baseSha256, problems, judged });
}

function report(input: {
  manifest: AgreementManifest;
  baseSha256: string;
  problems: Problem[];
  judged: Judged[];
}): VerificationReport {
  const { problems, judged, manifest } = input;
  const onlyMissing = problems.every(({ code }) => code === 'SIGNATURE_MISSING' || code === 'SEAL_MISSING');
  const verdict = problems.length === 0 ? 'genuine' : onlyMissing ? 'incomplete' : 'changed';
  const signatures = judged.map(({ der: _, ...one }): VerifiedSignature => one);
  const effectiveAt = verdict === 'genuine' ? (signatures.at(-1)?.time ?? null) : null;
  // A base that does not hold may say anything of itself.
  const trusted = signatures[0]?.ok === true;
  return {
    verdict,
    demo: signatures.some(({ certificate }) => certificate.includes(DEMO_MARK)),
    problems,
    manifest: trusted ? manifest : null,
    baseSha256: trusted ? input.baseSha256 : null,
    signatures,
    effectiveAt,
  };
}

/** What no single signature shows: missing ones, one key in two places, order, time running backwards. */
function wholeFileProblems(manifest: AgreementManifest, judged: Judged[]): Problem[] {
  const problems: Problem[] = [];
  for (const { name, role } of manifest.fields) {
    if (judged.some((one) => one.field === name)) continue;
    problems.push(problem(role === 'committee' ? 'SEAL_MISSING' : 'SIGNATURE_MISSING', name));
  }
  const keys = new Set<string>();
  let rank = 0;
  let time = 0;
  for (const one of judged) {
    const key = one.der === null ? null : publicKeyOf(one.der).toString('hex');
    if (key !== null && keys.has(key)) problems.push(problem('CERTIFICATE_REUSED', one.field));
    if (key !== null) keys.add(key);
    const own = one.role === 'platform' ? 0 : rankOf(one.role);
    if (own < rank) problems.push(problem('ORDER', one.field));
    rank = Math.max(rank, own);
    if (one.time !== null && one.time.getTime() < time) problems.push(problem('TIME_ORDER', one.field));
    time = Math.max(time, one.time?.getTime() ?? 0);
  }
  return problems;
}

const problem = (code: ProblemCode, field: string): Problem => ({ code, field });

/** The first section whose catalog carries a DocMDP permission, if it stands on a drawn one. */
function baseIndex(pdf: Uint8Array, file: PdfFile): number | null {
  const index = file.sections.findIndex(({ end }) => {
    const head = openPdf(pdf.subarray(0, end));
    const permissions = head.resolve(head.catalog().get('Perms'));
    return isDict(permissions) && refOf(permissions.get('DocMDP')) !== undefined;
  });
  return index > 0 ? index : null;
}

/** Signatures anywhere in the bytes whose certificate leads to a signer root: the file once was ours. */
function traces(pdf: Uint8Array, { signerRoots }: Trust): { demo: boolean }[] {
  const found: { demo: boolean }[] = [];
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  let tries = 0;
  for (const match of text.matchAll(/\/Contents\s*<([0-9a-fA-F]{200,200000})/g)) {
    tries += 1;
    if (tries > MAX_SIGNATURES) break;
    try {
      const signed = parseSignedData(firstDer(Buffer.from(match[1] ?? '', 'hex')) ?? new Uint8Array());
      const certificate = signerCertificate(signed);
      if (certificate === null) continue;
      const at = [new Date(new X509Certificate(certificate).validFrom)];
      const enclosed = signed.certificates;
      if (!leadsToRoot({ certificate, enclosed, roots: signerRoots, purpose: 'signer', at })) continue;
      found.push({ demo: Buffer.from(certificate).includes(DEMO_MARK) });
    } catch {
      // Not a signature of ours.
    }
  }
  return found;
}
