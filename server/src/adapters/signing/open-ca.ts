import { X509Certificate } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import type { Signer } from '../../ports/signer.ts';
import type {
  CertificateSubject,
  CourtName,
  IssuedCertificate,
  RevokedCertificate,
  SealCommittee,
  SigningRole,
} from '../../ports/signing.ts';
import { addressesOf, courtFile, LIST_DAYS, nameOf, policyOf, YEARS } from './authority-names.ts';
import { openRoots } from './authority-roots.ts';
import { readCertificateRequest } from './certificate-request.ts';
import { issueX509 } from './issue-certificate.ts';
import { type HeldKey, type KeyStore, toPem } from './key-store.ts';
import { openKeys } from './open-keys.ts';
import type { TokenOptions } from './pkcs11-token.ts';
import { issueRevocationList } from './revocation-list.ts';

const ROLE_TITLES: Record<SigningRole, string> = {
  party: '当事人',
  agent: '代理人',
  mediator: '人民调解员',
  recorder: '记录人',
  committee: '人民调解委员会',
};

const absentKey: HeldKey = {
  certificate: new Uint8Array(),
  sign: () => Promise.reject(new DomainError('TIMESTAMP_UNAVAILABLE', { reason: 'no-key' })),
};

/** The built-in authority: for demonstration and internal use, not a licensed one (电子签名法 16–18). */
export type BuiltInCa = {
  demo: boolean;
  signerRoot: Uint8Array;
  timestampRoot: Uint8Array;
  /** The time-stamp authority's own key, whose chain is the time-stamp root alone; it signs nothing where none was installed. */
  timestampSigner: Signer;
  hasTimestampKey: boolean;
  /** The platform's certifying key for a court. */
  platformSigner(court: CourtName): Promise<Signer>;
  /** A committee's lasting seal key. */
  committeeSigner(committee: SealCommittee): Promise<Signer>;
  /** A court's intermediate, which makes its lists and OCSP answers. UNAVAILABLE where it was not installed. */
  courtAuthority(court: CourtName): Promise<HeldKey>;
  /** One-time certificate for the key in a PKCS#10 request, by the court's intermediate or `by`. CERTIFICATE_INVALID. */
  issueCertificate(csr: Uint8Array, subject: CertificateSubject, by?: CourtName): Promise<IssuedCertificate>;
  /**
   * Revocation lists (DER) by the court's intermediate (made now), the signer root and the time-stamp root. `revoked`
   * are the court's one-time certificates; a lasting key of ours is replaced by hand.
   */
  revocationLists(
    court: CourtName,
    revoked: RevokedCertificate[],
  ): Promise<[court: Uint8Array, signerRoot: Uint8Array, timestampRoot: Uint8Array]>;
  courtList(court: CourtName, revoked: RevokedCertificate[]): Promise<Uint8Array>;
  rootList(root: 'signer' | 'timestamp'): Promise<Uint8Array>;
  /** Certificates (DER) whose keys make lists here: both roots and every court opened so far. */
  issuers(): Promise<Uint8Array[]>;
  /** PEM of the signer root and the time-stamp root. */
  trustPem(): string;
};

export type CaOptions = {
  dir: string;
  passphrase: string;
  demo: boolean;
  /**
   * `online` makes both root keys here and is for demonstrations. `offline` expects what `authority` installed: the
   * roots' certificates and lists and each court's intermediate, but never a root key.
   */
  root?: 'online' | 'offline';
  /** The address under which lists, OCSP and certificates are served; without it certificates name none. */
  publicUrl?: string;
  /** Another provider's names, for a reference service: its root's common name and policy. */
  names?: { signer: string; policy: ReturnType<typeof policyOf> | null };
  /** Where lasting keys live when not in files; `token` opens a PKCS#11 token or HSM for them. */
  keyStore?: KeyStore;
  token?: TokenOptions;
};

/**
 * Opens the authority: signer root → intermediate a court → platform, committees and one-time certificates; time-stamp
 * root → time-stamp certificate. Throws a plain Error for a wrong passphrase, a directory of the other kind (demo or
 * not), a root key where none may be, or a missing root certificate.
 */
export async function openCa(options: CaOptions): Promise<BuiltInCa> {
  const { demo, publicUrl } = options;
  const store = options.keyStore ?? (await openKeys(options));
  const roots = await openRoots({ ...options, store });
  const opened = new Map<string, Promise<HeldKey>>();
  const stated = options.names === undefined ? policyOf(demo) : options.names.policy;
  const policy = stated === null ? {} : { policy: stated };
  const at = (issuer: string) => (publicUrl === undefined ? {} : { at: addressesOf(publicUrl, issuer) });

  /** Opens a key once a process. A failed opening is forgotten, so the next one tries again. */
  const open = (name: string, make: () => Promise<HeldKey>): Promise<HeldKey> => {
    const known = opened.get(name);
    if (known) return known;
    const fresh = make();
    opened.set(name, fresh);
    fresh.catch(() => opened.delete(name));
    return fresh;
  };
  const courtKeys = new Set<string>();
  const intermediate = ({ courtId, courtName }: CourtName) => {
    const file = courtFile(courtId);
    courtKeys.add(file);
    return open(file, async () => {
      const { signer } = roots;
      if (signer.sign === null) {
        const installed = await store.open(file);
        if (installed === null)
          throw new DomainError('UNAVAILABLE', { reason: 'court-authority-missing', court: courtName });
        return installed;
      }
      const issuer = { certificate: signer.certificate, sign: signer.sign };
      return store.openOrCreate(file, ({ publicKey }) =>
        issueX509(
          {
            subject: nameOf(`${courtName}签名机构`, demo, courtName),
            publicKey,
            years: YEARS.lasting,
            usage: { kind: 'authority', pathLength: 0 },
            ...at('signer-root'),
          },
          issuer,
        ),
      );
    });
  };
  const lasting = async (
    file: string,
    court: CourtName,
    holder: { role: 'platform' | 'committee'; title: string; name: string; personId: string },
  ): Promise<Signer> => {
    const issuer = await intermediate(court);
    const { role, title, name, personId } = holder;
    const held = await open(file, () =>
      store.openOrCreate(file, ({ publicKey }) =>
        issueX509(
          {
            subject: { ...nameOf(name, demo, court.courtName), title },
            publicKey,
            years: YEARS.lasting,
            usage: {
              kind: 'signer',
              binding: { ...court, role, name, personId, caseNumber: '', verification: '', baseSha256: '' },
            },
            ...policy,
            ...at(courtFile(court.courtId)),
          },
          issuer,
        ),
      ),
    );
    return { ...held, chain: [issuer.certificate] };
  };
  const courtList = async (court: CourtName, revoked: RevokedCertificate[]) => {
    const thisUpdate = new Date(Math.floor(Date.now() / 1000) * 1000);
    return issueRevocationList(await intermediate(court), {
      thisUpdate,
      nextUpdate: new Date(thisUpdate.getTime() + LIST_DAYS.court * 86_400_000),
      number: Date.now(),
      revoked,
    });
  };

  return {
    demo,
    signerRoot: roots.signer.certificate,
    timestampRoot: roots.timestamp.certificate,
    timestampSigner: { ...(roots.timestampKey ?? absentKey), chain: [] },
    hasTimestampKey: roots.timestampKey !== null,
    courtAuthority: intermediate,
    platformSigner: ({ courtId, courtName }) =>
      lasting(
        `platform-${courtId}`,
        { courtId, courtName },
        { role: 'platform', title: '平台认证', name: '同席 Tongxi', personId: courtId },
      ),
    committeeSigner: ({ courtId, courtName, committeeId, committeeName }) =>
      lasting(
        `committee-${committeeId}`,
        { courtId, courtName },
        { role: 'committee', title: ROLE_TITLES.committee, name: committeeName, personId: committeeId },
      ),
    async issueCertificate(csr, subject, by = subject) {
      const publicKey = readCertificateRequest(csr);
      const { courtId, courtName, role, personId, name, caseNumber, verification, baseSha256 } = subject;
      const issuer = await intermediate(by);
      const certificate = await issueX509(
        {
          subject: { ...nameOf(name, demo, courtName), title: ROLE_TITLES[role], serialNumber: personId },
          publicKey,
          years: YEARS.oneTime,
          usage: {
            kind: 'signer',
            binding: { role, courtId, courtName, personId, name, caseNumber, verification, baseSha256 },
          },
          ...policy,
          ...at(courtFile(by.courtId)),
        },
        issuer,
      );
      const facts = new X509Certificate(certificate);
      return {
        certificate,
        chain: [issuer.certificate],
        serial: facts.serialNumber.toLowerCase(),
        notBefore: new Date(facts.validFrom),
        notAfter: new Date(facts.validTo),
      };
    },
    async revocationLists(court, revoked) {
      return [await courtList(court, revoked), await roots.signer.list(), await roots.timestamp.list()];
    },
    courtList,
    rootList: (root) => roots[root].list(),
    async issuers() {
      const courts = await Promise.all([...courtKeys].map((name) => opened.get(name)));
      const certificates = courts.flatMap((held) => (held ? [held.certificate] : []));
      return [roots.signer.certificate, roots.timestamp.certificate, ...certificates];
    },
    trustPem: () => toPem(roots.signer.certificate) + toPem(roots.timestamp.certificate),
  };
}
