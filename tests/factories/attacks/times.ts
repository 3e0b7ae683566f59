import { openAgreement } from '../../../server/src/adapters/signing/agreement-file.ts';
import { storeRevision } from '../../../server/src/adapters/signing/archive-revision.ts';
import { builtInTsa } from '../../../server/src/adapters/signing/built-in-tsa.ts';
import { sha256 } from '../../../server/src/adapters/signing/cades.ts';
import { openCa } from '../../../server/src/adapters/signing/open-ca.ts';
import { openPdf } from '../../../server/src/adapters/signing/pdf-file.ts';
import { bytesOf, isDict } from '../../../server/src/adapters/signing/pdf-syntax.ts';
import { firstDer } from '../../../server/src/adapters/signing/rebuild-revision.ts';
import {
  COURT,
  issueFor,
  openSample,
} from '../../../server/src/adapters/signing/sample-agreement.fixture.ts';
import { OID_SHA256 } from '../../../server/src/adapters/signing/signed-data.ts';
import { integer, membersOf, octets, oid, sequence, TAG, tlv } from '../../../server/src/contract/der.ts';
import type { Timestamp } from '../../../server/src/ports/timestamp.ts';
import { type Attack, changed } from './attack.ts';
import { archiveAnyway, forgeCms, tokenAt } from './forging.ts';
import { append, edit, forge, type Stage, streamObject } from './stage.ts';

const party = async ({ kit, sample }: Stage) => (await issueFor(kit, 'party-1', sample.base.sha256)).signer;
const DAY = 86_400_000;

/** The first party signs under a token of the attacker’s choice. */
const token = (
  title: string,
  about: string,
  says: string[],
  choose: (stage: Stage, signature: Uint8Array) => Promise<Uint8Array[]>,
): Attack =>
  changed(title, about, says, async (stage) =>
    forgeCms(stage, stage.sample.base.pdf, 'party-1', await party(stage), {
      tokens: (signature) => choose(stage, signature),
    }),
  );

/** The sealed file archived under a stamp or a store of the attacker’s choice. */
const stamped = (
  title: string,
  about: string,
  says: string[],
  how: (stage: Stage) => Promise<Parameters<typeof archiveAnyway>[2]>,
): Attack =>
  changed(title, about, says, async (stage) => archiveAnyway(stage, stage.sample.sealed, await how(stage)));

/** A token by any key, over HTTP’s words. */
async function tokenBy(signer: Parameters<typeof builtInTsa>[0], digest: Uint8Array): Promise<Uint8Array> {
  const imprint = sequence(sequence(oid(OID_SHA256)), octets(digest));
  const request = sequence(integer(1), imprint, tlv(TAG.boolean, Uint8Array.of(0xff)));
  return membersOf(await builtInTsa(signer)(request))[1]?.raw ?? new Uint8Array();
}

/** An authority of another installation. */
async function foreignToken(digest: Uint8Array): Promise<Uint8Array> {
  const other = await openSample();
  const ca = await openCa({ dir: other.dir, passphrase: 'sample', demo: true });
  await other.close();
  return tokenBy(ca.timestampSigner, digest);
}

/** The finished file’s own document time stamp. */
function oldStamp({ sample }: Stage): Uint8Array {
  const { file, fields } = openAgreement(sample.pdf);
  const value = file.object(fields.get('archive')?.signature ?? 0).value;
  const contents = isDict(value) ? bytesOf(value.get('Contents')) : undefined;
  return firstDer(contents ?? new Uint8Array()) ?? new Uint8Array();
}

const goodStore = async (
  { intermediate, ca }: Stage,
  revoked: Parameters<typeof ca.revocationLists>[1] = [],
) => ({
  certificates: [intermediate.certificate, ca.signerRoot, ca.timestampRoot],
  lists: await ca.revocationLists(COURT, revoked),
});

/** Time: tokens, document time stamps and the revocation data under them. */
export const timeAttacks: Attack[] = [
  token('token-replayed', 'a token over something else', ['party-1:TIMESTAMP'], async ({ timestamp }) => [
    await timestamp.stamp(new Uint8Array(32).fill(7)),
  ]),
  token(
    'token-by-signer',
    'a token made with the signer’s own key',
    ['party-1:TIMESTAMP'],
    async (stage, value) => [await tokenBy(await party(stage), sha256(value))],
  ),
  token('token-foreign', 'a token of an authority nobody trusts', ['party-1:TIMESTAMP'], async (_, value) => [
    await foreignToken(sha256(value)),
  ]),
  token('token-twice', 'two tokens, one earlier', ['party-1:TIMESTAMP'], async ({ ca, timestamp }, value) => [
    await timestamp.stamp(sha256(value)),
    await tokenAt(ca.timestampSigner, sha256(value), new Date(Date.now() - 1000)),
  ]),
  token(
    'token-weak-imprint',
    'a token over a SHA-1 imprint',
    ['party-1:TIMESTAMP'],
    async ({ ca }, value) => [
      await tokenAt(ca.timestampSigner, sha256(value).subarray(0, 20), new Date(), { hash: '1.3.14.3.2.26' }),
    ],
  ),
  token('token-in-the-future', 'a token from a year ahead', ['party-1:TIMESTAMP'], async ({ ca }, value) => [
    await tokenAt(ca.timestampSigner, sha256(value), new Date(Date.now() + 365 * DAY)),
  ]),
  changed(
    'time-reversed',
    'a second signature whose token predates the first',
    ['TIME_ORDER'],
    async (stage) => {
      const first = await forge(stage, stage.sample.base.pdf, 'party-1', await party(stage));
      const { signer } = await issueFor(stage.kit, 'party-2', stage.sample.base.sha256);
      const stamp: Timestamp['stamp'] = (digest) =>
        tokenAt(stage.ca.timestampSigner, digest, new Date(Date.now() - 20_000));
      return forge(stage, first, 'party-2', signer, { stamp: { ...stage.timestamp, stamp } });
    },
  ),
  stamped(
    'stamp-replayed',
    'the document time stamp of another state of the file',
    ['ARCHIVE'],
    async (stage) => ({
      stamp: async () => oldStamp(stage),
    }),
  ),
  stamped('stamp-by-signer', 'a document time stamp by a party’s key', ['ARCHIVE'], async (stage) => {
    const signer = await party(stage);
    return { stamp: (digest) => tokenBy(signer, digest) };
  }),
  stamped('stamp-foreign', 'a document time stamp of an authority nobody trusts', ['ARCHIVE'], async () => ({
    stamp: foreignToken,
  })),
  stamped(
    'stamp-with-attribute',
    'an unsigned attribute put into the document time stamp',
    ['archive:ENCODING'],
    async (stage) => ({
      stamp: (digest) =>
        tokenAt(stage.ca.timestampSigner, digest, new Date(), {
          unsigned: { type: '1.2.3.4', value: integer(1) },
        }),
    }),
  ),
  stamped(
    'stamp-in-the-future',
    'a document time stamp from a year ahead',
    ['archive:TIMESTAMP'],
    async ({ ca }) => ({
      stamp: (digest) => tokenAt(ca.timestampSigner, digest, new Date(Date.now() + 365 * DAY)),
    }),
  ),
  stamped('stamp-back-dated', 'a document time stamp older than the seal', ['TIME_ORDER'], async (stage) => {
    const { signatures } = await stage.kit.verify(stage.sample.sealed);
    const before = new Date((signatures.at(-1)?.time?.getTime() ?? 0) - 2000);
    return { stamp: (digest) => tokenAt(stage.ca.timestampSigner, digest, before) };
  }),
  stamped(
    'store-without-lists',
    'long-term data without revocation lists',
    ['committee:REVOCATION'],
    async (stage) => ({
      store: { ...(await goodStore(stage)), lists: [] },
    }),
  ),
  stamped('store-with-junk', 'long-term data that cannot be read', ['committee:REVOCATION'], async () => ({
    store: { certificates: [], lists: [Buffer.from('not a list')] },
  })),
  stamped(
    'store-of-others',
    'revocation lists of another court',
    ['committee:REVOCATION'],
    async ({ ca }) => ({
      store: {
        certificates: [],
        lists: await ca.revocationLists(
          { courtId: '0190c0aa-0000-7000-8000-0000000000ff', courtName: '海曙区人民法院' },
          [],
        ),
      },
    }),
  ),
  changed(
    'store-replaced-behind-stamp',
    'the store replaced behind the document time stamp',
    ['AFTER_SEAL'],
    async (stage) =>
      Buffer.concat([stage.sample.pdf, storeRevision(openPdf(stage.sample.pdf), await goodStore(stage))]),
  ),
  changed(
    'store-list-swapped',
    'one list of the store swapped behind the document time stamp',
    ['AFTER_SEAL'],
    ({ sample }) => {
      const file = openPdf(sample.pdf);
      const holder = file.resolve(file.catalog().get('DSS'));
      const lists = isDict(holder) ? holder.get('CRLs') : null;
      const first = Array.isArray(lists) ? lists[0] : null;
      const id = first && typeof first === 'object' && 'number' in first ? first.number : 0;
      return append(sample.pdf, [{ ...streamObject(id, 'no list'), value: edit(file, id, {}).value }]);
    },
  ),
];
