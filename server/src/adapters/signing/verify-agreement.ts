import { X509Certificate } from 'node:crypto';
import { membersOf } from '../../contract/der.ts';
import type {
  AgreementManifest,
  ProblemCode,
  SigningRole,
  VerificationReport,
  VerifiedSignature,
  VerifiedStamp,
} from '../../ports/signing.ts';
import { type AgreementFile, agreementIn, PLATFORM_FIELD, rankOf } from './agreement-file.ts';
import type { SecurityStore } from './archive-revision.ts';
import { sha256 } from './cades.ts';
import { leadsToRoot, publicKeyOf } from './certificate-path.ts';
import { checkStamp, readLists } from './check-archive.ts';
import { checkSignature, type SignatureCheck } from './check-signature.ts';
import { signerCertificate } from './check-signed-data.ts';
import { DEMO_MARK } from './issue-certificate.ts';
import { openPdf, type PdfFile } from './pdf-file.ts';
import { isDict, refOf } from './pdf-syntax.ts';
import { readCertificate } from './read-certificate.ts';
import {
  firstDer,
  type Rebuilt,
  rebuildCertification,
  rebuildSigning,
  rebuildStore,
  rebuildTimestamp,
} from './rebuild-revision.ts';
import { parseSignedData } from './signed-data.ts';
import { vouchingOf } from './vouching.ts';

/** The only roots that count, each for its own purpose (DER). */
export type Trust = { signerRoots: Uint8Array[]; timestampRoots: Uint8Array[] };

/** Bounds the work on a hostile file; an agreement has at most 61 (60 fields and the platform). */
const MAX_SIGNATURES = 64;

/** What leaves a file incomplete instead of changed: nothing in it is wrong, something is not there yet. */
const MISSING: ReadonlySet<ProblemCode> = new Set(['SIGNATURE_MISSING', 'SEAL_MISSING', 'ARCHIVE_MISSING']);

/** Values of a store: a few issuers and their lists, more with every renewal. */
const MAX_STORED = 256;

type Problem = { code: ProblemCode; field?: string };
type Judged = SignatureCheck & { field: string; role: SigningRole | 'platform'; name: string };

/**
 * Judges any bytes. Every revision behind the drawn base is written again from its few free parts (time,
 * strokes, CMS) and must come out byte for byte: whatever else a reader might see differently is a change.
 * Needs no network and never throws for what is in the file. `now` is when the time-stamp roots must hold.
 */
export function verifyAgreement(pdf: Uint8Array, trust: Trust, now: Date = new Date()): VerificationReport {
  const empty = {
    demo: false,
    manifest: null,
    baseSha256: null,
    signatures: [],
    stamps: [],
    vouching: null,
    effectiveAt: null,
  };
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
  let last = openPdf(certified);
  const { manifest } = agreementIn(last);
  const baseSha256 = sha256(certified).toString('hex');
  const certification = rebuildCertification(heads[base - 1] ?? pdf, certified, manifest);
  const signed: Part[] = [{ rebuilt: certification, end: certified.length }];
  const archive: Archived[] = [];
  let store: SecurityStore | null = null;
  let fresh = false;

  for (let index = base + 1; index < heads.length; index += 1) {
    const before = agreementIn(last);
    const after = openPdf(heads[index] ?? pdf);
    last = after;
    const end = heads[index]?.length ?? pdf.length;
    const complete = signed.length === manifest.fields.length + 1;
    if (manifest.format > 1 && complete) {
      const long = longTerm(before, after, store);
      if (long?.kind === 'store') {
        ({ store } = long);
        fresh = true;
      } else if (long?.kind === 'stamp' && store !== null && fresh) {
        archive.push({ rebuilt: long.rebuilt, end, store });
        fresh = false;
      } else {
        const late = rebuildSigning(before, after) === 'UNKNOWN_FIELD' ? 'UNKNOWN_FIELD' : 'AFTER_SEAL';
        problems.push({ code: long === null ? late : 'ARCHIVE' });
      }
      if (long?.kind === 'store' && !long.same) problems.push({ code: 'ARCHIVE' });
      continue;
    }
    const rebuilt = rebuildSigning(before, after);
    if (typeof rebuilt === 'string') {
      problems.push({ code: rebuilt === 'UNKNOWN_FIELD' ? rebuilt : complete ? 'AFTER_SEAL' : 'STRUCTURE' });
      continue;
    }
    signed.push({ rebuilt, end });
  }

  const stamps = judgeStamps(pdf, archive, trust, now);
  const first = stamps[0]?.ok === true ? stamps[0].time : null;
  const lists = archive[0] === undefined ? null : readLists(archive[0].store);
  const judged = signed.flatMap(({ rebuilt, end }): Judged[] => {
    const required = manifest.fields.find((one) => one.name === rebuilt.field);
    if (required === undefined && rebuilt.field !== PLATFORM_FIELD) return [];
    const check = checkSignature({
      pdf,
      rebuilt,
      end,
      manifest,
      baseSha256,
      trust,
      now: first ?? now,
      lists,
    });
    const { name, role, signerName } = required ?? {
      name: PLATFORM_FIELD,
      role: 'platform' as const,
      signerName: manifest.courtName,
    };
    return [{ ...check, field: name, role, name: signerName }];
  });
  if ((file.sections.at(-1)?.end ?? 0) !== pdf.length) problems.push({ code: 'TRAILING_BYTES' });
  problems.push(...judged.filter((one) => !one.ok).map((one): Problem => problem('CHECK_FAILED', one.field)));
  problems.push(...wholeFileProblems(manifest, judged));
  problems.push(...archiveProblems(manifest, judged, stamps, fresh));
  return report({ manifest, baseSha256, problems, judged, stamps });
}

type Part = { rebuilt: Rebuilt; end: number };
type JudgedStamp = VerifiedStamp & { path: Uint8Array[] };
type Archived = Part & { store: SecurityStore };

/** Reads a revision behind the last signature: a new store that keeps what the old one had, or a time stamp. */
function longTerm(
  before: AgreementFile,
  after: PdfFile,
  old: SecurityStore | null,
): { kind: 'store'; store: SecurityStore; same: boolean } | { kind: 'stamp'; rebuilt: Rebuilt } | null {
  const found = rebuildStore(before.file, after);
  if (found !== null) {
    const keeps = (was: Uint8Array[], is: Uint8Array[]) =>
      was.every((der, index) => Buffer.from(der).equals(is[index] ?? new Uint8Array()));
    const kept =
      old === null ||
      (keeps(old.certificates, found.store.certificates) && keeps(old.lists, found.store.lists));
    return { kind: 'store', store: found.store, same: found.same && kept && holdsOnlyDer(found.store) };
  }
  const rebuilt = rebuildTimestamp(before, after);
  return rebuilt === null ? null : { kind: 'stamp', rebuilt };
}

/** Certificates and lists alone: a store has room for any stowaway, and its stamp is to be had from a stranger. */
function holdsOnlyDer({ certificates, lists }: SecurityStore): boolean {
  try {
    certificates.forEach(readCertificate);
    return (
      certificates.length + lists.length <= MAX_STORED && lists.every((der) => membersOf(der).length === 3)
    );
  } catch {
    return false;
  }
}

/** Each stamp must hold until the next one; the newest holds today. */
function judgeStamps(pdf: Uint8Array, archive: Archived[], trust: Trust, now: Date): JudgedStamp[] {
  const stamps: JudgedStamp[] = [];
  let until = now;
  for (let index = archive.length - 1; index >= 0; index -= 1) {
    const { rebuilt, end } = archive[index] as Archived;
    const next = archive[index + 1];
    const lists = next === undefined ? null : readLists(next.store);
    const stamp = checkStamp({
      pdf,
      rebuilt,
      end,
      timestampRoots: trust.timestampRoots,
      now: until,
      lists,
    });
    stamps.unshift(stamp);
    if (stamp.ok && stamp.time !== null) until = stamp.time;
  }
  return stamps;
}

/** Since format 2 a complete file ends with a document time stamp that is not older than what it covers. */
function archiveProblems(
  manifest: AgreementManifest,
  judged: Judged[],
  stamps: VerifiedStamp[],
  unstamped: boolean,
): Problem[] {
  if (manifest.format === 1 || judged.length <= manifest.fields.length) return [];
  const problems = stamps.filter(({ ok }) => !ok).map((one) => problem('ARCHIVE', one.field));
  if (stamps.length === 0) problems.push({ code: 'ARCHIVE_MISSING' });
  else if (unstamped) problems.push({ code: 'AFTER_SEAL' });
  let time = judged.at(-1)?.time?.getTime() ?? 0;
  for (const stamp of stamps) {
    if (stamp.time !== null && stamp.time.getTime() < time) problems.push(problem('TIME_ORDER', stamp.field));
    time = stamp.time?.getTime() ?? time;
  }
  return problems;
}

function report(input: {
  manifest: AgreementManifest;
  baseSha256: string;
  problems: Problem[];
  judged: Judged[];
  stamps: JudgedStamp[];
}): VerificationReport {
  const { problems, judged, manifest, stamps } = input;
  const onlyMissing = problems.every(({ code }) => MISSING.has(code));
  const verdict = problems.length === 0 ? 'genuine' : onlyMissing ? 'incomplete' : 'changed';
  const signatures = judged.map(({ der: _, path: __, stampPath: ___, ...one }): VerifiedSignature => one);
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
    stamps: stamps.map(({ path: _, ...one }) => one),
    vouching: trusted ? whoVouches(judged, stamps) : null,
    effectiveAt,
  };
}

/** People's and the committee's signatures decide; the platform's certification alone speaks for nobody. */
function whoVouches(judged: Judged[], stamps: JudgedStamp[]) {
  const people = judged.filter(({ role }) => role !== 'platform');
  const paths = (people.length > 0 ? people : judged).flatMap(({ path }) => (path === null ? [] : [path]));
  const times = [...judged.map(({ stampPath }) => stampPath), ...stamps.map(({ path }) => path)];
  return vouchingOf(
    paths,
    times.flatMap((path) => (path === null || path.length === 0 ? [] : [path])),
  );
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

/** Each section is read again as a file of its own: bytes × sections beyond this are no agreement but a burden. */
const MAX_READ_BYTES = 128 * 1024 * 1024;

/** The first section whose catalog carries a DocMDP permission, if it stands on a drawn one. */
function baseIndex(pdf: Uint8Array, file: PdfFile): number | null {
  if (file.sections.length * pdf.length > MAX_READ_BYTES) throw new Error('too many sections for its size');
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
