import {
  contentOf,
  fromHex,
  integer,
  membersOf,
  octets,
  sequence,
  TAG,
  textOf,
  toHex,
  utf8,
} from '../../contract/der.ts';
import type { SigningRole } from '../../ports/signing.ts';

/** Roles a certificate can name: those that sign, and the platform that certifies. */
export type CertificateRole = SigningRole | 'platform';

/**
 * What a certificate is bound to. Lasting certificates (platform, committee) have empty `caseNumber`,
 * `verification` and `baseSha256`: their key outlives one case.
 */
export type CertificateBinding = {
  role: CertificateRole;
  courtId: string;
  courtName: string;
  personId: string;
  name: string;
  caseNumber: string;
  verification: string;
  /** Lower-case hex or ''. */
  baseSha256: string;
};

const ROLES: readonly string[] = ['party', 'agent', 'mediator', 'recorder', 'committee', 'platform'];
const isRole = (value: string): value is CertificateRole => ROLES.includes(value);

/** DER of the private extension: SEQUENCE { version 1, seven UTF8Strings, baseSha256 OCTET STRING }. */
export function encodeBinding(binding: CertificateBinding): Uint8Array {
  const { role, courtId, courtName, personId, name, caseNumber, verification, baseSha256 } = binding;
  const texts = [role, courtId, courtName, personId, name, caseNumber, verification].map(utf8);
  return sequence(integer(1), ...texts, octets(fromHex(baseSha256)));
}

/** Reads the extension back; throws when it is not exactly of that form. */
export function decodeBinding(der: Uint8Array): CertificateBinding {
  const [version, ...rest] = membersOf(der);
  if (toHex(contentOf(version, TAG.integer)) !== '01' || rest.length !== 8) {
    throw new Error('unknown certificate binding');
  }
  const [
    role = '',
    courtId = '',
    courtName = '',
    personId = '',
    name = '',
    caseNumber = '',
    verification = '',
  ] = rest.slice(0, 7).map((part) => textOf(part));
  if (!isRole(role)) throw new Error('unknown role');
  const baseSha256 = toHex(contentOf(rest[7], TAG.octetString));
  return { role, courtId, courtName, personId, name, caseNumber, verification, baseSha256 };
}
