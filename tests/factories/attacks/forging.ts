import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { openAgreement } from '../../../server/src/adapters/signing/agreement-file.ts';
import {
  type SecurityStore,
  storeRevision,
  timestampRevision,
} from '../../../server/src/adapters/signing/archive-revision.ts';
import type { CertificateBinding } from '../../../server/src/adapters/signing/binding-extension.ts';
import { OID_TIMESTAMP_TOKEN, rangeDigest, sha256 } from '../../../server/src/adapters/signing/cades.ts';
import { issuerAndSerial } from '../../../server/src/adapters/signing/certificate-fields.ts';
import {
  type CertificateRequest,
  issueX509,
} from '../../../server/src/adapters/signing/issue-certificate.ts';
import type { HeldKey } from '../../../server/src/adapters/signing/key-store.ts';
import { openPdf } from '../../../server/src/adapters/signing/pdf-file.ts';
import { fillGap } from '../../../server/src/adapters/signing/pdf-revision.ts';
import {
  COMMITTEE,
  COURT,
  fieldNamed,
  issueFor,
  MANIFEST,
  textSha256,
} from '../../../server/src/adapters/signing/sample-agreement.fixture.ts';
import { buildSignedData, OID_SHA256 } from '../../../server/src/adapters/signing/signed-data.ts';
import { signingRevision } from '../../../server/src/adapters/signing/signing-revision.ts';
import { OID_TST_INFO } from '../../../server/src/adapters/signing/timestamp-token.ts';
import {
  bits,
  decode,
  integer,
  membersOf,
  octets,
  oid,
  sequence,
  setOf,
  tagged,
  tlv,
} from '../../../server/src/contract/der.ts';
import {
  attribute,
  OID_CONTENT_TYPE,
  OID_DATA,
  OID_ECDSA_SHA256,
  OID_MESSAGE_DIGEST,
  OID_SIGNING_CERTIFICATE_V2,
  OID_TEXT_SHA256,
  OID_TIMESTAMP_POLICY,
} from '../../../server/src/contract/signing-client.ts';
import type { Signer } from '../../../server/src/ports/signer.ts';
import { CLAIMED, forge, OPERATORS, type Stage } from './stage.ts';

/** An RFC 3161 token of the real authority at a time of our choice, over any digest. */
export async function tokenAt(
  authority: Signer,
  digest: Uint8Array,
  time: Date,
  how: { hash?: string; unsigned?: { type: string; value: Uint8Array } } = {},
): Promise<Uint8Array> {
  const at = time.toISOString().slice(0, 19).replace(/[-T:]/g, '');
  const content = sequence(
    integer(1),
    oid(OID_TIMESTAMP_POLICY),
    sequence(sequence(oid(how.hash ?? OID_SHA256)), octets(digest)),
    integer(7),
    tlv(0x18, Buffer.from(`${at}Z`)),
  );
  const hash = (bytes: Uint8Array) => octets(createHash('sha256').update(bytes).digest());
  const signedAttributes = setOf(
    attribute(OID_CONTENT_TYPE, oid(OID_TST_INFO)),
    attribute(OID_MESSAGE_DIGEST, hash(content)),
    attribute(OID_SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(hash(authority.certificate))))),
  );
  const { certificate, chain } = authority;
  const signature = await authority.sign(signedAttributes);
  const { unsigned } = how;
  return buildSignedData({
    contentType: OID_TST_INFO,
    content,
    signedAttributes,
    signature,
    certificate,
    chain,
    ...(unsigned === undefined ? {} : { unsigned }),
  });
}

/** Every part of a CMS that an attacker may choose. */
export type CmsChoices = {
  digestOid?: string;
  signatureOid?: string;
  /** Replaces the signature value made by the signer. */
  signature?: (made: Uint8Array, attributes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  /** Other tokens than one fresh one over the signature value. */
  tokens?: (signature: Uint8Array) => Promise<Uint8Array[]>;
  moreUnsigned?: Uint8Array[];
  moreSigned?: Uint8Array[];
  /** Another attribute in place of the reference to the certificate. */
  reference?: (certificate: Uint8Array) => Uint8Array;
  moreCertificates?: Uint8Array[];
  lists?: Uint8Array[];
  twice?: boolean;
  /** Last word on the bytes, e.g. another encoding. */
  encode?: (cms: Uint8Array) => Uint8Array;
  /** Digest algorithm by node's name. */
  hash?: string;
};

/** A signature of a required field with a CMS built by hand. */
export async function forgeCms(
  { timestamp }: Pick<Stage, 'timestamp'>,
  head: Uint8Array,
  fieldName: string,
  signer: Signer,
  how: CmsChoices,
): Promise<Uint8Array> {
  const agreement = openAgreement(head);
  const revision = signingRevision({
    agreement,
    fieldName,
    appearance: OPERATORS,
    claimed: CLAIMED,
    room: 8000,
  });
  const { bytes, gap } = revision;
  const digest = createHash(how.hash ?? 'sha256')
    .update(head)
    .update(bytes.subarray(0, gap.start - head.length))
    .update(bytes.subarray(gap.end - head.length))
    .digest();
  const { certificate, chain } = signer;
  const attributes = setOf(
    attribute(OID_CONTENT_TYPE, oid(OID_DATA)),
    attribute(OID_MESSAGE_DIGEST, octets(digest)),
    how.reference?.(certificate) ??
      attribute(OID_SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(octets(sha256(certificate)))))),
    attribute(OID_TEXT_SHA256, octets(textSha256)),
    ...(how.moreSigned ?? []),
  );
  const made = await signer.sign(attributes);
  const signature = (await how.signature?.(made, attributes)) ?? made;
  const tokens = (await how.tokens?.(signature)) ?? [await timestamp.stamp(sha256(signature))];
  const algorithm = sequence(oid(how.digestOid ?? OID_SHA256));
  const unsigned = [
    ...(tokens.length === 0 ? [] : [sequence(oid(OID_TIMESTAMP_TOKEN), setOf(...tokens))]),
    ...(how.moreUnsigned ?? []),
  ];
  const info = sequence(
    integer(1),
    issuerAndSerial(certificate),
    algorithm,
    tagged(0, decode(attributes).content),
    sequence(oid(how.signatureOid ?? OID_ECDSA_SHA256)),
    octets(signature),
    ...(unsigned.length === 0 ? [] : [tagged(1, ...unsigned)]),
  );
  const cms = sequence(
    oid('1.2.840.113549.1.7.2'),
    tagged(
      0,
      sequence(
        integer(1),
        setOf(algorithm),
        sequence(oid(OID_DATA)),
        tagged(0, decode(setOf(certificate, ...chain, ...(how.moreCertificates ?? []))).content),
        ...(how.lists === undefined ? [] : [tagged(1, ...how.lists)]),
        how.twice === true ? tlv(0x31, info, info) : setOf(info),
      ),
    ),
  );
  const filled = fillGap(revision, how.encode?.(cms) ?? cms, head.length);
  if (filled === null) throw new Error('no room');
  return Buffer.concat([head, filled]);
}

/** A certificate of the court’s real intermediate with a key and a profile of our choice: an authority gone wrong. */
export async function rogueSigner(
  { intermediate }: Pick<Stage, 'intermediate'>,
  fieldName: string,
  how: {
    years?: number;
    usage?: CertificateRequest['usage'];
    binding?: Partial<CertificateBinding>;
    baseSha256: string;
    key?: { publicKey: KeyObject; privateKey: KeyObject };
    reissue?: (parts: Uint8Array[]) => Uint8Array[];
    issuer?: HeldKey;
    /** The issuer’s key is RSA: the certificate is signed again and says so. */
    rsaIssuer?: true;
  },
): Promise<Signer> {
  const key = how.key ?? generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { role, signerName: name, personId } = fieldNamed(fieldName);
  const { caseNumber } = MANIFEST;
  const binding = { ...COURT, role, name, personId, caseNumber, verification: 'ID_CARD_ON_SITE' };
  const issuer = how.issuer ?? intermediate;
  const request: CertificateRequest = {
    subject: { organisation: COURT.courtName, unit: '演示 无法律效力', commonName: name },
    publicKey: new Uint8Array(key.publicKey.export({ type: 'spki', format: 'der' })),
    years: how.years ?? 5,
    usage: how.usage ?? {
      kind: 'signer',
      binding: { ...binding, baseSha256: how.baseSha256, ...how.binding },
    },
  };
  const issued = await issueX509(request, issuer);
  const algorithm = how.rsaIssuer === undefined ? OID_ECDSA_SHA256 : '1.2.840.113549.1.1.11';
  const change = how.reissue ?? (how.rsaIssuer === undefined ? undefined : sameParts(algorithm));
  const certificate = change === undefined ? issued : await signAgain(issued, change, issuer, algorithm);
  return {
    certificate,
    chain: [issuer.certificate],
    sign: async (message) =>
      new Uint8Array(sign('sha256', message, { key: key.privateKey, dsaEncoding: 'der' })),
  };
}

/** A TBS that names another signature algorithm. */
const sameParts = (algorithm: string) => (parts: Uint8Array[]) =>
  parts.map((part, index) => (index === 2 ? sequence(oid(algorithm)) : part));

/** A certificate with parts of its own changed, signed again by its issuer. */
async function signAgain(
  certificate: Uint8Array,
  change: (parts: Uint8Array[]) => Uint8Array[],
  issuer: HeldKey,
  algorithm: string,
): Promise<Uint8Array> {
  const [tbs] = membersOf(certificate);
  const changed = sequence(...change(membersOf(tbs).map(({ raw }) => raw)));
  return sequence(changed, sequence(oid(algorithm)), bits(await issuer.sign(changed)));
}

/** What is left to sign, by people with good certificates, on a head that our own signing would refuse. */
export async function finishAnyway(stage: Stage, head: Uint8Array, names: string[]): Promise<Uint8Array> {
  let pdf = head;
  for (const name of names) {
    const signer =
      name === 'committee'
        ? await stage.ca.committeeSigner(COMMITTEE)
        : (await issueFor(stage.kit, name, stage.sample.base.sha256)).signer;
    pdf = await forge(stage, pdf, name, signer);
  }
  return pdf;
}

/** Long-term data and document time stamp as our own archive writes them, without its checks. */
export async function archiveAnyway(
  stage: Stage,
  head: Uint8Array,
  how: {
    store?: SecurityStore;
    stamp?: (digest: Uint8Array) => Promise<Uint8Array>;
    revoked?: Parameters<Stage['kit']['archive']>[0]['revoked'];
  } = {},
): Promise<Uint8Array> {
  const store = how.store ?? {
    certificates: [stage.intermediate.certificate, stage.ca.signerRoot, stage.ca.timestampRoot],
    lists: await stage.ca.revocationLists(COURT, how.revoked ?? []),
  };
  const stored = Buffer.concat([head, storeRevision(openPdf(head), store)]);
  const revision = timestampRevision(openAgreement(stored), 3000);
  const digest = rangeDigest(stored, revision);
  const token = await (how.stamp ?? stage.timestamp.stamp)(digest);
  const filled = fillGap(revision, token, stored.length);
  if (filled === null) throw new Error('no room');
  return Buffer.concat([stored, filled]);
}
