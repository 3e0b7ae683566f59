import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { toHex } from '../../contract/der.ts';
import {
  buildSignedAttributes,
  createCertificateRequest,
  generateSigningKey,
  hashText,
  signAttributes,
} from '../../contract/signing-client.ts';
import type { Signer } from '../../ports/signer.ts';
import type {
  CertificateSubject,
  Ink,
  IssuedCertificate,
  SealImage,
  SignatureField,
  SignedRevision,
  Signing,
} from '../../ports/signing.ts';
import { builtInTsa } from './built-in-tsa.ts';
import type { BuiltInCa } from './open-ca.ts';
import { openSigning, type SigningOptions } from './open-signing.ts';
import type { TimestampTransport } from './timestamp-client.ts';

export const COURT = { courtId: '0190c0aa-0000-7000-8000-000000000001', courtName: '鄞州区人民法院' };
export const COMMITTEE = {
  ...COURT,
  committeeId: '0190c0aa-0000-7000-8000-00000000000c',
  committeeName: '禾岸村人民调解委员会',
};
type Variation = {
  drawn?: Uint8Array;
  changes?: Partial<{ courtId: string; courtName: string; caseNumber: string; versionId: string }>;
  committeeId?: string;
};
export const TEXT = { title: '人民调解协议书', terms: ['周建波于2025年11月15日前支付陈阿根26,000元'] };
export const textSha256 = await hashText(TEXT);
export const MANIFEST = {
  ...COURT,
  caseNumber: '（2025）禾岸人调字第12号',
  versionId: '0190c0aa-0000-7000-8000-0000000000aa',
  textSha256: toHex(textSha256),
};
export const INK: Ink = {
  width: 300,
  height: 120,
  strokes: [
    [
      [0.1, 0.2],
      [0.2, 0.5],
      [0.4, 0.3],
      [0.6, 0.8],
    ],
    [[0.3, 0.3]],
  ],
};

const field = (
  name: string,
  role: SignatureField['role'],
  signerName: string,
  personId: string,
  [x, y, width, height]: [number, number, number, number],
): SignatureField => ({ name, role, signerName, personId, page: 1, rect: { x, y, width, height } });

export const FIELDS: SignatureField[] = [
  field('party-1', 'party', '陈阿根', '0190c0aa-0000-7000-8000-000000000011', [60, 300, 120, 40]),
  field('party-2', 'party', '周建波', '0190c0aa-0000-7000-8000-000000000012', [60, 250, 120, 40]),
  field('mediator', 'mediator', '沈玉珍', '0190c0aa-0000-7000-8000-000000000013', [220, 300, 120, 40]),
  field('recorder', 'recorder', '王海', '0190c0aa-0000-7000-8000-000000000014', [380, 300, 120, 40]),
  field('committee', 'committee', COMMITTEE.committeeName, COMMITTEE.committeeId, [380, 120, 120, 120]),
];

/** A square of ink in a registered size. */
export const SEAL_IMAGE: SealImage = {
  width: 40,
  height: 40,
  widthMm: 40,
  heightMm: 40,
  colour: [200, 30, 25],
  runs: Array.from({ length: 30 }, (_, row) => [row + 5, 5, 35]),
};

/** A small two-page drawing by pdfkit. */
export async function drawSample(text = 'Mediation agreement'): Promise<Uint8Array> {
  const document = new PDFDocument({ size: 'A4', info: { Title: text } });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise((resolve) => document.on('end', resolve));
  document.text(text).addPage().text('signatures').end();
  await ended;
  return Buffer.concat(parts);
}

/** A signing kit over a fresh directory, which `close` removes. */
export async function openSample(options: Partial<SigningOptions> = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-signing-'));
  const kit = await openSigning({ dir, passphrase: 'sample', demo: true, ...options });
  return { kit, dir, close: () => rm(dir, { recursive: true, force: true }) };
}

/** The built-in authority's transport, which every demonstration has. */
export const tsaOf = (ca: BuiltInCa): TimestampTransport => builtInTsa(ca.timestampSigner);

/** A person's device: key, certificate and a signer over both. */
export async function issueFor(
  kit: Signing,
  name: string,
  baseSha256: string,
  changes: Partial<CertificateSubject> = {},
): Promise<{ issued: IssuedCertificate; signer: Signer }> {
  const { role, signerName, personId } = fieldNamed(name);
  const keys = await generateSigningKey();
  const subject = {
    ...COURT,
    caseNumber: MANIFEST.caseNumber,
    personId,
    name: signerName,
    role,
    verification: 'ID_CARD_ON_SITE',
    baseSha256,
    ...changes,
  };
  const issued = await kit.issueCertificate({ csr: await createCertificateRequest(keys), subject });
  const sign = (message: Uint8Array) => signAttributes(keys.privateKey, message);
  return { issued, signer: { certificate: issued.certificate, chain: issued.chain, sign } };
}

/** One person's whole signing as a browser and the server do it together. */
export async function signField(
  kit: Signing,
  head: Uint8Array,
  name: string,
  baseSha256: string,
  changes: Partial<CertificateSubject> = {},
): Promise<SignedRevision> {
  const { issued, signer } = await issueFor(kit, name, baseSha256, changes);
  const { certificate, chain } = issued;
  const prepared = await kit.prepareSignature({
    head,
    fieldName: name,
    ink: INK,
    certificate,
    chain,
    claimedTime: new Date(),
  });
  const digest = Buffer.from(prepared.digest, 'hex');
  const signedAttributes = await buildSignedAttributes({ digest, certificate, textSha256 });
  const signature = await signer.sign(signedAttributes);
  return kit.completeSignature({ head, prepared, certificate, chain, signedAttributes, signature });
}

/**
 * Certified base, then the given fields in order, then the archive. `heads` holds the file after each step. `drawn` and
 * `changes` make it another document, or one of another case or court.
 */
export async function signSample(
  kit: Signing,
  names: string[] = FIELDS.map(({ name }) => name),
  { drawn, changes = {}, committeeId }: Variation = {},
) {
  const committee = { ...COMMITTEE, ...changes, committeeId: committeeId ?? COMMITTEE.committeeId };
  const fields = FIELDS.map((one) =>
    one.role === 'committee' ? { ...one, personId: committee.committeeId } : one,
  );
  const pdf = drawn ?? (await drawSample());
  const base = await kit.certifyBase({ pdf, fields, manifest: { ...MANIFEST, ...changes } });
  const heads = [base.pdf];
  for (const name of names) {
    const head = heads.at(-1) ?? base.pdf;
    const signed =
      name === 'committee'
        ? await kit.sealField({
            head,
            fieldName: name,
            committee,
            claimedTime: new Date(),
            ...(kit.demo ? {} : { image: SEAL_IMAGE }),
          })
        : await signField(kit, head, name, base.sha256, changes);
    heads.push(signed.pdf);
  }
  const sealed = heads.at(-1) ?? base.pdf;
  if (names.includes('committee')) heads.push((await kit.archive({ head: sealed, revoked: [] })).pdf);
  const unsealed = heads[names.length - 1] ?? base.pdf;
  return { base, heads, unsealed, sealed, pdf: heads.at(-1) ?? base.pdf };
}

export function fieldNamed(name: string): SignatureField {
  const found = FIELDS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
}
