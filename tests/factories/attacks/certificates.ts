import { generateKeyPairSync } from 'node:crypto';
import { encodeBinding } from '../../../server/src/adapters/signing/binding-extension.ts';
import { cadesRoom, signWith } from '../../../server/src/adapters/signing/cades.ts';
import {
  certificationRevision,
  pdfDate,
} from '../../../server/src/adapters/signing/certification-revision.ts';
import { OID_EKU_TIMESTAMPING } from '../../../server/src/adapters/signing/issue-certificate.ts';
import { openPdf } from '../../../server/src/adapters/signing/pdf-file.ts';
import {
  COMMITTEE,
  COURT,
  drawSample,
  FIELDS,
  issueFor,
  MANIFEST,
  openSample,
  signSample,
  textSha256,
} from '../../../server/src/adapters/signing/sample-agreement.fixture.ts';
import { membersOf, octets, oid, sequence, tagged, tlv } from '../../../server/src/contract/der.ts';
import { OID_CERTIFICATE_BINDING } from '../../../server/src/contract/signing-client.ts';
import type { Signer } from '../../../server/src/ports/signer.ts';
import type { CertificateSubject } from '../../../server/src/ports/signing.ts';
import { type Attack, changed } from './attack.ts';
import { archiveAnyway, finishAnyway, forgeCms, rogueSigner } from './forging.ts';
import { forge, type Stage } from './stage.ts';

const REST = ['party-2', 'mediator', 'recorder', 'committee'];

/** The first party signs with a certificate of another make. */
const signer = (
  title: string,
  about: string,
  says: string[],
  make: (stage: Stage) => Promise<Signer>,
): Attack =>
  changed(title, about, says, async (stage) =>
    forge(stage, stage.sample.base.pdf, 'party-1', await make(stage)),
  );

const issued = (title: string, about: string, changes: Partial<CertificateSubject>): Attack =>
  signer(
    title,
    about,
    ['party-1:BINDING'],
    async ({ kit, sample }) => (await issueFor(kit, 'party-1', sample.base.sha256, changes)).signer,
  );

type Rogue = Parameters<typeof rogueSigner>[2];
const rogue = (title: string, about: string, says: string[], how: (stage: Stage) => Partial<Rogue>): Attack =>
  signer(title, about, says, (stage) =>
    rogueSigner(stage, 'party-1', { baseSha256: stage.sample.base.sha256, ...how(stage) }),
  );

/** The extensions of a certificate’s TBS changed. */
const extensions =
  (change: (list: Uint8Array[]) => Uint8Array[]) =>
  (parts: Uint8Array[]): Uint8Array[] =>
    parts.map((part) => {
      if (part[0] !== 0xa3) return part;
      const list = membersOf(membersOf(part, 0xa3)[0]).map(({ raw }) => raw);
      return tagged(3, sequence(...change(list)));
    });

const CRITICAL = tlv(0x01, Uint8Array.of(0xff));
const has = (extension: Uint8Array, id: string): boolean =>
  Buffer.from(extension).includes(Buffer.from(oid(id)));

/** A complete, archived file in which the first party’s signer is one of the attacker’s. */
async function archivedWith(
  stage: Stage,
  first: Signer,
  revoked: Parameters<Stage['ca']['revocationLists']>[1] = [],
) {
  const signed = await forge(stage, stage.sample.base.pdf, 'party-1', first);
  return archiveAnyway(stage, await finishAnyway(stage, signed, REST), { revoked });
}

const DAY = 86_400_000;

function validity(from: number, to: number): Uint8Array {
  const time = (offset: number) => {
    const text = new Date(Date.now() + offset).toISOString().slice(2, 19).replace(/[-T:]/g, '');
    return tlv(0x17, Buffer.from(`${text}Z`));
  };
  return sequence(time(from), time(to));
}

const longAgo = new Date(Date.now() - 3600_000);

async function revokedSigner({ kit, sample }: Stage) {
  const { issued: certificate, signer: by } = await issueFor(kit, 'party-1', sample.base.sha256);
  const revoked = [{ serial: certificate.serial, at: longAgo, reason: 'keyCompromise' as const }];
  return { by, revoked };
}

async function foreignSigner(name: string, baseSha256: string): Promise<Signer> {
  const other = await openSample();
  const { signer: by } = await issueFor(other.kit, name, baseSha256);
  await other.close();
  return by;
}

/** A base certified by a signer of the attacker’s choice. */
async function certifiedBy({ timestamp }: Stage, by: Signer): Promise<Uint8Array> {
  const head = await drawSample();
  const fields = FIELDS.map(({ name, role, signerName, personId }) => ({ name, role, signerName, personId }));
  const revision = certificationRevision({
    file: openPdf(head),
    fields: FIELDS,
    manifest: { format: 2, demo: true, ...MANIFEST, fields },
    claimed: pdfDate(new Date()),
    room: await cadesRoom(by, 3000),
  });
  return (await signWith(by, { head, revision, textSha256, timestamp })).pdf;
}

/** Certificates: whose, for what, from whom, for how long. */
export const certificateAttacks: Attack[] = [
  issued('certificate-other-base', 'a certificate issued for another base', { baseSha256: '00'.repeat(32) }),
  issued('certificate-other-case', 'a certificate issued for another case', {
    caseNumber: '（2025）禾岸人调字第13号',
  }),
  issued('certificate-other-person', 'a certificate of another person', {
    personId: '0190c0aa-0000-7000-8000-000000000012',
  }),
  issued('certificate-other-name', 'a certificate with another name', { name: '周建波' }),
  issued('certificate-other-role', 'a certificate for another role', { role: 'mediator' }),
  issued('certificate-other-court', 'a certificate of another court', {
    courtId: '0190c0aa-0000-7000-8000-000000000002',
    courtName: '海曙区人民法院',
  }),
  changed('certificate-twice', 'one certificate in two fields', ['CERTIFICATE_REUSED'], async (stage) => {
    const { signer: one } = await issueFor(stage.kit, 'party-1', stage.sample.base.sha256);
    const once = await forge(stage, stage.sample.base.pdf, 'party-1', one);
    return forge(stage, once, 'party-2', one);
  }),
  changed(
    'certificate-everywhere',
    'one certificate in every field',
    ['CERTIFICATE_REUSED'],
    async (stage) => {
      const { signer: one } = await issueFor(stage.kit, 'party-1', stage.sample.base.sha256);
      let pdf = stage.sample.base.pdf;
      for (const { name } of FIELDS) pdf = await forge(stage, pdf, name, one);
      return archiveAnyway(stage, pdf);
    },
  ),
  changed('key-twice', 'one key under two certificates', ['CERTIFICATE_REUSED'], async (stage) => {
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const base = { baseSha256: stage.sample.base.sha256, key };
    const first = await rogueSigner(stage, 'party-1', base);
    const once = await forge(stage, stage.sample.base.pdf, 'party-1', first);
    return forge(stage, once, 'party-2', await rogueSigner(stage, 'party-2', base));
  }),
  changed(
    'one-time-seal',
    'a one-time certificate in the seal’s place',
    ['committee:BINDING'],
    async (stage) => {
      const { signer: one } = await issueFor(stage.kit, 'committee', stage.sample.base.sha256);
      return forge(stage, stage.sample.unsealed, 'committee', one);
    },
  ),
  changed('other-committee', 'the seal of another committee', ['committee:BINDING'], async (stage) =>
    forge(
      stage,
      stage.sample.unsealed,
      'committee',
      await stage.ca.committeeSigner({
        ...COMMITTEE,
        committeeId: '0190c0aa-0000-7000-8000-0000000000cc',
        committeeName: '外村人民调解委员会',
      }),
    ),
  ),
  changed(
    'platform-as-seal',
    'the platform’s key in the seal’s place',
    ['CERTIFICATE_REUSED', 'committee:BINDING'],
    async (stage) => forge(stage, stage.sample.unsealed, 'committee', await stage.ca.platformSigner(COURT)),
  ),
  signer('foreign-signer', 'a certificate of another installation', ['party-1:CHAIN'], ({ sample }) =>
    foreignSigner('party-1', sample.base.sha256),
  ),
  signer(
    'issued-by-signer',
    'a certificate issued by another party’s key',
    ['party-1:CHAIN'],
    async (stage) => {
      const { signer: other } = await issueFor(stage.kit, 'party-2', stage.sample.base.sha256);
      const made = await rogueSigner(stage, 'party-1', {
        baseSha256: stage.sample.base.sha256,
        issuer: other,
      });
      return { ...made, chain: [other.certificate, ...other.chain] };
    },
  ),
  signer(
    'issued-by-time-stamp-key',
    'a certificate issued by the time-stamp authority’s key',
    ['party-1:CHAIN'],
    (stage) =>
      rogueSigner(stage, 'party-1', {
        baseSha256: stage.sample.base.sha256,
        issuer: stage.ca.timestampSigner,
      }),
  ),
  rogue('self-made', 'a certificate that is its own authority', ['party-1:CHAIN'], () => ({
    usage: { kind: 'authority', pathLength: 0 },
  })),
  rogue('time-stamp-usage', 'a time-stamp certificate as a signer', ['party-1:CHAIN'], () => ({
    usage: { kind: 'timestamp' },
  })),
  rogue('extension-twice', 'a binding twice in one certificate', ['party-1:CHAIN'], ({ sample }) => ({
    reissue: extensions((list) => {
      const own = list.find((one) => has(one, OID_CERTIFICATE_BINDING)) ?? new Uint8Array();
      const other = encodeBinding({
        ...COURT,
        role: 'committee',
        name: 'x',
        personId: 'x',
        caseNumber: '',
        verification: '',
        baseSha256: sample.base.sha256,
      });
      return [...list, sequence(oid(OID_CERTIFICATE_BINDING), octets(other)), own].slice(0, -1);
    }),
  })),
  rogue('extension-unknown-critical', 'a critical extension that nobody knows', ['party-1:CHAIN'], () => ({
    reissue: extensions((list) => [...list, sequence(oid('1.2.3.4'), CRITICAL, octets(Uint8Array.of(5, 0)))]),
  })),
  rogue('usage-missing', 'a certificate without key usage', ['party-1:CHAIN'], () => ({
    reissue: extensions((list) => list.filter((one) => !has(one, '2.5.29.15'))),
  })),
  rogue('purpose-added', 'a signer’s certificate that may also stamp time', ['party-1:CHAIN'], () => ({
    reissue: extensions((list) => [
      ...list,
      sequence(oid('2.5.29.37'), octets(sequence(oid(OID_EKU_TIMESTAMPING)))),
    ]),
  })),
  rogue('binding-longer', 'a binding with something behind its last part', ['party-1:BINDING'], () => ({
    reissue: extensions((list) =>
      list.map((one) => {
        if (!has(one, OID_CERTIFICATE_BINDING)) return one;
        const [id, value] = membersOf(one);
        const parts = membersOf(value?.content ?? one).map(({ raw }) => raw);
        return sequence(id?.raw ?? one, octets(sequence(...parts, octets(Uint8Array.of(1)))));
      }),
    ),
  })),
  changed('weak-rsa', 'a certificate with a 512-bit RSA key', ['party-1:CHAIN'], async (stage) => {
    const key = generateKeyPairSync('rsa', { modulusLength: 512 });
    const by = await rogueSigner(stage, 'party-1', { baseSha256: stage.sample.base.sha256, key });
    const signatureOid = '1.2.840.113549.1.1.11';
    return forgeCms(stage, stage.sample.base.pdf, 'party-1', by, { signatureOid });
  }),
  rogue('weak-curve', 'a certificate on a curve of 192 bits', ['party-1:CHAIN'], () => ({
    key: generateKeyPairSync('ec', { namedCurve: 'prime192v1' }),
  })),
  rogue('valid-from-tomorrow', 'a certificate that counts from tomorrow on', ['party-1:CHAIN'], () => ({
    reissue: (parts) => parts.map((part, index) => (index === 4 ? validity(DAY, 30 * DAY) : part)),
  })),
  rogue('critical-by-other-byte', 'a critical mark that is not DER’s', ['party-1:CHAIN'], () => ({
    reissue: extensions((list) => [
      ...list,
      sequence(oid('1.2.3.4'), tlv(0x01, Uint8Array.of(0x01)), octets(Uint8Array.of(5, 0))),
    ]),
  })),
  signer(
    'time-stamp-authority',
    'an issuer under the signer root that may only issue for time stamps',
    ['party-1:CHAIN'],
    async (stage) => {
      const issuer = await stage.authorityFor({ kind: 'authority', pathLength: 0, timeStampingOnly: true });
      return rogueSigner(stage, 'party-1', { baseSha256: stage.sample.base.sha256, issuer });
    },
  ),
  signer('weak-authority', 'an issuer with a 512-bit RSA key', ['party-1:CHAIN'], async (stage) => {
    const key = generateKeyPairSync('rsa', { modulusLength: 512 });
    const issuer = await stage.authorityFor({ kind: 'authority', pathLength: 0 }, key);
    const made = await rogueSigner(stage, 'party-1', {
      baseSha256: stage.sample.base.sha256,
      issuer,
      rsaIssuer: true,
    });
    return { ...made, chain: [issuer.certificate] };
  }),
  rogue(
    'expired-unarchived',
    'a certificate that had run out when its holder signed',
    ['party-1:CHAIN'],
    () => ({
      years: 0,
    }),
  ),
  changed('expired-archived', 'the same, in a complete and archived file', ['party-1:CHAIN'], async (stage) =>
    archivedWith(
      stage,
      await rogueSigner(stage, 'party-1', { years: 0, baseSha256: stage.sample.base.sha256 }),
    ),
  ),
  changed(
    'revoked-archived',
    'a revoked certificate in a complete and archived file',
    ['party-1:REVOCATION'],
    async (stage) => {
      const { by, revoked } = await revokedSigner(stage);
      return archivedWith(stage, by, revoked);
    },
  ),
  {
    name: 'revoked-unarchived',
    about: 'a revoked certificate in a file whose long-term data, which would tell, is missing',
    verdict: 'incomplete',
    says: ['ARCHIVE_MISSING'],
    make: async (stage) => {
      const { by } = await revokedSigner(stage);
      return finishAnyway(stage, await forge(stage, stage.sample.base.pdf, 'party-1', by), REST);
    },
  },
  {
    name: 'revoked-later',
    about: 'a certificate revoked only after its holder had signed',
    verdict: 'genuine',
    says: [],
    make: async (stage) => {
      const { issued: certificate, signer: by } = await issueFor(
        stage.kit,
        'party-1',
        stage.sample.base.sha256,
      );
      const signed = await forge(stage, stage.sample.base.pdf, 'party-1', by);
      const whole = await finishAnyway(stage, signed, REST);
      const at = new Date(Date.now() + 1000);
      return archiveAnyway(stage, whole, {
        revoked: [{ serial: certificate.serial, at, reason: 'superseded' }],
      });
    },
  },
  changed(
    'platform-other-court',
    'a base certified by another court’s platform key',
    ['platform:BINDING'],
    async (stage) =>
      certifiedBy(
        stage,
        await stage.ca.platformSigner({
          courtId: '0190c0aa-0000-7000-8000-0000000000ff',
          courtName: '海曙区人民法院',
        }),
      ),
  ),
  changed(
    'platform-by-committee',
    'a base certified by a committee’s key',
    ['platform:BINDING'],
    async (stage) => certifiedBy(stage, await stage.ca.committeeSigner(COMMITTEE)),
  ),
  changed('platform-by-party', 'a base certified by a party’s key', ['platform:BINDING'], async (stage) =>
    certifiedBy(stage, (await issueFor(stage.kit, 'party-1', '00'.repeat(32))).signer),
  ),
  {
    name: 'other-installation',
    about: 'a complete file of another installation',
    verdict: 'unknown',
    says: ['NOT_OURS'],
    make: async () => {
      const other = await openSample();
      const { pdf } = await signSample(other.kit);
      await other.close();
      return pdf;
    },
  },
  {
    name: 'other-case',
    about: 'a complete file of another case of the same court',
    verdict: 'genuine',
    says: [],
    otherCase: true,
    make: async ({ kit }) =>
      (await signSample(kit, undefined, { changes: { caseNumber: '（2025）禾岸人调字第13号' } })).pdf,
  },
  {
    name: 'other-court',
    about: 'a complete file of another court under the same roots',
    verdict: 'genuine',
    says: [],
    otherCase: true,
    make: async ({ kit }) =>
      (
        await signSample(kit, undefined, {
          changes: {
            courtId: '0190c0aa-0000-7000-8000-0000000000ff',
            courtName: '海曙区人民法院',
            caseNumber: '（2025）外村人调字第1号',
          },
          committeeId: '0190c0aa-0000-7000-8000-0000000000cf',
        })
      ).pdf,
  },
];
