import { createHash } from 'node:crypto';
import {
  bits,
  contentOf,
  type Der,
  decode,
  membersOf,
  octets,
  oid,
  oidKey,
  sequence,
  TAG,
  tagged,
  tlv,
  toHex,
} from '../../contract/der.ts';
import { OID_ECDSA_SHA256 } from '../../contract/signing-client.ts';
import type { KnownStatus } from '../../ports/signing.ts';
import { subjectOfDer } from './certificate-fields.ts';
import { publicKeyOf } from './certificate-path.ts';
import type { HeldKey } from './key-store.ts';

const OID_BASIC = '1.3.6.1.5.5.7.48.1.1';
const OID_NONCE = '1.3.6.1.5.5.7.48.1.2';
const HASHES = new Map([
  [oidKey('1.3.14.3.2.26'), 'sha1'],
  [oidKey('2.16.840.1.101.3.4.2.1'), 'sha256'],
]);
const STATUS = { successful: 0, malformed: 1, internal: 2, unauthorized: 6 } as const;
const MAX_REQUEST = 10_000;
const MAX_QUESTIONS = 20;
/** An answer counts an hour; a revocation is heard of no later than that. */
const VALID_MS = 3_600_000;

type Question = { certId: Der; hash: string; nameHash: Uint8Array; keyHash: Uint8Array; serial: string };

/**
 * Answers an OCSP request (RFC 6960) about certificates of this issuer, signed by the issuer itself (4.2.2.2). Another
 * issuer's certificate gets unauthorized, a request that is none malformedRequest. A nonce comes back (RFC 9654).
 */
export async function answerOcsp(
  issuer: HeldKey,
  request: Uint8Array,
  lookUp: (serials: string[]) => Promise<KnownStatus[]>,
): Promise<Uint8Array> {
  let asked: { questions: Question[]; nonce: Der | null };
  try {
    asked = readRequest(request);
  } catch {
    return failure(STATUS.malformed);
  }
  const { questions, nonce } = asked;
  if (!questions.every((question) => isAbout(issuer.certificate, question)))
    return failure(STATUS.unauthorized);
  const states = await lookUp(questions.map(({ serial }) => serial));
  const now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const singles = questions.map(({ certId }, index) =>
    sequence(
      certId.raw,
      certStatus(states[index] ?? { state: 'unknown' }),
      time(now),
      tagged(0, time(new Date(now.getTime() + VALID_MS))),
    ),
  );
  const data = sequence(
    tagged(2, octets(keyHashOf(issuer.certificate, 'sha1'))),
    time(now),
    sequence(...singles),
    ...(nonce === null ? [] : [tagged(1, sequence(nonce.raw))]),
  );
  const basic = sequence(data, sequence(oid(OID_ECDSA_SHA256)), bits(await issuer.sign(data)));
  return sequence(
    tlv(0x0a, Uint8Array.of(STATUS.successful)),
    tagged(0, sequence(oid(OID_BASIC), octets(basic))),
  );
}

/** OCSPRequest (RFC 6960 4.1.1): version 1, unsigned or signed (a signature is not looked at); throws on others. */
function readRequest(der: Uint8Array): { questions: Question[]; nonce: Der | null } {
  if (der.length > MAX_REQUEST) throw new Error('too long');
  const [tbs] = membersOf(der);
  const parts = membersOf(tbs);
  const list = parts.find(({ tag }) => tag === TAG.sequence);
  const questions = membersOf(list).map((one): Question => {
    const [certId] = membersOf(one);
    const [algorithm, nameHash, keyHash, serial] = membersOf(certId);
    const hash = HASHES.get(oidKey(membersOf(algorithm)[0]));
    if (certId === undefined || hash === undefined) throw new Error('hash not served');
    return {
      certId,
      hash,
      nameHash: contentOf(nameHash, TAG.octetString),
      keyHash: contentOf(keyHash, TAG.octetString),
      serial: toHex(contentOf(serial, TAG.integer)).replace(/^0+(?=.)/, ''),
    };
  });
  if (questions.length === 0 || questions.length > MAX_QUESTIONS) throw new Error('no question');
  const extensions = parts.find(({ tag }) => tag === 0xa2);
  const all = extensions === undefined ? [] : membersOf(membersOf(extensions, 0xa2)[0]);
  const nonce = all.find((one) => oidKey(membersOf(one)[0]) === oidKey(OID_NONCE));
  // RFC 9654 2.1: a nonce has at most 128 octets.
  if (nonce !== undefined && nonce.raw.length > 160) throw new Error('nonce too long');
  return { questions, nonce: nonce ?? null };
}

function isAbout(issuer: Uint8Array, { hash, nameHash, keyHash }: Question): boolean {
  const name = createHash(hash).update(subjectOfDer(issuer)).digest();
  return name.equals(nameHash) && keyHashOf(issuer, hash).equals(keyHash);
}

/** Hash of the issuer's public key without tag, length and unused bits (RFC 6960 4.1.1). */
function keyHashOf(certificate: Uint8Array, hash: string): Buffer {
  const [, key] = membersOf(decode(publicKeyOf(certificate)));
  return createHash(hash).update(contentOf(key, TAG.bitString).subarray(1)).digest();
}

function certStatus(status: KnownStatus): Uint8Array {
  if (status.state === 'good') return tlv(0x80, new Uint8Array());
  if (status.state === 'unknown') return tlv(0x82, new Uint8Array());
  return tlv(0xa1, time(new Date(Math.floor(status.at.getTime() / 1000) * 1000)));
}

const failure = (status: number): Uint8Array => sequence(tlv(0x0a, Uint8Array.of(status)));

/** GeneralizedTime in whole seconds. */
const time = (value: Date): Uint8Array =>
  tlv(TAG.generalizedTime, Buffer.from(`${value.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`));
