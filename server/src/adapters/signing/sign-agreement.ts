import { verify, X509Certificate } from 'node:crypto';
import { fromHex } from '../../contract/der.ts';
import { buildSignedAttributes, isDerSignature } from '../../contract/signing-client.ts';
import { DomainError } from '../../domain/errors.ts';
import type {
  AgreementManifest,
  PreparedSignature,
  ProblemCode,
  SealImage,
  SignedRevision,
  Signing,
} from '../../ports/signing.ts';
import type { Timestamp } from '../../ports/timestamp.ts';
import { type AgreementFile, openAgreement, PLATFORM_FIELD, rankOf } from './agreement-file.ts';
import { cadesRoom, finish, rangeDigest, sha256, signWith } from './cades.ts';
import { bindingOf, subjectOf } from './certificate-path.ts';
import { certificationRevision, pdfDate } from './certification-revision.ts';
import { signerCertificate } from './check-signed-data.ts';
import { inkAppearance } from './ink-appearance.ts';
import type { BuiltInCa } from './open-ca.ts';
import { openPdf } from './pdf-file.ts';
import type { Revision } from './pdf-revision.ts';
import { PdfSyntaxError } from './pdf-syntax.ts';
import { demoMark, sealAppearance } from './seal-appearance.ts';
import { seatedSeal } from './seal-image.ts';
import { parseSignedData } from './signed-data.ts';
import { signingRevision, sizeOf } from './signing-revision.ts';
import { type Trust, verifyAgreement } from './verify-agreement.ts';

/** What the verbs below share. */
export type SigningKit = {
  ca: Pick<BuiltInCa, 'demo' | 'platformSigner' | 'committeeSigner' | 'revocationLists'>;
  timestamp: Timestamp;
  trust: Trust;
  /** Revocation lists of those certificates that the built-in authority did not issue. */
  externalLists(certificates: Uint8Array[]): Promise<Uint8Array[]>;
};

type Input<Verb extends keyof Signing> = Signing[Verb] extends (input: infer I) => unknown ? I : never;

/** See `Signing.certifyBase`. */
export async function certifyBase(
  kit: SigningKit,
  { pdf, fields, manifest: facts }: Input<'certifyBase'>,
): Promise<{ pdf: Uint8Array; sha256: string; certifiedAt: Date }> {
  const manifest: AgreementManifest = {
    format: 2,
    demo: kit.ca.demo,
    ...facts,
    fields: fields.map(({ name, role, signerName, personId }) => ({ name, role, signerName, personId })),
  };
  const signer = await kit.ca.platformSigner(facts);
  const room = await cadesRoom(signer, kit.timestamp.maxTokenBytes);
  const claimed = pdfDate(new Date());
  let revision: Revision;
  try {
    revision = certificationRevision({ file: openPdf(pdf), fields, manifest, claimed, room });
  } catch (error) {
    if (error instanceof PdfSyntaxError) throw new DomainError('DRAFT_INVALID', { reason: error.message });
    throw error;
  }
  const textSha256 = fromHex(manifest.textSha256);
  const signed = await signWith(signer, { head: pdf, revision, textSha256, timestamp: kit.timestamp });
  const written = settle(kit, signed, PLATFORM_FIELD);
  return { pdf: written.pdf, sha256: written.sha256, certifiedAt: written.signedAt };
}

/** See `Signing.prepareSignature`. */
export async function prepareSignature(
  kit: SigningKit,
  input: Input<'prepareSignature'>,
): Promise<PreparedSignature> {
  const { head, fieldName } = input;
  const agreement = open(head);
  const { role, width, height } = openField(agreement, fieldName);
  if (role === 'committee') throw new DomainError('FORBIDDEN', { field: fieldName });
  const revision = signingRevision({
    agreement,
    fieldName,
    appearance: inkAppearance(input.ink, width, height),
    claimed: pdfDate(input.claimedTime),
    room: await cadesRoom(input, kit.timestamp.maxTokenBytes),
  });
  return {
    fieldName,
    headSha256: sha256(head).toString('hex'),
    revision: Buffer.from(revision.bytes).toString('base64'),
    gap: revision.gap,
    digest: rangeDigest(head, revision).toString('hex'),
  };
}

/** See `Signing.completeSignature`. */
export async function completeSignature(
  kit: SigningKit,
  input: Input<'completeSignature'>,
): Promise<SignedRevision> {
  const { head, prepared, certificate, signature } = input;
  if (sha256(head).toString('hex') !== prepared.headSha256) throw new DomainError('HEAD_MOVED');
  const { manifest } = open(head);
  const field = manifest.fields.find(({ name }) => name === prepared.fieldName);
  const binding = bindingOf(certificate);
  if (field === undefined || binding?.role !== field.role || binding.personId !== field.personId) {
    throw new DomainError('CERTIFICATE_INVALID');
  }
  const revision = { bytes: Buffer.from(prepared.revision, 'base64'), gap: prepared.gap };
  const expected = await buildSignedAttributes({
    digest: rangeDigest(head, revision),
    certificate,
    textSha256: fromHex(manifest.textSha256),
  });
  const key = { key: new X509Certificate(certificate).publicKey, dsaEncoding: 'der' } as const;
  const holds =
    Buffer.from(expected).equals(input.signedAttributes) &&
    isDerSignature(signature) &&
    verify('sha256', expected, key, signature);
  if (!holds) throw new DomainError('SIGNATURE_INVALID');
  const signed = await finish({ ...input, revision, timestamp: kit.timestamp });
  return settle(kit, signed, prepared.fieldName);
}

/** See `Signing.sealField`. */
export async function sealField(kit: SigningKit, input: Input<'sealField'>): Promise<SignedRevision> {
  const { head, fieldName, committee } = input;
  const agreement = open(head);
  const { role, personId, signerName, width, height } = openField(agreement, fieldName);
  if (role !== 'committee' || personId !== committee.committeeId || signerName !== committee.committeeName) {
    throw new DomainError('FORBIDDEN', { field: fieldName });
  }
  const { committeeName } = committee;
  const { demo, textSha256 } = agreement.manifest;
  const signer = await kit.ca.committeeSigner(committee);
  const revision = signingRevision({
    agreement,
    fieldName,
    appearance: sealFace({ image: input.image, committeeName, demo, width, height }),
    claimed: pdfDate(input.claimedTime),
    room: await cadesRoom(signer, kit.timestamp.maxTokenBytes),
  });
  const signed = await signWith(signer, {
    head,
    revision,
    textSha256: fromHex(textSha256),
    timestamp: kit.timestamp,
  });
  return settle(kit, signed, fieldName);
}

/** The registered image, marked in a demonstration; only a demonstration draws a seal of its own. */
function sealFace(seal: {
  image: SealImage | undefined;
  committeeName: string;
  demo: boolean;
  width: number;
  height: number;
}): string {
  const { image, demo, width, height } = seal;
  if (image === undefined) {
    if (!demo) throw new DomainError('SEAL_NOT_REGISTERED');
    return sealAppearance(seal);
  }
  const face = seatedSeal(image, width, height);
  return demo ? `${face}\n${demoMark(width, height)}` : face;
}

/** A required field that is free and whose turn it is, with its size in points. */
function openField(agreement: AgreementFile, fieldName: string) {
  const { manifest, fields } = agreement;
  const required = manifest.fields.find(({ name }) => name === fieldName);
  const state = fields.get(fieldName);
  if (required === undefined || state === undefined) throw new DomainError('NOT_FOUND', { field: fieldName });
  if (state.signature !== null) throw new DomainError('ALREADY_SIGNED', { field: fieldName });
  const waiting = manifest.fields.filter(
    ({ name, role }) => rankOf(role) < rankOf(required.role) && !fields.get(name)?.signature,
  );
  if (waiting.length > 0)
    throw new DomainError('NOT_YOUR_TURN', { waiting: waiting.map(({ name }) => name) });
  const [width, height] = sizeOf(state);
  return { ...required, width, height };
}

function open(head: Uint8Array): AgreementFile {
  try {
    return openAgreement(head);
  } catch {
    throw new DomainError('FILE_UNREADABLE');
  }
}

const BLAME: Partial<Record<ProblemCode, 'CERTIFICATE_INVALID' | 'TIMESTAMP_UNAVAILABLE'>> = {
  CERTIFICATE_REUSED: 'CERTIFICATE_INVALID',
  TIME_ORDER: 'TIMESTAMP_UNAVAILABLE',
};

/** Verifies what was written: only missing signatures may be left. Nothing weaker leaves this function. */
function settle(
  { trust }: SigningKit,
  { pdf, token }: { pdf: Uint8Array; token: Uint8Array },
  fieldName: string,
): SignedRevision {
  const { verdict, problems, signatures, baseSha256 } = verifyAgreement(pdf, trust);
  const own = signatures.find(({ field }) => field === fieldName);
  if ((verdict !== 'genuine' && verdict !== 'incomplete') || !own?.time || baseSha256 === null) {
    const failed = own?.checks.find(({ ok }) => !ok)?.code;
    const first = problems[0]?.code;
    const certificate = failed === 'BINDING' || failed === 'CHAIN' || failed === 'CERTIFICATE_REFERENCE';
    const blamed = certificate ? 'CERTIFICATE_INVALID' : (first && BLAME[first]) || 'SIGNATURE_INVALID';
    throw new DomainError(blamed, { field: fieldName, problem: first, check: failed });
  }
  const authority = signerCertificate(parseSignedData(token));
  return {
    pdf,
    sha256: sha256(pdf).toString('hex'),
    fieldName,
    signedAt: own.time,
    token,
    tokenAuthority: authority === null ? '' : subjectOf(authority),
  };
}
