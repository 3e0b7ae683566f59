import { OID_POLICY_BUILT_IN, OID_POLICY_DEMO } from '../../contract/signing-client.ts';
import { type CertificateName, DEMO_MARK } from './issue-certificate.ts';
import { BUILT_IN_ROOTS } from './vouching.ts';

/** Root and time-stamp certificates live 25 years, intermediates and lasting keys 15, one-time ones 5. */
export const YEARS = { root: 25, lasting: 15, oneTime: 5 };
/** Days that a revocation list counts: a court's is made anew all the time, a root's key lies offline. */
export const LIST_DAYS = { court: 7, root: 400 };

export type RootKind = 'signer' | 'timestamp';
export const ROOT_FILE: Record<RootKind, string> = { signer: 'signer-root', timestamp: 'timestamp-root' };
export const rootName = (kind: RootKind, demo: boolean): CertificateName =>
  nameOf(BUILT_IN_ROOTS[kind], demo);
export const courtFile = (courtId: string): string => `court-${courtId}`;

export function nameOf(commonName: string, demo: boolean, organisation = '同席 Tongxi'): CertificateName {
  return { organisation, ...(demo ? { unit: DEMO_MARK } : {}), commonName };
}

/** The policy that every end certificate of the built-in authority states (电子签名法 16–18, 29). */
export const policyOf = (demo: boolean): { oid: string; notice: string } =>
  demo
    ? { oid: OID_POLICY_DEMO, notice: '演示证书，无法律效力。' }
    : {
        oid: OID_POLICY_BUILT_IN,
        notice: '本证书由同席系统内置机构签发，该机构不是依法许可的电子认证服务提供者。',
      };

/** Where lists, OCSP answers and certificates of an issuer are served. */
export function addressesOf(
  publicUrl: string,
  issuer: string,
): { list: string; ocsp?: string; issuer: string } {
  const at = `${publicUrl}/pki/${issuer}`;
  const ocsp = issuer.startsWith('court-') ? { ocsp: `${at}/ocsp` } : {};
  return { list: `${at}.crl`, ...ocsp, issuer: `${at}.cer` };
}
