import { X509Certificate } from 'node:crypto';
import type { Signer } from '../../ports/signer.ts';
import type {
  CertificateSubject,
  IssuedCertificate,
  RevokedCertificate,
  SealCommittee,
  SigningRole,
} from '../../ports/signing.ts';
import { readCertificateRequest } from './certificate-request.ts';
import { type CertificateName, DEMO_MARK, issueX509 } from './issue-certificate.ts';
import { type HeldKey, openKeyStore, toPem } from './key-store.ts';
import { issueRevocationList } from './revocation-list.ts';

/** Root and time-stamp certificates live 25 years, intermediates and lasting keys 15, one-time ones 5. */
const YEARS = { root: 25, lasting: 15, oneTime: 5 };

/** Days that a revocation list counts: a court's is made anew all the time, a root's key may lie offline. */
const LIST_DAYS = { court: 7, root: 400 };

const ROLE_TITLES: Record<SigningRole, string> = {
  party: '当事人',
  agent: '代理人',
  mediator: '人民调解员',
  recorder: '记录人',
  committee: '人民调解委员会',
};

/** The built-in authority: for demonstration and internal use, not a licensed one (电子签名法 16–18). */
export type BuiltInCa = {
  demo: boolean;
  signerRoot: Uint8Array;
  timestampRoot: Uint8Array;
  /** The time-stamp authority's own key; its chain is the time-stamp root alone. */
  timestampSigner: Signer;
  /** The platform's certifying key for a court. */
  platformSigner(court: { courtId: string; courtName: string }): Promise<Signer>;
  /** A committee's lasting seal key. */
  committeeSigner(committee: SealCommittee): Promise<Signer>;
  /** One-time certificate for the key in a PKCS#10 request. Throws CERTIFICATE_INVALID. */
  issueCertificate(csr: Uint8Array, subject: CertificateSubject): Promise<IssuedCertificate>;
  /**
   * Revocation lists (DER) made now by the court's intermediate, the signer root and the time-stamp root. `revoked`
   * are the court's one-time certificates; a lasting key of ours is replaced by hand, so the roots' lists are empty.
   */
  revocationLists(
    court: { courtId: string; courtName: string },
    revoked: RevokedCertificate[],
  ): Promise<[court: Uint8Array, signerRoot: Uint8Array, timestampRoot: Uint8Array]>;
  /** Certificates (DER) whose keys make lists here: both roots and every court opened so far. */
  issuers(): Promise<Uint8Array[]>;
  /** PEM of the signer root and the time-stamp root. */
  trustPem(): string;
};

/**
 * Opens the authority in a directory, making its keys on first use: signer root → intermediate a court →
 * platform, committees and one-time certificates; time-stamp root → time-stamp certificate.
 * Throws a plain Error for a wrong passphrase or a directory of the other kind (demo or not).
 */
export async function openCa(options: {
  dir: string;
  passphrase: string;
  demo: boolean;
  /** Base address for revocation lists, once they are served. */
  crlUrl?: string;
}): Promise<BuiltInCa> {
  const { demo } = options;
  const store = await openKeyStore(options);
  const opened = new Map<string, Promise<HeldKey>>();
  const unit = demo ? { unit: DEMO_MARK } : {};
  const crl = options.crlUrl === undefined ? {} : { crlUrl: options.crlUrl };
  const nameOf = (commonName: string, organisation = '同席 Tongxi'): CertificateName => ({
    organisation,
    ...unit,
    commonName,
  });

  const root = async (file: string, commonName: string, timeStampingOnly: boolean): Promise<HeldKey> => {
    const held = await store.openOrCreate(file, ({ publicKey, sign }) =>
      issueX509(
        {
          subject: nameOf(commonName),
          publicKey,
          years: YEARS.root,
          usage: { kind: 'authority', pathLength: timeStampingOnly ? 0 : 1, timeStampingOnly },
        },
        { certificate: null, sign },
      ),
    );
    if (isDemoCertificate(held.certificate) !== demo) {
      throw new Error(`${options.dir} holds the keys of a ${demo ? 'real' : 'demonstration'} installation`);
    }
    return held;
  };
  const signerRoot = await root('signer-root', '内置签名根证书', false);
  const timestampRoot = await root('timestamp-root', '内置时间戳根证书', true);
  const timestampKey = await store.openOrCreate('timestamp', ({ publicKey }) =>
    issueX509(
      { subject: nameOf('内置时间戳'), publicKey, years: YEARS.lasting, usage: { kind: 'timestamp' } },
      timestampRoot,
    ),
  );

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
  const intermediate = ({ courtId, courtName }: { courtId: string; courtName: string }) => {
    courtKeys.add(`court-${courtId}`);
    return open(`court-${courtId}`, () =>
      store.openOrCreate(`court-${courtId}`, ({ publicKey }) =>
        issueX509(
          {
            subject: nameOf(`${courtName}签名机构`, courtName),
            publicKey,
            years: YEARS.lasting,
            usage: { kind: 'authority', pathLength: 0 },
            ...crl,
          },
          signerRoot,
        ),
      ),
    );
  };
  const lasting = async (
    file: string,
    court: { courtId: string; courtName: string },
    holder: { role: 'platform' | 'committee'; title: string; name: string; personId: string },
  ): Promise<Signer> => {
    const issuer = await intermediate(court);
    const { role, title, name, personId } = holder;
    const held = await open(file, () =>
      store.openOrCreate(file, ({ publicKey }) =>
        issueX509(
          {
            subject: { ...nameOf(name, court.courtName), title },
            publicKey,
            years: YEARS.lasting,
            usage: {
              kind: 'signer',
              binding: { ...court, role, name, personId, caseNumber: '', verification: '', baseSha256: '' },
            },
            ...crl,
          },
          issuer,
        ),
      ),
    );
    return { ...held, chain: [issuer.certificate] };
  };

  return {
    demo,
    signerRoot: signerRoot.certificate,
    timestampRoot: timestampRoot.certificate,
    timestampSigner: { ...timestampKey, chain: [] },
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
    async issueCertificate(csr, subject) {
      const publicKey = readCertificateRequest(csr);
      const { courtId, courtName, role, personId, name, caseNumber, verification, baseSha256 } = subject;
      const issuer = await intermediate({ courtId, courtName });
      const certificate = await issueX509(
        {
          subject: { ...nameOf(name, courtName), title: ROLE_TITLES[role], serialNumber: personId },
          publicKey,
          years: YEARS.oneTime,
          usage: {
            kind: 'signer',
            binding: { role, courtId, courtName, personId, name, caseNumber, verification, baseSha256 },
          },
          ...crl,
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
      const issuer = await intermediate(court);
      const thisUpdate = new Date(Math.floor(Date.now() / 1000) * 1000);
      const list = (by: HeldKey, days: number, entries: RevokedCertificate[]) =>
        issueRevocationList(by, {
          thisUpdate,
          nextUpdate: new Date(thisUpdate.getTime() + days * 86_400_000),
          number: Date.now(),
          revoked: entries,
        });
      return [
        await list(issuer, LIST_DAYS.court, revoked),
        await list(signerRoot, LIST_DAYS.root, []),
        await list(timestampRoot, LIST_DAYS.root, []),
      ];
    },
    async issuers() {
      const courts = await Promise.all([...courtKeys].map((name) => opened.get(name)));
      const certificates = courts.flatMap((held) => (held ? [held.certificate] : []));
      return [signerRoot.certificate, timestampRoot.certificate, ...certificates];
    },
    trustPem: () => toPem(signerRoot.certificate) + toPem(timestampRoot.certificate),
  };
}

/** True when a certificate's own name bears the demonstration mark. */
export const isDemoCertificate = (der: Uint8Array): boolean =>
  new X509Certificate(der).subject.includes(DEMO_MARK);
