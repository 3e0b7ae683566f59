import type { Vouching } from '../../contract/vouching.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Signing } from '../../ports/signing.ts';
import type { ClockState, Timestamp } from '../../ports/timestamp.ts';
import type { Threads } from '../threads/open-threads.ts';
import { AuthorityMissing } from './authority-roots.ts';
import { builtInTsa } from './built-in-tsa.ts';
import { certificateStatus } from './certificate-status.ts';
import { closedSigning } from './closed-signing.ts';
import type { ExternalCa } from './external-ca.ts';
import { fetchLists } from './external-lists.ts';
import { toPem } from './key-store.ts';
import { type BuiltInCa, type CaOptions, openCa } from './open-ca.ts';
import { openPictures } from './open-pictures.ts';
import { openVerifier } from './open-verifier.ts';
import { readRegisteredSeal } from './registered-seal.ts';
import type { SigningKit } from './sign-agreement.ts';
import { type FileVerbs, fileVerbs } from './signing-verbs.ts';
import { sm2Signer } from './sm2-evidence.ts';
import { timestampClient, timestampOverHttp } from './timestamp-client.ts';
import { timestampSources } from './timestamp-sources.ts';
import { checkTimestampToken } from './timestamp-token.ts';

/** Public authorities enclose RSA chains: 5 to 7 KB are usual. */
const EXTERNAL_TOKEN_BYTES = 8192;
/** One question to an external authority; each is asked twice before the next one. */
const EXTERNAL_TIMEOUT_MS = 5000;

/** `dir` holds the lasting keys and is made when missing. */
export type SigningOptions = CaOptions & {
  /** External RFC 3161 authorities in order of asking, and their roots (DER); without them the built-in one stamps. */
  timestampAuthorities?: { urls: string[]; roots: Uint8Array[] };
  /** Whether this machine's clock can be believed; asked before every token. */
  clock?: () => Promise<ClockState>;
  /** The newest token that this installation holds: none may predate it. */
  lastToken?: Date | null;
  /** A licensed provider's service for one-time certificates; without it the built-in authority issues them. */
  certificates?: ExternalCa;
  /** Adds SM2/SM3 evidence beside the file. */
  sm2?: boolean;
  /** Who vouches by the operator's choice; for a demonstration that is said whatever was chosen. */
  vouching?: Pick<Vouching, 'identity' | 'provider'>;
  /** Where files are read, written and verified; without them here, which holds up everything else (tools, tests). */
  threads?: Pick<Threads, 'sign'>;
  /** Certificates (DER) of seal makers, or of authorities that certify them. */
  sealMakers?: Uint8Array[];
  /** For tests: stand in for external authorities' addresses and for the authority. */
  externalLists?: (certificates: Uint8Array[]) => Promise<Uint8Array[]>;
  timestamp?: Timestamp;
};

/**
 * Opens the whole signing kit over one key directory. Throws a plain Error when the directory does not open
 * (wrong passphrase, other kind of installation).
 */
export async function openSigning(options: SigningOptions): Promise<Signing> {
  const { demo, vouching } = options;
  const closed = !demo && (vouching?.identity === 'UNCHOSEN' || vouching?.identity === 'PAPER');
  let ca: BuiltInCa;
  try {
    ca = await openCa(options);
  } catch (error) {
    if (closed && error instanceof AuthorityMissing) return closedSigning(vouching);
    throw error;
  }
  const external = options.timestampAuthorities;
  // What the built-in authority stamped before another one was named stays as good as it was, and is said to be of it.
  const timestampRoots = [...(external?.roots ?? []), ca.timestampRoot];
  const timestamp = options.timestamp ?? (await openTimestamp(ca, options));
  const signerRoots = [ca.signerRoot, ...(options.certificates?.roots ?? [])];
  const kit: SigningKit = {
    ca,
    timestamp,
    trust: { signerRoots, timestampRoots },
    externalLists:
      options.externalLists ?? (async (certificates) => fetchLists(certificates, await ca.issuers())),
  };
  const verifier = openVerifier(kit.trust);
  const draw = openPictures();
  const readStamp = (token: Uint8Array, digest: Uint8Array) => {
    const found = checkTimestampToken(token, { digest, roots: timestampRoots, now: new Date() });
    return found && { time: found.time, authority: found.authority };
  };
  return {
    demo: options.demo,
    vouching: {
      ...(options.demo
        ? { identity: 'DEMO', provider: null }
        : (options.vouching ?? { identity: 'BUILT_IN', provider: null })),
      time: external === undefined ? 'INSTALLATION' : 'EXTERNAL',
    },
    trustPem: () => [...signerRoots, ...timestampRoots].map(toPem).join(''),
    ...(options.threads ? inThreads(options.threads, kit) : fileVerbs(kit)),
    issueCertificate: ({ csr, subject }) =>
      options.certificates?.issue(csr, subject) ?? ca.issueCertificate(csr, subject),
    sm2: options.sm2 ? sm2Signer(options) : null,
    status: certificateStatus(ca),
    async stampDigest(digest) {
      const token = await timestamp.stamp(digest);
      const facts = readStamp(token, digest);
      if (facts === null) throw new DomainError('TIMESTAMP_UNAVAILABLE');
      return { token, ...facts };
    },
    readStamp,
    readSeal: (container) =>
      readRegisteredSeal(container, { makers: options.sealMakers ?? [], now: new Date() }),
    verify: verifier.verify,
    async pictures(pdf, field) {
      const state = (await verifier.states(pdf)).find((one) => one.field === field);
      return state === undefined ? null : draw(pdf.subarray(0, state.end), pdf);
    },
  };
}

const inThreads = ({ sign }: Pick<Threads, 'sign'>, kit: SigningKit): FileVerbs => ({
  certifyBase: (input) => sign(kit, 'certifyBase', input),
  prepareSignature: (input) => sign(kit, 'prepareSignature', input),
  completeSignature: (input) => sign(kit, 'completeSignature', input),
  sealField: (input) => sign(kit, 'sealField', input),
  archive: (input) => sign(kit, 'archive', input),
});

async function openTimestamp(ca: BuiltInCa, options: SigningOptions): Promise<Timestamp> {
  const { timestampAuthorities: external, clock, lastToken = null } = options;
  const guard = { ...(clock === undefined ? {} : { clock }), lastToken };
  if (external !== undefined) {
    const clients = external.urls.map((url) =>
      timestampClient({
        transport: timestampOverHttp(url, EXTERNAL_TIMEOUT_MS),
        roots: external.roots,
        maxTokenBytes: EXTERNAL_TOKEN_BYTES,
      }),
    );
    return timestampSources({ ...guard, clients });
  }
  if (!ca.hasTimestampKey)
    throw new AuthorityMissing(
      'no time-stamp certificate is installed and TIMESTAMP_URL names no authority (npm run authority -- --help)',
    );
  const builtIn = { transport: builtInTsa(ca.timestampSigner), roots: [ca.timestampRoot] };
  const sample = await timestampClient({ ...builtIn, maxTokenBytes: EXTERNAL_TOKEN_BYTES }).stamp(
    new Uint8Array(32),
  );
  // Tokens of one authority differ only in the fraction of the second and the signature's two integers.
  const client = timestampClient({ ...builtIn, maxTokenBytes: sample.length + 12 });
  return timestampSources({ ...guard, clients: [client] });
}
