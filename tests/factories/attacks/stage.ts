import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { openAgreement, readFields } from '../../../server/src/adapters/signing/agreement-file.ts';
import { builtInTsa } from '../../../server/src/adapters/signing/built-in-tsa.ts';
import { cadesRoom, signWith } from '../../../server/src/adapters/signing/cades.ts';
import {
  type CertificateRequest,
  issueX509,
} from '../../../server/src/adapters/signing/issue-certificate.ts';
import { type HeldKey, openKeyStore } from '../../../server/src/adapters/signing/key-store.ts';
import { type BuiltInCa, openCa } from '../../../server/src/adapters/signing/open-ca.ts';
import { openPdf, type PdfFile, pageNumbers } from '../../../server/src/adapters/signing/pdf-file.ts';
import {
  buildPlainRevision,
  buildRevision,
  type NewObject,
  type Revision,
} from '../../../server/src/adapters/signing/pdf-revision.ts';
import {
  dict,
  isDict,
  number,
  type PdfDict,
  type PdfValue,
  ref,
  refOf,
} from '../../../server/src/adapters/signing/pdf-syntax.ts';
import {
  COURT,
  openSample,
  signSample,
  textSha256,
} from '../../../server/src/adapters/signing/sample-agreement.fixture.ts';
import { signingRevision } from '../../../server/src/adapters/signing/signing-revision.ts';
import { timestampClient } from '../../../server/src/adapters/signing/timestamp-client.ts';
import type { Signer } from '../../../server/src/ports/signer.ts';
import type { Signing } from '../../../server/src/ports/signing.ts';
import type { Timestamp } from '../../../server/src/ports/timestamp.ts';

/** An installation with one agreement, and everything that an attacker inside it could lay hands on. */
export type Stage = {
  kit: Signing;
  ca: BuiltInCa;
  timestamp: Timestamp;
  /** The court’s issuing key. */
  intermediate: HeldKey;
  sample: Awaited<ReturnType<typeof signSample>>;
  /** An issuer directly under the signer root, as a careless administrator of the root might make one. */
  authorityFor(usage: CertificateRequest['usage'], key?: KeyPair): Promise<HeldKey>;
  close(): Promise<void>;
};

export type KeyPair = { publicKey: KeyObject; privateKey: KeyObject };
const CURVE = { namedCurve: 'P-256' };

export const CLAIMED = "D:20251015120000+08'00'";
export const OPERATORS = 'q\n1 0 m\n5 5 l\nS\nQ';

export async function openStage(): Promise<Stage> {
  const { kit, dir, close } = await openSample();
  const ca = await openCa({ dir, passphrase: 'sample', demo: true });
  const transport = builtInTsa(ca.timestampSigner);
  const timestamp = timestampClient({ transport, roots: [ca.timestampRoot], maxTokenBytes: 2000 });
  const sample = await signSample(kit);
  const keys = await openKeyStore({ dir, passphrase: 'sample' });
  const held = (name: string) => keys.openOrCreate(name, () => Promise.reject(new Error('no key')));
  const intermediate = await held(`court-${COURT.courtId}`);
  const root = await held('signer-root');
  const authorityFor: Stage['authorityFor'] = async (usage, key = generateKeyPairSync('ec', CURVE)) => ({
    certificate: await issueX509(
      {
        subject: { organisation: COURT.courtName, commonName: '另一签名机构' },
        publicKey: new Uint8Array(key.publicKey.export({ type: 'spki', format: 'der' })),
        years: 5,
        usage,
      },
      root,
    ),
    sign: async (message) =>
      new Uint8Array(sign('sha256', message, { key: key.privateKey, dsaEncoding: 'der' })),
  });
  return { kit, ca, timestamp, intermediate, sample, authorityFor, close };
}

/** A signature by whoever holds a valid certificate and everything the server knows, but not its rules. */
export async function forge(
  { timestamp }: Pick<Stage, 'timestamp'>,
  head: Uint8Array,
  fieldName: string,
  signer: Signer,
  how: {
    appearance?: string;
    text?: Uint8Array;
    stamp?: Timestamp;
    change?: (revision: Revision) => Revision;
  } = {},
): Promise<Uint8Array> {
  const made = signingRevision({
    agreement: openAgreement(head),
    fieldName,
    appearance: how.appearance ?? OPERATORS,
    claimed: CLAIMED,
    room: await cadesRoom(signer, 3000),
  });
  const written = await signWith(signer, {
    head,
    revision: how.change?.(made) ?? made,
    textSha256: how.text ?? textSha256,
    timestamp: how.stamp ?? timestamp,
  });
  return written.pdf;
}

/** A revision by somebody else's tool, unsigned: any objects. */
export function append(head: Uint8Array, objects: NewObject[]): Uint8Array {
  return Buffer.concat([head, buildPlainRevision(openPdf(head), objects)]);
}

/** The same, signed in an object of its own (number: the file's size). */
export async function appendSigned(
  { timestamp }: Pick<Stage, 'timestamp'>,
  head: Uint8Array,
  objects: NewObject[],
  { value, signer }: { value: PdfDict; signer: Signer },
): Promise<Uint8Array> {
  const file = openPdf(head);
  const revision = buildRevision(file, objects, { number: file.size, value, room: 6000 });
  return (await signWith(signer, { head, revision, textSha256, timestamp })).pdf;
}

/** An object of the file with entries changed (null removes one). */
export function edit(file: PdfFile, id: number, entries: Record<string, PdfValue>): NewObject {
  const { value, data } = file.object(id);
  if (!isDict(value)) throw new Error(`object ${id} is no dictionary`);
  const changed = new Map([...value, ...dict(entries)].filter(([, one]) => one !== null));
  return {
    number: id,
    value: changed,
    ...(data === null ? {} : { data: Buffer.from(data).toString('latin1') }),
  };
}

export const catalogWith = (file: PdfFile, entries: Record<string, PdfValue>): NewObject =>
  edit(file, file.rootNumber, entries);

export const formNumber = (file: PdfFile): number => refOf(file.catalog().get('AcroForm')) ?? 0;

export function fieldOf(file: PdfFile, name: string): { number: number; value: PdfDict } {
  const found = readFields(file).get(name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
}

/** A list entry of an object with one reference more. */
export function listed(file: PdfFile, id: number, key: string, added: number): NewObject {
  const { value } = file.object(id);
  const list = isDict(value) ? file.resolve(value.get(key)) : null;
  return edit(file, id, { [key]: [...(Array.isArray(list) ? list : []), ref(added)] });
}

export function streamObject(id: number, data: string, entries: Record<string, PdfValue> = {}): NewObject {
  return { number: id, value: dict({ ...entries, Length: number(data.length) }), data };
}

export const firstPage = (file: PdfFile): number => pageNumbers(file)[0] ?? 0;

/** The first page drawn over in red. */
export function overwrittenPage(file: PdfFile): NewObject[] {
  const drawn = streamObject(file.size + 10, '0 0 500 500 re 1 0 0 rg f');
  return [edit(file, firstPage(file), { Contents: ref(drawn.number) }), drawn];
}
