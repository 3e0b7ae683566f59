import type { Signing } from '../../ports/signing.ts';
import type { Timestamp } from '../../ports/timestamp.ts';
import { archiveAgreement } from './archive-agreement.ts';
import { builtInTsa } from './built-in-tsa.ts';
import { fetchLists } from './external-lists.ts';
import { toPem } from './key-store.ts';
import { type BuiltInCa, openCa } from './open-ca.ts';
import { openVerifier } from './open-verifier.ts';
import {
  certifyBase,
  completeSignature,
  prepareSignature,
  type SigningKit,
  sealField,
} from './sign-agreement.ts';
import { timestampClient, timestampOverHttp } from './timestamp-client.ts';

/** Public authorities enclose RSA chains: 5 to 7 KB are usual. */
const EXTERNAL_TOKEN_BYTES = 8192;

export type SigningOptions = {
  /** Directory of lasting keys; made when missing. */
  dir: string;
  passphrase: string;
  demo: boolean;
  /** An external RFC 3161 authority and its root (DER); without it the built-in one stamps. */
  timestampAuthority?: { url: string; root: Uint8Array };
  /** For tests: stands in for the authority. */
  timestamp?: Timestamp;
};

/**
 * Opens the whole signing kit over one key directory. Throws a plain Error when the directory does not open
 * (wrong passphrase, other kind of installation).
 */
export async function openSigning(options: SigningOptions): Promise<Signing> {
  const ca = await openCa(options);
  const external = options.timestampAuthority;
  const timestampRoots = external === undefined ? [ca.timestampRoot] : [external.root];
  const timestamp = options.timestamp ?? (await openTimestamp(ca, external));
  const kit: SigningKit = {
    ca,
    timestamp,
    trust: { signerRoots: [ca.signerRoot], timestampRoots },
    externalLists: async (certificates) =>
      external === undefined ? [] : fetchLists(certificates, await ca.issuers()),
  };
  const verifier = openVerifier(kit.trust);
  return {
    demo: options.demo,
    trustPem: () => [ca.signerRoot, ...timestampRoots].map(toPem).join(''),
    certifyBase: (input) => certifyBase(kit, input),
    issueCertificate: ({ csr, subject }) => ca.issueCertificate(csr, subject),
    prepareSignature: (input) => prepareSignature(kit, input),
    completeSignature: (input) => completeSignature(kit, input),
    sealField: (input) => sealField(kit, input),
    archive: (input) => archiveAgreement(kit, input),
    verify: verifier.verify,
  };
}

async function openTimestamp(
  ca: BuiltInCa,
  external: SigningOptions['timestampAuthority'],
): Promise<Timestamp> {
  if (external !== undefined) {
    const transport = timestampOverHttp(external.url);
    return timestampClient({ transport, roots: [external.root], maxTokenBytes: EXTERNAL_TOKEN_BYTES });
  }
  const builtIn = { transport: builtInTsa(ca.timestampSigner), roots: [ca.timestampRoot] };
  const sample = await timestampClient({ ...builtIn, maxTokenBytes: EXTERNAL_TOKEN_BYTES }).stamp(
    new Uint8Array(32),
  );
  // Tokens of one authority differ only in the fraction of the second and the signature's two integers.
  return timestampClient({ ...builtIn, maxTokenBytes: sample.length + 12 });
}
