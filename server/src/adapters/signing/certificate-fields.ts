import { contentOf, decode, membersOf, oidKey, sequence, TAG } from '../../contract/der.ts';

/** DER IssuerAndSerialNumber of a certificate. */
export function issuerAndSerial(certificate: Uint8Array): Uint8Array {
  const [, serial, , issuer] = membersOf(membersOf(certificate)[0]);
  if (serial === undefined || issuer === undefined) throw new Error('not a certificate');
  return sequence(issuer.raw, serial.raw);
}

/** DER Name of the certificate's subject. */
export function subjectOfDer(certificate: Uint8Array): Uint8Array {
  const subject = membersOf(membersOf(certificate)[0])[5];
  if (subject === undefined) throw new Error('not a certificate');
  return subject.raw;
}

/** The subject key identifier; null when the extension is absent. */
export function subjectKeyIdentifier(certificate: Uint8Array): Buffer | null {
  const value = extensionsOf(certificate).get(oidKey('2.5.29.14'))?.value;
  return value === undefined ? null : Buffer.from(contentOf(decode(value), TAG.octetString));
}

/** Extensions of an X.509 v3 certificate by OID key; throws when one comes twice (RFC 5280 4.2). */
export function extensionsOf(certificate: Uint8Array): Map<string, { critical: boolean; value: Uint8Array }> {
  const map = new Map<string, { critical: boolean; value: Uint8Array }>();
  const wrapped = membersOf(membersOf(certificate)[0]).find(({ tag }) => tag === 0xa3);
  for (const extension of wrapped === undefined ? [] : membersOf(membersOf(wrapped, 0xa3)[0])) {
    const parts = membersOf(extension);
    const key = oidKey(parts[0]);
    if (map.has(key)) throw new Error('extension twice');
    // In DER the mark is TRUE (0xff) or absent; any other form would let a critical extension pass unread.
    const marked = parts.length === 3 && contentOf(parts[1], TAG.boolean)[0] === 0xff;
    if (!marked && parts.length !== 2) throw new Error('bad extension');
    map.set(key, {
      critical: marked,
      value: contentOf(parts.at(-1), TAG.octetString),
    });
  }
  return map;
}
