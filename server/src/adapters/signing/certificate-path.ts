import { type KeyObject, X509Certificate } from 'node:crypto';
import { contentOf, decode, membersOf, oidKey, TAG } from '../../contract/der.ts';
import { OID_CERTIFICATE_BINDING, OID_ECDSA_SHA256 } from '../../contract/signing-client.ts';
import { type CertificateBinding, decodeBinding } from './binding-extension.ts';
import { extensionsOf } from './certificate-fields.ts';
import { OID_EKU_TIMESTAMPING } from './issue-certificate.ts';
import { isIssuedBy, readCertificate } from './read-certificate.ts';

const STRONG = new Set(
  [
    OID_ECDSA_SHA256,
    '1.2.840.10045.4.3.3',
    '1.2.840.10045.4.3.4',
    '1.2.840.113549.1.1.11',
    '1.2.840.113549.1.1.12',
    '1.2.840.113549.1.1.13',
  ].map(oidKey),
);
const BASIC = oidKey('2.5.29.19');
const KEY_USAGE = oidKey('2.5.29.15');
const PURPOSES = oidKey('2.5.29.37');
const TIMESTAMPING = oidKey(OID_EKU_TIMESTAMPING);
const BINDING = oidKey(OID_CERTIFICATE_BINDING);
const KNOWN_CRITICAL = new Set([BASIC, KEY_USAGE, PURPOSES]);
const KEY_CERT_SIGN = 0x04;
const NON_REPUDIATION = 0x40;
const DIGITAL_SIGNATURE = 0x80;
/** Keys that still count (ETSI TS 119 312): RSA from 2048 bits on, these curves. */
const MIN_RSA_BITS = 2048;
const CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/** Certificates that one signature brings; ours three at most, authorities' tokens up to five. */
const MAX_ENCLOSED = 16;
/** Authorities between a signer and its root. */
const MAX_ISSUERS = 4;
/** Larger keys and exponents only make checking slow. */
const MAX_RSA_BITS = 8192;
const MAX_RSA_EXPONENT = 2n ** 32n;

type Facts = {
  x509: X509Certificate;
  ca: boolean;
  pathLength: number | null;
  /** First byte of the key usage bits; null when the extension is absent. */
  keyUsage: number | null;
  purposes: string[] | null;
  purposesCritical: boolean;
  strong: boolean;
  strongKey: boolean;
  understood: boolean;
  binding: CertificateBinding | null;
};

/** Facts of roots and intermediates, which come again with every signature. */
const known = new WeakMap<X509Certificate, Facts>();

function factsOf(der: Uint8Array): Facts {
  const { x509, publicKey } = readCertificate(der);
  const before = known.get(x509);
  if (before) return before;
  const strongKey = isStrongKey(publicKey);
  const extensions = extensionsOf(der);
  const [ca, pathLength] = basicConstraints(extensions.get(BASIC)?.value);
  const usage = extensions.get(KEY_USAGE)?.value;
  const purposes = extensions.get(PURPOSES);
  const bound = extensions.get(BINDING)?.value;
  const facts: Facts = {
    x509,
    ca,
    pathLength,
    keyUsage: usage === undefined ? null : (contentOf(decode(usage), TAG.bitString)[1] ?? 0),
    purposes: purposes === undefined ? null : membersOf(purposes.value).map((one) => oidKey(one)),
    purposesCritical: purposes?.critical === true,
    strong: STRONG.has(oidKey(membersOf(membersOf(der)[1])[0])) && strongKey,
    strongKey,
    understood: [...extensions].every(([id, { critical }]) => !critical || KNOWN_CRITICAL.has(id)),
    binding: bound === undefined ? null : decodeBinding(bound),
  };
  known.set(x509, facts);
  return facts;
}

function isStrongKey(publicKey: KeyObject): boolean {
  const { modulusLength = 0, publicExponent = 0n, namedCurve = '' } = publicKey.asymmetricKeyDetails ?? {};
  if (publicKey.asymmetricKeyType !== 'rsa') return CURVES.has(namedCurve);
  return modulusLength >= MIN_RSA_BITS && modulusLength <= MAX_RSA_BITS && publicExponent <= MAX_RSA_EXPONENT;
}

function basicConstraints(value: Uint8Array | undefined): [ca: boolean, pathLength: number | null] {
  const [ca, limit] = value === undefined ? [] : membersOf(value);
  if (ca === undefined || contentOf(ca, TAG.boolean)[0] !== 0xff) return [false, null];
  return [true, limit === undefined ? null : (contentOf(limit, TAG.integer)[0] ?? 0)];
}

/** What our private extension says, or null when the certificate has none or cannot be read. */
export function bindingOf(certificate: Uint8Array): CertificateBinding | null {
  try {
    return factsOf(certificate).binding;
  } catch {
    return null;
  }
}

/** DER SubjectPublicKeyInfo of the certificate's public key. */
export const publicKeyOf = (certificate: Uint8Array): Buffer =>
  readCertificate(certificate).publicKey.export({ type: 'spki', format: 'der' });

/** One-line subject for people, most general part first. */
export const subjectOf = (certificate: Uint8Array): string =>
  readCertificate(certificate).x509.subject.replaceAll('\n', ', ');

/**
 * True when the certificate leads over the enclosed ones to one of the roots (RFC 5280 6, without
 * policies): names, signatures, SHA-256 or better, CA rights, path length, valid at each time of `at`, nothing critical
 * left unread. `timestamp` wants a critical, sole timeStamping purpose (RFC 3161 2.3); `signer` wants
 * nonRepudiation and no such purpose anywhere.
 */
export function leadsToRoot(input: PathInput): boolean {
  return pathToRoot(input) !== null;
}

type Purpose = 'signer' | 'timestamp';
type PathInput = {
  certificate: Uint8Array;
  enclosed: Uint8Array[];
  roots: Uint8Array[];
  purpose: Purpose;
  at: Date[];
};

/** The certificates from this one up to its root (DER, both included); null where `leadsToRoot` says no. */
export function pathToRoot(input: PathInput): Uint8Array[] | null {
  try {
    if (input.enclosed.length > MAX_ENCLOSED) return null;
    const leaf = factsOf(input.certificate);
    if (!leaf.understood || leaf.ca || !purposeFits(leaf, input.purpose)) return null;
    const enclosed = input.enclosed.map(factsOf);
    const roots = input.roots.map(factsOf);
    const path = climb(leaf, { enclosed, roots, at: input.at, purpose: input.purpose });
    return path === null ? null : path.map(({ x509 }) => new Uint8Array(x509.raw));
  } catch {
    return null;
  }
}

function purposeFits(leaf: Facts, purpose: Purpose): boolean {
  if (purpose === 'timestamp') {
    const signs = leaf.keyUsage === null || (leaf.keyUsage & (DIGITAL_SIGNATURE | NON_REPUDIATION)) !== 0;
    return signs && leaf.purposesCritical && leaf.purposes?.length === 1 && leaf.purposes[0] === TIMESTAMPING;
  }
  return leaf.purposes === null && leaf.keyUsage !== null && (leaf.keyUsage & NON_REPUDIATION) !== 0;
}

/**
 * The shortest path first, each certificate once: limits of length bind less the nearer it stands to the leaf, and
 * certificates that all issue each other would otherwise make thousands of millions of paths.
 */
function climb(
  leaf: Facts,
  { enclosed, roots, at, purpose }: { enclosed: Facts[]; roots: Facts[]; at: Date[]; purpose: Purpose },
): Facts[] | null {
  const seen = new Set([leaf]);
  let paths = [[leaf]];
  for (let below = 0; below <= MAX_ISSUERS && paths.length > 0; below += 1) {
    const longer: Facts[][] = [];
    for (const path of paths) {
      const from = path.at(-1) ?? leaf;
      if (!from.strong || !validAt(from, at)) continue;
      const root = roots.find(
        (one) => isSelfSigned(one) && validAt(one, at) && mayIssue(one, from, below, purpose),
      );
      if (root) return [...path, root];
      for (const next of enclosed) {
        if (seen.has(next) || !mayIssue(next, from, below, purpose)) continue;
        seen.add(next);
        longer.push([...path, next]);
      }
    }
    paths = longer;
  }
  return null;
}

/** True when `parent` is an authority of this purpose, issued `child` and allows `below` issuers under itself. */
function mayIssue(parent: Facts, child: Facts, below: number, purpose: Purpose): boolean {
  return (
    parent.ca &&
    parent.understood &&
    parent.keyUsage !== null &&
    (parent.keyUsage & KEY_CERT_SIGN) !== 0 &&
    (parent.pathLength === null || parent.pathLength >= below) &&
    // An authority's own purposes bind what it issues (RFC 5280 4.2.1.12 as validators read it).
    (parent.purposes === null || (purpose === 'timestamp' && parent.purposes.includes(TIMESTAMPING))) &&
    parent.strongKey &&
    isIssuedBy(child.x509, parent.x509)
  );
}

const validAt = ({ x509 }: Facts, at: Date[]): boolean => {
  const [from, to] = [new Date(x509.validFrom), new Date(x509.validTo)];
  return at.every((time) => from <= time && time <= to);
};

const selfSigned = new WeakMap<Facts, boolean>();
function isSelfSigned(facts: Facts): boolean {
  const { x509, ca } = facts;
  const before = selfSigned.get(facts);
  if (before !== undefined) return before;
  const result = ca && x509.subject === x509.issuer && x509.verify(x509.publicKey);
  selfSigned.set(facts, result);
  return result;
}

/**
 * Splits a trust file's roots by purpose: a root whose extended key usage is timeStamping alone serves
 * tokens, every other one signers. An external time-stamp root, which seldom says so, comes in `timestampPem`.
 * Throws a plain Error for anything that is not a self-signed CA, or when one purpose has no root.
 */
export function readTrust(
  pem: string,
  timestampPem = '',
): { signerRoots: Uint8Array[]; timestampRoots: Uint8Array[] } {
  const roots = readRoots(pem).map((der) => ({ der, purposes: factsOf(der).purposes }));
  const isForTime = ({ purposes }: { purposes: string[] | null }) =>
    purposes?.length === 1 && purposes[0] === TIMESTAMPING;
  const signerRoots = roots.filter((root) => !isForTime(root)).map(({ der }) => der);
  const timestampRoots = [...roots.filter(isForTime).map(({ der }) => der), ...readRoots(timestampPem)];
  if (signerRoots.length === 0 || timestampRoots.length === 0) {
    throw new Error('a signer root and a time-stamp root are needed');
  }
  return { signerRoots, timestampRoots };
}

/** Self-signed CA certificates of a PEM text as DER; throws a plain Error for any other certificate. */
export function readRoots(pem: string): Uint8Array[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => {
    const der = new Uint8Array(new X509Certificate(block).raw);
    const { keyUsage } = factsOf(der);
    const sound = isSelfSigned(factsOf(der)) && factsOf(der).strongKey;
    if (!sound || keyUsage === null || (keyUsage & KEY_CERT_SIGN) === 0) {
      throw new Error(`not a self-signed root: ${subjectOf(der)}`);
    }
    return der;
  });
}
