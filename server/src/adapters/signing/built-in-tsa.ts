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
  tlv,
} from '../../contract/der.ts';
import {
  attribute,
  OID_CONTENT_TYPE,
  OID_MESSAGE_DIGEST,
  OID_SIGNING_CERTIFICATE_V2,
  OID_TIMESTAMP_POLICY,
} from '../../contract/signing-client.ts';
import type { Signer } from '../../ports/signer.ts';
import { randomSerial } from './issue-certificate.ts';
import { buildSignedData, OID_SHA256 } from './signed-data.ts';
import { OID_TST_INFO } from './timestamp-token.ts';

/**
 * The built-in RFC 3161 authority: DER TimeStampReq in, DER TimeStampResp out. Real time in milliseconds,
 * SHA-256 imprints only; what it cannot serve gets PKIStatus rejection.
 */
export function builtInTsa(signer: Signer): (request: Uint8Array) => Promise<Uint8Array> {
  return async (der) => {
    let request: ReturnType<typeof readRequest>;
    try {
      request = readRequest(der);
    } catch {
      return sequence(sequence(integer(2)));
    }
    const content = sequence(
      integer(1),
      oid(OID_TIMESTAMP_POLICY),
      request.imprint.raw,
      integer(randomSerial()),
      generalizedTime(new Date()),
      sequence(integer(1)), // accuracy: one second
      ...(request.nonce === undefined ? [] : [request.nonce.raw]),
    );
    return sequence(sequence(integer(0)), await signToken(content, signer, request.withCertificate));
  };
}

/** TimeStampReq (RFC 3161 2.4.1) with a SHA-256 imprint and no extension; throws on anything else. */
function readRequest(der: Uint8Array): { imprint: Der; nonce: Der | undefined; withCertificate: boolean } {
  const [version, imprint, ...optional] = membersOf(der);
  const [algorithm, hashed] = membersOf(imprint);
  const plain =
    contentOf(version, TAG.integer)[0] === 1 && oidKey(membersOf(algorithm)[0]) === oidKey(OID_SHA256);
  const extended = optional.some(({ tag }) => tag === 0xa0);
  if (!plain || extended || imprint === undefined || contentOf(hashed, TAG.octetString).length !== 32) {
    throw new Error('not served');
  }
  return {
    imprint,
    nonce: optional.find(({ tag }) => tag === TAG.integer),
    withCertificate: optional.some(({ tag, content }) => tag === TAG.boolean && content[0] === 0xff),
  };
}

/** GeneralizedTime in DER: a fraction without trailing zeros, left out when it is zero. */
function generalizedTime(time: Date): Uint8Array {
  const text = time
    .toISOString()
    .replace(/[-T:]/g, '')
    .replace(/\.?0*Z$/, 'Z');
  return tlv(TAG.generalizedTime, Buffer.from(text));
}

async function signToken(content: Uint8Array, signer: Signer, withCertificate: boolean): Promise<Uint8Array> {
  const hash = (bytes: Uint8Array) => octets(createHash('sha256').update(bytes).digest());
  const signedAttributes = setOf(
    attribute(OID_CONTENT_TYPE, oid(OID_TST_INFO)),
    attribute(OID_MESSAGE_DIGEST, hash(content)),
    attribute(OID_SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(hash(signer.certificate))))),
  );
  return buildSignedData({
    contentType: OID_TST_INFO,
    content,
    signedAttributes,
    signature: await signer.sign(signedAttributes),
    certificate: signer.certificate,
    chain: signer.chain,
    withCertificates: withCertificate,
  });
}
