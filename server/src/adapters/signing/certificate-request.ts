import { createPublicKey, verify } from 'node:crypto';
import { CertificationRequest } from 'pkijs';
import { copy, decode } from '../../contract/der.ts';
import { isDerSignature, OID_ECDSA_SHA256 } from '../../contract/signing-client.ts';
import { DomainError } from '../../domain/errors.ts';

/**
 * Checks a PKCS#10 request (RFC 2986): P-256 only, ECDSA-SHA256, and the signature proves that the asker
 * holds the key. Returns the DER SubjectPublicKeyInfo; what the request says of names is ignored.
 * Throws DomainError('CERTIFICATE_INVALID').
 */
export function readCertificateRequest(der: Uint8Array): Uint8Array {
  try {
    if (der.length > 4096) throw new Error('too long');
    decode(der);
    const request = CertificationRequest.fromBER(copy(der));
    const spki = request.subjectPublicKeyInfo.toSchema().toBER(false);
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('P-256 expected');
    if (request.signatureAlgorithm.algorithmId !== OID_ECDSA_SHA256) throw new Error('ECDSA-SHA256 expected');
    const signature = request.signatureValue.valueBlock.valueHexView;
    if (!isDerSignature(signature)) throw new Error('DER signature expected');
    if (!verify('sha256', request.tbsView, { key, dsaEncoding: 'der' }, signature)) {
      throw new Error('possession not proved');
    }
    // The key in its one usual form: named curve, uncompressed point.
    return new Uint8Array(key.export({ type: 'spki', format: 'der' }));
  } catch {
    throw new DomainError('CERTIFICATE_INVALID');
  }
}
