import { createHash } from 'node:crypto';
import {
  contentOf,
  type Der,
  integer,
  membersOf,
  octets,
  oid,
  oidKey,
  sequence,
  setOf,
  TAG,
  tagged,
  toHex,
} from '../../contract/der.ts';
import { pathToRoot, subjectOf } from './certificate-path.ts';
import {
  digestMatches,
  namesCertificate,
  signatureVerifies,
  signerCertificate,
} from './check-signed-data.ts';
import { OID_SHA256, OID_SIGNED_DATA, parseSignedData } from './signed-data.ts';

export const OID_TST_INFO = '1.2.840.113549.1.9.16.1.4';

export type TimestampFacts = {
  time: Date;
  authority: string;
  certificate: Uint8Array;
  /** From the authority's certificate to its root. */
  path: Uint8Array[];
};

/** How far the checker's clock may lag behind the authority's. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Checks an RFC 3161 TimeStampToken: imprint is this SHA-256 digest, signature and ESS reference hold, the
 * authority's certificate has the sole critical purpose timeStamping and leads to one of `roots`, at the
 * token's time and at `now`, which the token may not lie ahead of. `nonce` is the request's (hex of its DER integer), when the request is ours.
 * Returns null when anything fails.
 */
export function checkTimestampToken(
  token: Uint8Array,
  expected: { digest: Uint8Array; roots: Uint8Array[]; now: Date; nonce?: string },
): TimestampFacts | null {
  try {
    const signed = parseSignedData(token);
    const { content } = signed;
    if (signed.version !== 3 || signed.contentType !== oidKey(OID_TST_INFO) || content === null) return null;
    const info = readTstInfo(content);
    if (info.hash !== oidKey(OID_SHA256) || !Buffer.from(expected.digest).equals(info.imprint)) return null;
    if (info.time.getTime() > expected.now.getTime() + CLOCK_SKEW_MS) return null;
    if (expected.nonce !== undefined && info.nonce !== expected.nonce) return null;

    const certificate = signerCertificate(signed);
    if (certificate === null || !namesCertificate(signed, certificate, { old: true })) return null;
    if (!digestMatches(signed, (hash) => createHash(hash).update(content).digest())) return null;
    if (!signatureVerifies(signed, certificate)) return null;
    // Without archived revocation data a token counts no longer than its authority's certificate.
    const path = {
      certificate,
      enclosed: signed.certificates,
      roots: expected.roots,
      purpose: 'timestamp',
    } as const;
    const found = pathToRoot({ ...path, at: [info.time, expected.now] });
    if (found === null) return null;
    return { time: info.time, authority: subjectOf(certificate), certificate, path: found };
  } catch {
    return null;
  }
}

/**
 * The token with nothing beside its signed parts but the certificates of `path` (all, where it is not known): no
 * unsigned attributes, lists, strangers' certificates or octets that a lenient reader passes over. Throws for what is
 * no token.
 */
export function plainToken(token: Uint8Array, path: Uint8Array[] | null): Uint8Array {
  const { content, certificates, version } = parseSignedData(token);
  const parts = membersOf(membersOf(membersOf(token)[1], 0xa0)[0]);
  const [, digests, encapsulated] = parts;
  const [type] = membersOf(encapsulated);
  const [signer] = membersOf(parts.at(-1), TAG.set);
  const [, signerId, ...rest] = membersOf(signer).slice(0, 6);
  if (content === null || !digests || !type || !signerId) throw new Error('no token');
  const kept = new Map(certificates.map((der) => [toHex(der), der]));
  const named = new Set((path ?? certificates).map(toHex));
  const enclosed = [...kept].filter(([hex]) => named.has(hex)).map(([, der]) => der);
  const signerVersion = integer(signerId.tag === 0x80 ? 3 : 1);
  return sequence(
    oid(OID_SIGNED_DATA),
    tagged(
      0,
      sequence(
        integer(version),
        digests.raw,
        sequence(type.raw, tagged(0, octets(content))),
        ...(enclosed.length > 0 ? [tagged(0, ...enclosed)] : []),
        setOf(sequence(signerVersion, signerId.raw, ...rest.map(({ raw }) => raw))),
      ),
    ),
  );
}

/** TSTInfo (RFC 3161 2.4.2): what we use of it. */
function readTstInfo(content: Uint8Array): {
  hash: string;
  imprint: Uint8Array;
  time: Date;
  nonce: string | null;
} {
  const [version, , messageImprint, , genTime, ...optional] = membersOf(content);
  if (toHex(contentOf(version, TAG.integer)) !== '01') throw new Error('version 1 expected');
  const [algorithm, hashed] = membersOf(messageImprint);
  const nonce = optional.find(({ tag }) => tag === TAG.integer);
  return {
    hash: oidKey(membersOf(algorithm)[0]),
    imprint: contentOf(hashed, TAG.octetString),
    time: readTime(genTime),
    nonce: nonce === undefined ? null : toHex(nonce.content),
  };
}

/** GeneralizedTime in UTC with an optional fraction; throws on every other form. */
function readTime(value: Der | undefined): Date {
  const text = Buffer.from(contentOf(value, TAG.generalizedTime)).toString('latin1');
  const [, year, month, day, hour, minute, second, fraction = '.0'] =
    text.match(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,6})?Z$/) ?? [];
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`);
  if (Number.isNaN(time.getTime())) throw new Error('not a time');
  return time;
}
