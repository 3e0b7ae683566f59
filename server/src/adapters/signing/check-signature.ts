import { createHash } from 'node:crypto';
import { contentOf, membersOf, oidKey, setOf, TAG, toHex } from '../../contract/der.ts';
import { isDerSignature, OID_DATA, OID_TEXT_SHA256 } from '../../contract/signing-client.ts';
import type { AgreementManifest, CheckCode } from '../../ports/signing.ts';
import { isDemoCertificate } from './authority-roots.ts';
import { coversAllBut } from './byte-range.ts';
import { buildCades, OID_TIMESTAMP_TOKEN, sha256 } from './cades.ts';
import { bindingOf, pathToRoot, subjectOf } from './certificate-path.ts';
import { notRevoked } from './check-archive.ts';
import {
  digestMatches,
  namesCertificate,
  signatureVerifies,
  signerCertificate,
} from './check-signed-data.ts';
import { readCertificate } from './read-certificate.ts';
import type { Rebuilt } from './rebuild-revision.ts';
import type { RevocationList } from './revocation-list.ts';
import { parseSignedData, type SignedData, signedAttribute } from './signed-data.ts';
import { checkTimestampToken } from './timestamp-token.ts';

export type SignatureCheck = {
  time: Date | null;
  certificate: string;
  verification: string;
  checks: { code: CheckCode; ok: boolean }[];
  ok: boolean;
  /** Paths from leaf to root of the certificate and of the token's authority; null when one does not hold. */
  path: Uint8Array[] | null;
  stampPath: Uint8Array[] | null;
  /** DER of the signer's certificate; null when it cannot be read. */
  der: Uint8Array | null;
};

type Input = {
  pdf: Uint8Array;
  rebuilt: Rebuilt;
  /** Where this signature's revision ends. */
  end: number;
  manifest: AgreementManifest;
  baseSha256: string;
  trust: { signerRoots: Uint8Array[]; timestampRoots: Uint8Array[] };
  /** When the token's authority must still hold: the first document time stamp, or today without one. */
  now: Date;
  /** Lists that a document time stamp covers; null while the file has none. */
  lists: RevocationList[] | null;
};

/** Every check of one signature, each on its own, so that a report can name what failed. */
export function checkSignature(input: Input): SignatureCheck {
  const { pdf, rebuilt, end, trust, now } = input;
  const { range, cms } = rebuilt;
  const signed = cms === null ? null : attempt(() => parseSignedData(cms), null);
  const der = signed === null ? null : attempt(() => signerCertificate(signed), null);
  const rangeOk = coversAllBut(pdf, range, end);

  const token = signed?.unsignedAttributes.get(oidKey(OID_TIMESTAMP_TOKEN)) ?? [];
  const stamped =
    signed === null || token.length !== 1 || token[0] === undefined
      ? null
      : checkTimestampToken(token[0], {
          digest: sha256(signed.signature),
          roots: trust.timestampRoots,
          now,
        });
  const on = (test: (signed: SignedData, certificate: Uint8Array) => boolean): boolean =>
    signed !== null && der !== null && attempt(() => test(signed, der), false);

  const path =
    signed === null || der === null
      ? null
      : pathToRoot({
          certificate: der,
          enclosed: signed.certificates,
          roots: trust.signerRoots,
          purpose: 'signer',
          at: [stamped?.time ?? now],
        });
  const results: Partial<Record<CheckCode, boolean>> = {
    BYTE_RANGE: rangeOk,
    DIGEST: on(
      (one) => rangeOk && one.contentType === oidKey(OID_DATA) && digestMatches(one, digestOf(pdf, range)),
    ),
    SIGNATURE: on((one, certificate) => isDerSignature(one.signature) && signatureVerifies(one, certificate)),
    CERTIFICATE_REFERENCE: on((one, certificate) => namesCertificate(one, certificate, { old: false })),
    CHAIN: path !== null,
    BINDING: on((_, certificate) => isBound(certificate, input)),
    TEXT: on(
      (one) =>
        toHex(contentOf(signedAttribute(one, OID_TEXT_SHA256), TAG.octetString)) ===
        input.manifest.textSha256,
    ),
    TIMESTAMP: stamped !== null,
    ENCODING: on((one, certificate) => isOnlyEncoding(one, certificate, rebuilt)),
    REVISION: rebuilt.same,
  };
  if (input.lists !== null) {
    const { lists } = input;
    const at = { at: stamped?.time ?? now, until: now };
    results.REVOCATION =
      path !== null &&
      stamped !== null &&
      notRevoked(path, lists, { ...at, fresh: true }) &&
      notRevoked(stamped.path, lists, { ...at, fresh: false });
  }
  const checks = Object.entries(results).map(([code, ok]) => ({ code: code as CheckCode, ok }));
  return {
    time: stamped?.time ?? null,
    certificate: der === null ? '' : attempt(() => subjectOf(der), ''),
    verification: der === null ? '' : (bindingOf(der)?.verification ?? ''),
    checks,
    ok: checks.every((check) => check.ok),
    path,
    stampPath: stamped?.path ?? null,
    der: der === null || attempt(() => readCertificate(der), null) === null ? null : der,
  };
}

function digestOf(pdf: Uint8Array, range: number[] | null): (algorithm: string) => Uint8Array {
  const [, length = 0, resume = 0, rest = 0] = range ?? [];
  return (algorithm) =>
    createHash(algorithm)
      .update(pdf.subarray(0, length))
      .update(pdf.subarray(resume, resume + rest))
      .digest();
}

/** The certificate speaks of this role, person, court, case and base; lasting ones of role, holder, court. */
function isBound(certificate: Uint8Array, { rebuilt, manifest, baseSha256 }: Input): boolean {
  const binding = bindingOf(certificate);
  if (binding === null || isDemoCertificate(certificate) !== manifest.demo) return false;
  if (binding.courtId !== manifest.courtId || binding.courtName !== manifest.courtName) return false;
  const lasting = binding.caseNumber === '' && binding.baseSha256 === '' && binding.verification === '';
  const required = manifest.fields.find((one) => one.name === rebuilt.field);
  if (required === undefined) return binding.role === 'platform' && lasting;
  const person =
    binding.role === required.role &&
    binding.personId === required.personId &&
    binding.name === required.signerName;
  if (required.role === 'committee') return person && lasting;
  return person && binding.caseNumber === manifest.caseNumber && binding.baseSha256 === baseSha256;
}

/** Content type, message digest, certificate and text: a fifth would be a claim that we never make, e.g. a time. */
const SIGNED_ATTRIBUTES = 4;

/** Our CMS has one possible encoding, and only zeros stand behind it. */
function isOnlyEncoding(signed: SignedData, certificate: Uint8Array, { contents }: Rebuilt): boolean {
  const [token] = signed.unsignedAttributes.get(oidKey(OID_TIMESTAMP_TOKEN)) ?? [];
  if (token === undefined || contents === null) return false;
  const attributes = membersOf(signed.signedAttributes, TAG.set).map(({ raw }) => raw);
  if (attributes.length !== SIGNED_ATTRIBUTES) return false;
  if (!Buffer.from(setOf(...attributes)).equals(signed.signedAttributes)) return false;
  const chain = signed.certificates.filter((one) => !Buffer.from(one).equals(certificate));
  const { signedAttributes, signature } = signed;
  const only = buildCades({ signedAttributes, signature, certificate, chain, token });
  return (
    Buffer.from(contents.subarray(0, only.length)).equals(only) &&
    contents.subarray(only.length).every((byte) => byte === 0)
  );
}

function attempt<T>(run: () => T, otherwise: T): T {
  try {
    return run();
  } catch {
    return otherwise;
  }
}
