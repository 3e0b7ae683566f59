import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Signer as LibSigner, PDF } from '@libpdf/core';
import { plainAddPlaceholder } from '@signpdf/placeholder-plain';
import { P12Signer } from '@signpdf/signer-p12';
import { SignPdf } from '@signpdf/signpdf';
import { drawAgreement } from '../../server/src/adapters/pdf/agreement.ts';
import { openAgreement } from '../../server/src/adapters/signing/agreement-file.ts';
import { builtInTsa } from '../../server/src/adapters/signing/built-in-tsa.ts';
import { rangeDigest } from '../../server/src/adapters/signing/cades.ts';
import { pdfDate } from '../../server/src/adapters/signing/certification-revision.ts';
import { inkAppearance } from '../../server/src/adapters/signing/ink-appearance.ts';
import { openCa } from '../../server/src/adapters/signing/open-ca.ts';
import { openSigning } from '../../server/src/adapters/signing/open-signing.ts';
import { fillGap } from '../../server/src/adapters/signing/pdf-revision.ts';
import { buildSignedData } from '../../server/src/adapters/signing/signed-data.ts';
import { signingRevision, sizeOf } from '../../server/src/adapters/signing/signing-revision.ts';
import { timestampClient } from '../../server/src/adapters/signing/timestamp-client.ts';
import { bits, integer, oid, sequence, tagged } from '../../server/src/contract/der.ts';
import {
  buildSignedAttributes,
  OID_DATA,
  OID_ECDSA_SHA256,
} from '../../server/src/contract/signing-client.ts';
import type { CertificateSubject, SignatureField, Signing } from '../../server/src/ports/signing.ts';
import { median, sample } from './pdf-draw.ts';
import type { Row } from './run.ts';

const WARM_UP = 3;
const ROUNDS = 20;
export const vouching = { identity: 'DEMO', time: 'INSTALLATION', provider: null } as const;
export const court = { courtId: '0190c0aa-0000-7000-8000-000000000001', courtName: '明州区人民法院云桥法庭' };
/** A signature of ordinary length: three strokes of forty points. */
export const ink = {
  width: 350,
  height: 196,
  strokes: [0, 1, 2].map((n) =>
    Array.from({ length: 40 }, (_, i): [number, number] => [
      0.1 + n * 0.28 + i * 0.006,
      0.5 + 0.3 * Math.sin(i / 3),
    ]),
  ),
};
export const textSha256 = new Uint8Array(32).fill(5);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** A person's device in this process: the same key and the same way of signing for every library. */
export type Device = { publicKey: Uint8Array; sign(message: Uint8Array): Uint8Array; csr: Uint8Array };
export function device(): Device {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = new Uint8Array(keys.publicKey.export({ type: 'spki', format: 'der' }));
  const by = (message: Uint8Array) =>
    new Uint8Array(sign('sha256', message, { key: keys.privateKey, dsaEncoding: 'der' }));
  const info = sequence(integer(0), sequence(), publicKey, tagged(0));
  const csr = sequence(info, sequence(oid(OID_ECDSA_SHA256)), bits(by(info)));
  return { publicKey, sign: by, csr };
}

/** Signing and sealing beside @libpdf/core and @signpdf on the same document, key and time-stamp authority. */
export async function signing(): Promise<Row[]> {
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-bench-'));
  try {
    const options = { dir, passphrase: 'bench', demo: true };
    const kit = await openSigning(options);
    const drawn = await drawAgreement(sample(), { verifyUrl: 'http://127.0.0.1:3000/verify', vouching });
    const bench = { kit, dir, drawn };
    return [...(await visible(bench)), ...(await longTerm(bench)), ...(await others(bench))];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

type Bench = { kit: Signing; dir: string; drawn: { pdf: Uint8Array; fields: SignatureField[] } };

export const manifest = {
  ...court,
  caseNumber: '（2026）禾岸人调字第12号',
  versionId: '0190c0aa-0000-7000-8000-0000000000aa',
  textSha256: hex(textSha256),
};

export function subjectOf(field: SignatureField, baseSha256: string): CertificateSubject {
  const { role, personId, signerName } = field;
  const { caseNumber } = manifest;
  return {
    ...court,
    caseNumber,
    personId,
    name: signerName,
    role,
    verification: 'ID_CARD_ON_SITE',
    baseSha256,
  };
}

const libSigner = (one: Device, certificate: Uint8Array, chain: Uint8Array[]): LibSigner => ({
  certificate,
  certificateChain: chain,
  keyType: 'EC',
  signatureAlgorithm: 'ECDSA',
  sign: async (data) => one.sign(data),
});

/** One visible B-B signature of ours over one invisible of libpdf, both on the certified base. */
async function visible({ kit, drawn }: Bench): Promise<Row[]> {
  const base = await kit.certifyBase({ pdf: drawn.pdf, fields: drawn.fields, manifest });
  const field = firstOf(drawn.fields);
  const one = device();
  const { certificate, chain } = await kit.issueCertificate({
    csr: one.csr,
    subject: subjectOf(field, base.sha256),
  });
  const ours = async () => {
    const agreement = openAgreement(base.pdf);
    const state = agreement.fields.get(field.name);
    if (state === undefined) throw new Error('no field');
    const [width, height] = sizeOf(state);
    const revision = signingRevision({
      agreement,
      fieldName: field.name,
      appearance: inkAppearance(ink, width, height),
      claimed: pdfDate(new Date()),
      room: 4096,
    });
    const digest = rangeDigest(base.pdf, revision);
    const signedAttributes = await buildSignedAttributes({ digest, certificate, textSha256 });
    const signature = one.sign(signedAttributes);
    const cms = buildSignedData({
      contentType: OID_DATA,
      content: null,
      signedAttributes,
      signature,
      certificate,
      chain,
    });
    const filled = fillGap(revision, cms, base.pdf.length);
    if (filled === null) throw new Error('too large');
    return Buffer.concat([base.pdf, filled]);
  };
  const theirs = async () => {
    const pdf = await PDF.load(base.pdf);
    return pdf.sign({ signer: libSigner(one, certificate, chain), level: 'B-B' });
  };
  const [value, reference] = await turns(ours, theirs);
  return [
    ratio(
      'sign.visible_bb',
      value,
      reference,
      '@libpdf/core, invisible; certificate issued before; goal ≤ 1.5',
    ),
  ];
}

/** Signature with token, DSS and document time stamp; ours verifies what it wrote, twice. */
async function longTerm({ kit, dir, drawn }: Bench): Promise<Row[]> {
  const field = firstOf(drawn.fields);
  const base = await kit.certifyBase({ pdf: drawn.pdf, fields: [field], manifest });
  const one = device();
  const { certificate, chain } = await kit.issueCertificate({
    csr: one.csr,
    subject: subjectOf(field, base.sha256),
  });
  const ca = await openCa({ dir, passphrase: 'bench', demo: true });
  const client = timestampClient({
    transport: builtInTsa(ca.timestampSigner),
    roots: [ca.timestampRoot],
    maxTokenBytes: 4096,
  });
  const ours = async () => {
    const head = base.pdf;
    const prepared = await kit.prepareSignature({
      head,
      fieldName: field.name,
      ink,
      certificate,
      chain,
      claimedTime: new Date(),
    });
    const digest = new Uint8Array(Buffer.from(prepared.digest, 'hex'));
    const signedAttributes = await buildSignedAttributes({ digest, certificate, textSha256 });
    const signature = one.sign(signedAttributes);
    const signed = await kit.completeSignature({
      head,
      prepared,
      certificate,
      chain,
      signedAttributes,
      signature,
    });
    return kit.archive({ head: signed.pdf, revoked: [] });
  };
  const timestampAuthority = { timestamp: (digest: Uint8Array) => client.stamp(digest) };
  const revocationProvider = {
    getOCSP: async () => null,
    getCRL: async () => (await ca.revocationLists(court, []))[0],
  };
  const theirs = async () => {
    const pdf = await PDF.load(base.pdf);
    await pdf.sign({ signer: libSigner(one, certificate, chain), level: 'B-T', timestampAuthority });
    return pdf.addArchivalData({ timestampAuthority, revocationProvider });
  };
  const [value, reference] = await turns(ours, theirs);
  return [
    ratio('sign.blta', value, reference, '@libpdf/core B-T + addArchivalData, same authority; goal ≤ 1.5'),
  ];
}

/** What stands around it: a certificate, @signpdf (RSA, no time stamp, no field of its own), the bare signature. */
async function others({ kit, drawn }: Bench): Promise<Row[]> {
  const field = firstOf(drawn.fields);
  const subject = subjectOf(field, 'ab'.repeat(32));
  const one = device();
  const issue = await time(() => kit.issueCertificate({ csr: one.csr, subject }));
  const raw = await time(async () => one.sign(textSha256));
  const p12 = selfSignedP12();
  const old = await time(async () => {
    const pdfBuffer = plainAddPlaceholder({
      pdfBuffer: Buffer.from(drawn.pdf),
      reason: 'bench',
      contactInfo: '',
      name: 'bench',
      location: '',
    });
    return new SignPdf().sign(pdfBuffer, new P12Signer(p12, { passphrase: '' }));
  });
  return [
    absolute('sign.one_time_certificate', issue, 'ms', 'P-256, request checked, six extensions'),
    absolute('sign.signpdf', old, 'ms', '@signpdf: RSA-2048, invisible, no ESS, no DocMDP'),
    absolute('sign.raw_p256', raw, 'ms', 'the bare signature of 32 octets: the limit'),
  ];
}

/** Medians of the two taken in turn, so that a busy machine slows both alike. */
async function turns(
  ours: () => Promise<unknown>,
  theirs: () => Promise<unknown>,
): Promise<[number, number]> {
  const [a, b]: [number[], number[]] = [[], []];
  for (let n = 0; n < ROUNDS + WARM_UP; n += 1) {
    const [x, y] = [await once(ours), await once(theirs)];
    if (n >= WARM_UP) {
      a.push(x);
      b.push(y);
    }
  }
  return [median(a), median(b)];
}

export async function time(work: () => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < ROUNDS + WARM_UP; n += 1) {
    const ms = await once(work);
    if (n >= WARM_UP) all.push(ms);
  }
  return median(all);
}

async function once(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function firstOf(fields: SignatureField[]): SignatureField {
  const [field] = fields;
  if (field === undefined) throw new Error('no field');
  return field;
}

const ratio = (name: string, value: number, reference: number, note: string): Row => ({
  name,
  kind: 'ratio',
  value,
  unit: 'ms',
  reference,
  ratio: value / reference,
  note,
});
export const absolute = (name: string, value: number, unit: string, note: string): Row => ({
  name,
  kind: 'absolute',
  value,
  unit,
  reference: null,
  ratio: null,
  note,
});

/** The little of node-forge that this uses; it ships no types. */
type Forge = {
  pki: {
    rsa: { generateKeyPair(bits: number): { publicKey: unknown; privateKey: unknown } };
    createCertificate(): {
      publicKey: unknown;
      serialNumber: string;
      validity: { notBefore: Date; notAfter: Date };
      setSubject(name: object[]): void;
      setIssuer(name: object[]): void;
      sign(key: unknown, digest: unknown): void;
    };
  };
  md: { sha256: { create(): unknown } };
  pkcs12: {
    toPkcs12Asn1(key: unknown, certificates: unknown[], password: string, options: object): unknown;
  };
  asn1: { toDer(value: unknown): { getBytes(): string } };
};
/** A self-signed RSA-2048 identity, as @signpdf wants it. */
function selfSignedP12(): Buffer {
  const forge = createRequire(import.meta.url)('node-forge') as Forge;
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date();
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000);
  const name = [{ name: 'commonName', value: 'bench' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  const p12 = forge.pkcs12.toPkcs12Asn1(keys.privateKey, [certificate], '', { algorithm: '3des' });
  return Buffer.from(forge.asn1.toDer(p12).getBytes(), 'binary');
}
