import { X509Certificate } from 'node:crypto';
import { membersOf, oidKey } from '../../contract/der.ts';
import { OID_POLICY_BUILT_IN, OID_POLICY_DEMO } from '../../contract/signing-client.ts';
import type { Vouching } from '../../contract/vouching.ts';
import { extensionsOf } from './certificate-fields.ts';

const POLICIES = oidKey('2.5.29.32');
/** Names of the built-in roots: a trust file's roots are believed, so their names may be. */
export const BUILT_IN_ROOTS = { signer: '内置签名根证书', timestamp: '内置时间戳根证书' } as const;

/** Policies of a certificate as OID keys (RFC 5280 4.2.1.4). */
function policiesOf(certificate: Uint8Array): string[] {
  const value = extensionsOf(certificate).get(POLICIES)?.value;
  return value === undefined ? [] : membersOf(value).map((policy) => oidKey(membersOf(policy)[0]));
}

/**
 * Who vouches for a file, by what its certificates and roots say: the weakest signature decides on identity, the
 * weakest token on time. `signers` and `stamps` are paths from leaf to a trusted root.
 */
export function vouchingOf(signers: Uint8Array[][], stamps: Uint8Array[][]): Vouching {
  const kinds = signers.map(identityOf);
  const weakest = (['DEMO', 'BUILT_IN', 'LICENSED'] as const).find((kind) => kinds.includes(kind));
  const installation = stamps.length === 0 || stamps.some((path) => isRoot(path, BUILT_IN_ROOTS.timestamp));
  const licensed = signers.find((path) => identityOf(path) === 'LICENSED')?.at(-1);
  return {
    identity: weakest ?? 'BUILT_IN',
    time: installation ? 'INSTALLATION' : 'EXTERNAL',
    provider:
      weakest === 'LICENSED' && licensed !== undefined
        ? new X509Certificate(licensed).subject.replaceAll('\n', ', ')
        : null,
  };
}

function identityOf(path: Uint8Array[]): 'DEMO' | 'BUILT_IN' | 'LICENSED' {
  const [leaf] = path;
  const policies = leaf === undefined ? [] : policiesOf(leaf);
  if (policies.includes(oidKey(OID_POLICY_DEMO))) return 'DEMO';
  const builtIn = policies.includes(oidKey(OID_POLICY_BUILT_IN)) || isRoot(path, BUILT_IN_ROOTS.signer);
  if (!builtIn) return 'LICENSED';
  return isRoot(path, '演示') ? 'DEMO' : 'BUILT_IN';
}

const isRoot = (path: Uint8Array[], name: string): boolean => {
  const root = path.at(-1);
  return root !== undefined && new X509Certificate(root).subject.includes(name);
};
