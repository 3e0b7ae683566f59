import { createHash } from 'node:crypto';
import { signatureValue } from '../../../server/src/adapters/signing/certification-revision.ts';
import { openPdf } from '../../../server/src/adapters/signing/pdf-file.ts';
import { ascii, dict, name, number, ref } from '../../../server/src/adapters/signing/pdf-syntax.ts';
import { COMMITTEE, issueFor } from '../../../server/src/adapters/signing/sample-agreement.fixture.ts';
import {
  bits,
  decode,
  integer,
  membersOf,
  octets,
  oid,
  sequence,
  setOf,
  tlv,
} from '../../../server/src/contract/der.ts';
import {
  attribute,
  OID_MESSAGE_DIGEST,
  OID_SIGNING_CERTIFICATE_V2,
} from '../../../server/src/contract/signing-client.ts';
import type { Signer } from '../../../server/src/ports/signer.ts';
import { type Attack, changed } from './attack.ts';
import { type CmsChoices, forgeCms } from './forging.ts';
import {
  append,
  appendSigned,
  CLAIMED,
  edit,
  fieldOf,
  forge,
  formNumber,
  listed,
  overwrittenPage,
  type Stage,
} from './stage.ts';

const party = async ({ kit, sample }: Stage): Promise<Signer> =>
  (await issueFor(kit, 'party-1', sample.base.sha256)).signer;

const mark = (role: 'party' | 'recorder' | 'committee') =>
  signatureValue({ name: 'x', role, claimed: CLAIMED });

/** The first party signs with a CMS of the attacker’s making. */
const cms = (title: string, about: string, says: string[], how: CmsChoices): Attack =>
  changed(title, about, says, async (stage) =>
    forgeCms(stage, stage.sample.base.pdf, 'party-1', await party(stage), how),
  );

/** Order of P-256, for the second value that verifies as well as s. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function malleated(signature: Uint8Array): Uint8Array {
  const [r, s] = membersOf(signature);
  const value = BigInt(`0x${Buffer.from(s?.content ?? []).toString('hex')}`);
  const other = (ORDER - value).toString(16).padStart(64, '0');
  return sequence(integer(r?.content ?? new Uint8Array()), integer(Buffer.from(other, 'hex')));
}

/** The outermost value with an indefinite length (X.690 8.1.3.6). */
const indefinite = (cmsBytes: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from([0x30, 0x80]), decode(cmsBytes).content, Buffer.from([0, 0])]);

/** The outermost length in four octets where fewer do. */
function longLength(cmsBytes: Uint8Array): Uint8Array {
  const { content } = decode(cmsBytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([Buffer.from([0x30, 0x84]), length, content]);
}

/** Signatures by somebody with a good certificate, made against the rules. */
export const signatureAttacks: Attack[] = [
  changed(
    'signed-page-overwrite',
    'a party who draws the page over while signing',
    ['party-1:REVISION'],
    async (stage) => {
      const head = stage.sample.base.pdf;
      const file = openPdf(head);
      const field = edit(file, fieldOf(file, 'party-1').number, { V: ref(file.size) });
      const value = signatureValue({ name: '陈阿根', role: 'party', claimed: CLAIMED });
      return appendSigned(stage, head, [field, ...overwrittenPage(file)], {
        value,
        signer: await party(stage),
      });
    },
  ),
  changed(
    'page-between-signatures',
    'a page drawn over between two signatures',
    ['STRUCTURE'],
    ({ sample }) => {
      const head = sample.heads[2] ?? sample.pdf;
      return append(head, overwrittenPage(openPdf(head)));
    },
  ),
  changed(
    'signed-text-appearance',
    'a signature whose appearance writes text',
    ['party-1:REVISION'],
    async (stage) =>
      forge(stage, stage.sample.base.pdf, 'party-1', await party(stage), {
        appearance: 'BT /F1 12 Tf (paid in full) Tj ET',
      }),
  ),
  changed(
    'late-new-field',
    'a signature in a new field behind the time stamp',
    ['UNKNOWN_FIELD'],
    async (stage) => {
      const head = stage.sample.pdf;
      const file = openPdf(head);
      const late = file.size + 1;
      const entries = { Type: name('Annot'), Subtype: name('Widget'), FT: name('Sig'), T: ascii('late') };
      const widget = dict({ ...entries, Rect: [0, 0, 0, 0].map(number), V: ref(file.size) });
      const objects = [{ number: late, value: widget }, listed(file, formNumber(file), 'Fields', late)];
      const { signer } = await issueFor(stage.kit, 'recorder', stage.sample.base.sha256);
      return appendSigned(stage, head, objects, { value: mark('recorder'), signer });
    },
  ),
  changed(
    'late-unused-field',
    'a signature in the field meant for the document time stamp',
    ['ARCHIVE'],
    async (stage) => {
      const head = stage.sample.sealed;
      const file = openPdf(head);
      const field = edit(file, fieldOf(file, 'archive').number, { V: ref(file.size) });
      return appendSigned(stage, head, [field], { value: mark('party'), signer: await party(stage) });
    },
  ),
  changed(
    'seal-without-lock',
    'a seal that leaves the other fields open',
    ['committee:REVISION'],
    async (stage) => {
      const head = stage.sample.unsealed;
      const file = openPdf(head);
      const field = edit(file, fieldOf(file, 'committee').number, { V: ref(file.size) });
      const value = signatureValue({ name: COMMITTEE.committeeName, role: 'committee', claimed: CLAIMED });
      return appendSigned(stage, head, [field], { value, signer: await stage.ca.committeeSigner(COMMITTEE) });
    },
  ),
  changed('wrong-order', 'a party who signs after the mediator', ['ORDER'], async (stage) => {
    const mediator = await issueFor(stage.kit, 'mediator', stage.sample.base.sha256);
    const early = await forge(stage, stage.sample.base.pdf, 'mediator', mediator.signer);
    return forge(stage, early, 'party-1', await party(stage));
  }),
  changed('other-text', 'a signed attribute that names another text', ['party-1:TEXT'], async (stage) =>
    forge(stage, stage.sample.base.pdf, 'party-1', await party(stage), { text: new Uint8Array(32).fill(1) }),
  ),
  changed(
    'signed-range-gap',
    'a good signature over a byte range with a gap',
    ['party-1:BYTE_RANGE'],
    async (stage) =>
      forge(stage, stage.sample.base.pdf, 'party-1', await party(stage), {
        change: (revision) => {
          const text = Buffer.from(revision.bytes).toString('latin1');
          const [whole = '', a = '', b = '', c = ''] =
            text.match(/(?<=\/ByteRange )\[0 (\d+) (\d+) (\d+) *\]/) ?? [];
          const range = `[0 ${Number(a)} ${Number(b) + 4} ${Number(c) - 4}`.padEnd(whole.length - 1);
          return { ...revision, bytes: Buffer.from(text.replace(whole, `${range}]`), 'latin1') };
        },
      }),
  ),
  changed(
    'key-mismatch',
    'a signature by another key than the certificate’s',
    ['party-1:SIGNATURE'],
    async (stage) => {
      const [own, other] = [await party(stage), await party(stage)];
      return forge(stage, stage.sample.base.pdf, 'party-1', { ...own, sign: other.sign });
    },
  ),
  cms('weak-digest', 'a SHA-1 digest', ['party-1:DIGEST'], {
    hash: 'sha1',
    digestOid: '1.3.14.3.2.26',
    signatureOid: '1.2.840.10045.4.1',
  }),
  cms('weak-digest-md5', 'an MD5 digest', ['party-1:DIGEST'], {
    hash: 'md5',
    digestOid: '1.2.840.113549.2.5',
  }),
  cms('digest-mismatch', 'SHA-512 named, SHA-256 used', ['party-1:DIGEST'], {
    digestOid: '2.16.840.1.101.3.4.2.3',
  }),
  cms(
    'malleated-old-token',
    'the signature value’s twin (r, n − s) under the old token',
    ['party-1:TIMESTAMP'],
    {
      signature: malleated,
      tokens: async () => [],
    },
  ),
  cms('raw-signature', 'the signature value as r ‖ s instead of DER', ['party-1:SIGNATURE'], {
    signature: (made) => Buffer.concat(membersOf(made).map(({ content }) => content.slice(-32))),
  }),
  cms('padded-signature', 'the signature’s integers with a zero in front', ['party-1:SIGNATURE'], {
    signature: (made) =>
      sequence(...membersOf(made).map(({ content }) => tlv(0x02, Uint8Array.of(0, 0), content))),
  }),
  cms('zero-signature', 'a signature value of two zeros', ['party-1:SIGNATURE'], {
    signature: () => sequence(tlv(0x02, Uint8Array.of(0)), tlv(0x02, Uint8Array.of(0))),
  }),
  cms('indefinite-length', 'the CMS in BER with indefinite length', ['party-1:ENCODING'], {
    encode: indefinite,
  }),
  cms('long-length', 'the CMS with a length longer than needed', ['party-1:ENCODING'], {
    encode: longLength,
  }),
  cms('more-unsigned', 'an unsigned attribute added to the CMS', ['party-1:ENCODING'], {
    moreUnsigned: [attribute('1.2.3.4', octets(Uint8Array.of(1)))],
  }),
  cms('more-signed', 'a signing time of one’s own among the signed attributes', ['party-1:ENCODING'], {
    moreSigned: [attribute('1.2.840.113549.1.9.5', tlv(0x17, Buffer.from('200101000000Z')))],
  }),
  cms('weak-reference', 'the certificate named by its SHA-1', ['party-1:CERTIFICATE_REFERENCE'], {
    reference: (certificate) => {
      const hash = octets(createHash('sha1').update(certificate).digest());
      return attribute('1.2.840.113549.1.9.16.2.12', sequence(sequence(sequence(hash))));
    },
  }),
  cms('other-reference', 'another certificate named', ['party-1:CERTIFICATE_REFERENCE'], {
    reference: () =>
      attribute(OID_SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(octets(new Uint8Array(32)))))),
  }),
  cms('digest-twice', 'two message digests among the signed attributes', ['party-1:DIGEST'], {
    moreSigned: [attribute(OID_MESSAGE_DIGEST, octets(new Uint8Array(32)))],
  }),
  cms('two-signers', 'two signer infos in the CMS', ['party-1:SIGNATURE'], { twice: true }),
  cms('more-certificates', 'a stranger’s value among the certificates', ['party-1:ENCODING'], {
    moreCertificates: [sequence(sequence(integer(1)), sequence(oid('1.2.3')), bits(Uint8Array.of(1)))],
  }),
  cms('lists-in-cms', 'revocation lists inside the CMS', ['party-1:ENCODING'], {
    lists: [sequence(integer(1))],
  }),
  cms('token-missing', 'no time-stamp token', ['party-1:TIMESTAMP'], { tokens: async () => [] }),
  cms('token-not-a-token', 'a sequence in the token’s place', ['party-1:TIMESTAMP'], {
    tokens: async () => [sequence(setOf())],
  }),
];
