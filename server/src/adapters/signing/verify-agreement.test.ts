import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { integer, membersOf, octets, oid, sequence, TAG, tlv } from '../../contract/der.ts';
import { buildSignedAttributes } from '../../contract/signing-client.ts';
import type { Signer } from '../../ports/signer.ts';
import type { CheckCode, Signing, VerificationReport } from '../../ports/signing.ts';
import type { Timestamp } from '../../ports/timestamp.ts';
import { openAgreement, readFields } from './agreement-file.ts';
import { builtInTsa } from './built-in-tsa.ts';
import { buildCades, cadesRoom, finish, rangeDigest, signWith } from './cades.ts';
import { readTrust } from './certificate-path.ts';
import { signatureValue } from './certification-revision.ts';
import { openCa } from './open-ca.ts';
import { openPdf, pageNumbers } from './pdf-file.ts';
import { buildRevision, fillGap, type NewObject, type Revision } from './pdf-revision.ts';
import { ascii, dict, isDict, name, number, type PdfDict, ref } from './pdf-syntax.ts';
import {
  COMMITTEE,
  drawSample,
  FIELDS,
  issueFor,
  MANIFEST,
  openSample,
  signSample,
  textSha256,
} from './sample-agreement.fixture.ts';
import { OID_SHA256 } from './signed-data.ts';
import { signingRevision } from './signing-revision.ts';
import { timestampClient } from './timestamp-client.ts';
import { verifyAgreement } from './verify-agreement.ts';

let kit: Signing;
let ca: Awaited<ReturnType<typeof openCa>>;
let timestamp: Timestamp;
let close: () => Promise<void>;
let sample: Awaited<ReturnType<typeof signSample>>;

beforeAll(async () => {
  const opened = await openSample();
  ({ kit, close } = opened);
  ca = await openCa({ dir: opened.dir, passphrase: 'sample', demo: true });
  const transport = builtInTsa(ca.timestampSigner);
  timestamp = timestampClient({ transport, roots: [ca.timestampRoot], maxTokenBytes: 2000 });
  sample = await signSample(kit);
});
afterAll(() => close());

const OPERATORS = 'q\n1 0 m\n5 5 l\nS\nQ';
const codes = (report: VerificationReport) => report.problems.map(({ code }) => code);
const failed = (report: VerificationReport, field: string): CheckCode[] =>
  (report.signatures.find((one) => one.field === field)?.checks ?? [])
    .filter(({ ok }) => !ok)
    .map(({ code }) => code);

/** The attacker holds a valid one-time certificate and everything the server knows, but not its rules. */
async function forge(
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
  const room = await cadesRoom(signer, 3000);
  const made = signingRevision({
    agreement: openAgreement(head),
    fieldName,
    appearance: how.appearance ?? OPERATORS,
    claimed: "D:20251015120000+08'00'",
    room,
  });
  const revision = how.change?.(made) ?? made;
  const written = await signWith(signer, {
    head,
    revision,
    textSha256: how.text ?? textSha256,
    timestamp: how.stamp ?? timestamp,
  });
  return written.pdf;
}

/** A revision by somebody else's tool: any objects, signed in a field of its own or not at all. */
async function append(head: Uint8Array, objects: NewObject[], signed?: { value: PdfDict; signer: Signer }) {
  const file = openPdf(head);
  if (signed !== undefined) {
    const slot = { number: file.size, value: signed.value, room: 6000 };
    const revision = buildRevision(file, objects, slot);
    return (await signWith(signed.signer, { head, revision, textSha256, timestamp })).pdf;
  }
  const slot = { number: file.size + 50, value: dict({ Type: name('Nothing') }), room: 1 };
  return Buffer.concat([head, buildRevision(file, objects, slot).bytes]);
}

const overwrittenPage = (head: Uint8Array): NewObject[] => {
  const file = openPdf(head);
  const [page = 0] = pageNumbers(file);
  const value = file.object(page).value;
  if (!isDict(value)) throw new Error('page expected');
  const stream = {
    number: file.size + 10,
    value: dict({ Length: number(24) }),
    data: '0 0 500 500 re 1 0 0 rg f',
  };
  return [{ number: page, value: new Map([...value, ...dict({ Contents: ref(stream.number) })]) }, stream];
};

describe('a genuine file', () => {
  test('is genuine, a demonstration, with six signatures in order and the last token as effect', async () => {
    const report = await kit.verify(sample.pdf);
    expect(report).toMatchObject({ verdict: 'genuine', demo: true, problems: [] });
    expect(report.signatures.map(({ field, role, name: who }) => [field, role, who])).toEqual([
      ['platform', 'platform', '鄞州区人民法院'],
      ...FIELDS.map((one) => [one.name, one.role, one.signerName]),
    ]);
    expect(report.effectiveAt).toEqual(report.signatures.at(-1)?.time);
    expect(report.baseSha256).toBe(sample.base.sha256);
    expect(report.manifest).toMatchObject({ ...MANIFEST, format: 2, demo: true });
    expect(report.signatures[1]).toMatchObject({ verification: 'ID_CARD_ON_SITE', ok: true });
    expect(report.signatures[1]?.certificate).toContain('演示 无法律效力');
  });

  test('keeps its drawing untouched and carries no NeedAppearances', () => {
    const text = Buffer.from(sample.pdf).toString('latin1');
    expect(text).not.toContain('NeedAppearances');
    expect([...readFields(openPdf(sample.pdf)).keys()]).toEqual([
      'platform',
      ...FIELDS.map((one) => one.name),
      'archive',
    ]);
  });

  test.each([1, 2])('of format %i stays genuine, whatever becomes of the writer', async (format) => {
    const fixture = new URL(`../../../../tests/fixtures/signing/format-${format}`, import.meta.url);
    const trust = readTrust(await readFile(`${fixture.pathname}.trust.pem`, 'utf8'));
    const pdf = await readFile(`${fixture.pathname}.pdf`);
    const shortlyAfter = new Date('2026-12-01T00:00:00Z');
    expect(verifyAgreement(pdf, trust, shortlyAfter)).toMatchObject({ verdict: 'genuine', problems: [] });
  });

  test('is unknown to whoever trusts other roots', async () => {
    const other = await openSample();
    expect(await other.kit.verify(sample.pdf)).toMatchObject({
      verdict: 'unknown',
      problems: [{ code: 'NOT_OURS' }],
    });
    await other.close();
  });

  test('is not believed when the two roots change places', () => {
    const { signerRoots, timestampRoots } = readTrust(kit.trustPem());
    const report = verifyAgreement(sample.pdf, { signerRoots: timestampRoots, timestampRoots: signerRoots });
    expect(report.verdict).toBe('unknown');
    const lax = verifyAgreement(sample.pdf, { signerRoots, timestampRoots: signerRoots });
    expect(lax.verdict).toBe('changed');
    expect(failed(lax, 'committee')).toContain('TIMESTAMP');
  });

  test('does not count tokens for longer than their authority lives', () => {
    const later = new Date(Date.now() + 16 * 366 * 86_400_000);
    const report = verifyAgreement(sample.pdf, readTrust(kit.trustPem()), later);
    expect(report.verdict).toBe('changed');
    expect(codes(report)).toContain('ARCHIVE');
    expect(failed(report, 'committee')).toContain('TIMESTAMP');
  });
});

describe('incomplete files', () => {
  test('every state before the seal is incomplete and names what is missing', async () => {
    for (const [index, head] of sample.heads.slice(0, FIELDS.length).entries()) {
      const report = await kit.verify(head);
      expect(report.verdict).toBe('incomplete');
      expect(report.effectiveAt).toBeNull();
      expect(report.problems.map(({ field }) => field)).toEqual(FIELDS.slice(index).map((one) => one.name));
    }
    const unsealed = await kit.verify(sample.unsealed);
    expect(codes(unsealed)).toEqual(['SEAL_MISSING']);
  });

  test('the drawing without certification is unknown, no PDF is unreadable', async () => {
    expect((await kit.verify(await drawSample())).verdict).toBe('unknown');
    expect((await kit.verify(Buffer.from('hello'))).verdict).toBe('unreadable');
    expect((await kit.verify(Buffer.from('%PDF-1.7 cut'))).verdict).toBe('unreadable');
    expect((await kit.verify(new Uint8Array())).verdict).toBe('unreadable');
  });
});

describe('changed bytes', () => {
  test('one changed byte anywhere is never genuine nor incomplete', async () => {
    let state = 20251015;
    const random = (below: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let round = 0; round < 150; round += 1) {
      const changed = Buffer.from(sample.pdf);
      const at = random(changed.length);
      changed[at] = (changed[at] ?? 0) ^ (1 + random(255));
      const { verdict } = await kit.verify(changed);
      expect({ at, verdict }).toEqual({ at, verdict: 'changed' });
    }
  });

  test('a changed base is not quoted', async () => {
    const changed = Buffer.from(sample.pdf);
    changed[400] = (changed[400] ?? 0) ^ 1;
    const report = await kit.verify(changed);
    expect(report).toMatchObject({ verdict: 'changed', demo: true, manifest: null, baseSha256: null });
  });

  test('every byte of the last signature value, its padding and its trailer counts', async () => {
    const from = sample.unsealed.length + 36_000;
    for (let at = from; at < sample.pdf.length; at += 61) {
      const changed = Buffer.from(sample.pdf);
      changed[at] = (changed[at] ?? 0) ^ 0x20;
      expect((await kit.verify(changed)).verdict, `offset ${at}`).toBe('changed');
    }
  });

  test('non-zero padding behind the CMS', async () => {
    const text = Buffer.from(sample.pdf).toString('latin1');
    const end = text.lastIndexOf('00>\n>>', sample.sealed.length);
    expect(end).toBeGreaterThan(0);
    const report = await kit.verify(Buffer.from(`${text.slice(0, end)}01${text.slice(end + 2)}`, 'latin1'));
    expect(report.verdict).toBe('changed');
    expect(failed(report, 'committee')).toEqual(['ENCODING']);
    expect(codes(report)).toContain('ARCHIVE');
  });

  test.each([
    ['a line end', Buffer.from('\n')],
    ['zeros', Buffer.alloc(5000)],
    ['a second end mark', Buffer.from('%%EOF\n')],
  ])('trailing bytes: %s', async (_, tail) => {
    const report = await kit.verify(Buffer.concat([sample.pdf, tail]));
    expect(report).toMatchObject({ verdict: 'changed', demo: true });
  });

  test('cut files', async () => {
    for (const length of [sample.pdf.length - 1, sample.pdf.length - 3000, sample.heads[2]?.length ?? 0]) {
      const report = await kit.verify(sample.pdf.subarray(0, length));
      expect(report.verdict).toBe(length === sample.heads[2]?.length ? 'incomplete' : 'changed');
    }
  });

  test('bytes before the header, or a broken header', async () => {
    const broken = Buffer.from(sample.pdf);
    broken[1] = 0x20;
    expect((await kit.verify(broken)).verdict).toBe('changed');
    expect((await kit.verify(Buffer.concat([Buffer.from('\n'), sample.pdf]))).verdict).toBe('changed');
  });
});

describe('revisions that do not belong', () => {
  test('a page overwritten behind the seal', async () => {
    const report = await kit.verify(await append(sample.pdf, overwrittenPage(sample.pdf)));
    expect(report.verdict).toBe('changed');
    expect(codes(report)).toContain('AFTER_SEAL');
  });

  test('a page overwritten between two signatures', async () => {
    const head = sample.heads[2] ?? sample.pdf;
    const report = await kit.verify(await append(head, overwrittenPage(head)));
    expect(codes(report)).toContain('STRUCTURE');
    expect(report.verdict).toBe('changed');
  });

  test('a page overwritten inside a signing revision with a good signature', async () => {
    const head = sample.base.pdf;
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256);
    const { file, fields } = openAgreement(head);
    const state = fields.get('party-1');
    if (state === undefined) throw new Error('field expected');
    const filled = new Map([...state.value, ...dict({ V: ref(file.size) })]);
    const value = signatureValue({ name: '陈阿根', role: 'party', claimed: "D:20251015120000+08'00'" });
    const objects = [{ number: state.number, value: filled }, ...overwrittenPage(head)];
    const report = await kit.verify(await append(head, objects, { value, signer }));
    expect(report.verdict).toBe('changed');
    expect(failed(report, 'party-1')).toEqual(['REVISION']);
  });

  test('a late signature in a field of its own', async () => {
    const { signer } = await issueFor(kit, 'recorder', sample.base.sha256);
    const file = openPdf(sample.pdf);
    const form = file.resolve(file.catalog().get('AcroForm'));
    const fields = isDict(form) ? form.get('Fields') : null;
    if (!isDict(form) || !Array.isArray(fields)) throw new Error('form expected');
    const late = file.size + 1;
    const widget = dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: ascii('late'),
      Rect: [0, 0, 0, 0].map(number),
      V: ref(file.size),
    });
    const formNumber = openFormNumber(sample.pdf);
    const report = await kit.verify(
      await append(
        sample.pdf,
        [
          { number: late, value: widget },
          { number: formNumber, value: new Map([...form, ...dict({ Fields: [...fields, ref(late)] })]) },
        ],
        {
          value: signatureValue({ name: 'late', role: 'recorder', claimed: "D:20251015120000+08'00'" }),
          signer,
        },
      ),
    );
    expect(report.verdict).toBe('changed');
    expect(codes(report)).toContain('UNKNOWN_FIELD');
  });

  test('the seal again behind the seal', async () => {
    const head = sample.unsealed;
    const again = Buffer.concat([sample.pdf, sample.pdf.subarray(head.length)]);
    expect((await kit.verify(again)).verdict).toBe('changed');
  });

  test('text or images in an appearance', async () => {
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256);
    const appearance = 'BT /F1 12 Tf (paid in full) Tj ET';
    const report = await kit.verify(await forge(sample.base.pdf, 'party-1', signer, { appearance }));
    expect(failed(report, 'party-1')).toEqual(['REVISION']);
  });

  test('a seal without its lock on the other fields', async () => {
    const head = sample.unsealed;
    const signer = await ca.committeeSigner(COMMITTEE);
    const { file, fields } = openAgreement(head);
    const state = fields.get('committee');
    if (state === undefined) throw new Error('field expected');
    const filled = new Map([...state.value, ...dict({ V: ref(file.size) })]);
    const value = signatureValue({
      name: COMMITTEE.committeeName,
      role: 'committee',
      claimed: "D:20251015120000+08'00'",
    });
    const report = await kit.verify(
      await append(head, [{ number: state.number, value: filled }], { value, signer }),
    );
    expect(failed(report, 'committee')).toEqual(['REVISION']);
  });
});

describe('signatures that do not hold', () => {
  test('a byte range that leaves out more than the signature', async () => {
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256);
    const narrowed = await forge(sample.base.pdf, 'party-1', signer, {
      change: (revision) => {
        const text = Buffer.from(revision.bytes).toString('latin1');
        const [whole = '', a = '', b = '', c = ''] =
          text.match(/(?<=\/ByteRange )\[0 (\d+) (\d+) (\d+) *\]/) ?? [];
        const range = `[0 ${Number(a)} ${Number(b) + 4} ${Number(c) - 4}`.padEnd(whole.length - 1);
        return { ...revision, bytes: Buffer.from(text.replace(whole, `${range}]`), 'latin1') };
      },
    });
    const report = await kit.verify(narrowed);
    expect(failed(report, 'party-1')).toEqual(expect.arrayContaining(['BYTE_RANGE', 'DIGEST', 'REVISION']));
  });

  test('one certificate in two fields', async () => {
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256);
    const once = await forge(sample.base.pdf, 'party-1', signer);
    expect((await kit.verify(once)).verdict).toBe('incomplete');
    const report = await kit.verify(await forge(once, 'party-2', signer));
    expect(report.verdict).toBe('changed');
    expect(codes(report)).toContain('CERTIFICATE_REUSED');
    expect(failed(report, 'party-2')).toEqual(['BINDING']);
  });

  test.each([
    ['another base', { baseSha256: '00'.repeat(32) }],
    ['another case', { caseNumber: '（2025）禾岸人调字第13号' }],
    ['another person', { personId: '0190c0aa-0000-7000-8000-000000000012' }],
    ['another name', { name: '周建波' }],
    ['another role', { role: 'mediator' as const }],
    ['another court', { courtId: '0190c0aa-0000-7000-8000-000000000002', courtName: '海曙区人民法院' }],
  ])('a certificate for %s', async (_, changes) => {
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256, changes);
    const report = await kit.verify(await forge(sample.base.pdf, 'party-1', signer));
    expect(report.verdict).toBe('changed');
    expect(failed(report, 'party-1')).toEqual(['BINDING']);
  });

  test('a one-time certificate in the place of the seal', async () => {
    const { signer } = await issueFor(kit, 'committee', sample.base.sha256);
    const report = await kit.verify(await forge(sample.unsealed, 'committee', signer));
    expect(failed(report, 'committee')).toEqual(['BINDING']);
  });

  test('a key that does not match its certificate', async () => {
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256);
    const { signer: other } = await issueFor(kit, 'party-1', sample.base.sha256);
    const report = await kit.verify(await forge(sample.base.pdf, 'party-1', { ...signer, sign: other.sign }));
    expect(failed(report, 'party-1')).toEqual(['SIGNATURE']);
  });

  test('a replayed token', async () => {
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256);
    const old = await timestamp.stamp(new Uint8Array(32).fill(7));
    const stamp = { ...timestamp, stamp: async () => old };
    const report = await kit.verify(await forge(sample.base.pdf, 'party-1', signer, { stamp }));
    expect(failed(report, 'party-1')).toEqual(['TIMESTAMP']);
    expect(report.signatures[1]?.time).toBeNull();
  });

  test('a token by a signer instead of the authority', async () => {
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256);
    const tsa = builtInTsa(signer);
    const stamp: Timestamp = {
      ...timestamp,
      stamp: async (digest) => {
        const imprint = sequence(sequence(oid(OID_SHA256)), octets(digest));
        const wanted = tlv(TAG.boolean, Uint8Array.of(0xff));
        return membersOf(await tsa(sequence(integer(1), imprint, wanted)))[1]?.raw ?? new Uint8Array();
      },
    };
    const report = await kit.verify(await forge(sample.base.pdf, 'party-1', signer, { stamp }));
    expect(failed(report, 'party-1')).toEqual(['TIMESTAMP']);
  });

  test('another text than the one that the base names', async () => {
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256);
    const text = new Uint8Array(32).fill(1);
    const report = await kit.verify(await forge(sample.base.pdf, 'party-1', signer, { text }));
    expect(failed(report, 'party-1')).toEqual(['TEXT']);
  });

  test('an attribute set for another file, with a good signature', async () => {
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256);
    const { certificate, chain } = signer;
    const revision = signingRevision({
      agreement: openAgreement(sample.base.pdf),
      fieldName: 'party-1',
      appearance: OPERATORS,
      claimed: "D:20251015120000+08'00'",
      room: await cadesRoom(signer, 3000),
    });
    const digest = new Uint8Array(32).fill(9);
    const signedAttributes = await buildSignedAttributes({ digest, certificate, textSha256 });
    const signature = await signer.sign(signedAttributes);
    const head = sample.base.pdf;
    const { pdf } = await finish({
      head,
      revision,
      signedAttributes,
      signature,
      certificate,
      chain,
      timestamp,
    });
    expect(failed(await kit.verify(pdf), 'party-1')).toEqual(['DIGEST']);
    expect(Buffer.from(rangeDigest(head, revision)).equals(digest)).toBe(false);
  });

  test('a signature without a token', async () => {
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256);
    const { certificate, chain } = signer;
    const head = sample.base.pdf;
    const revision = signingRevision({
      agreement: openAgreement(head),
      fieldName: 'party-1',
      appearance: OPERATORS,
      claimed: "D:20251015120000+08'00'",
      room: await cadesRoom(signer, 3000),
    });
    const digest = rangeDigest(head, revision);
    const signedAttributes = await buildSignedAttributes({ digest, certificate, textSha256 });
    const signature = await signer.sign(signedAttributes);
    const empty = Uint8Array.of(0x30, 0x00);
    const filled = fillGap(
      revision,
      buildCades({ signedAttributes, signature, certificate, chain, token: empty }),
      head.length,
    );
    const report = await kit.verify(Buffer.concat([head, filled ?? new Uint8Array()]));
    expect(failed(report, 'party-1')).toEqual(['TIMESTAMP']);
    expect(report.verdict).toBe('changed');
  });

  test('a mediator who signed before a party', async () => {
    const { signer } = await issueFor(kit, 'mediator', sample.base.sha256);
    const early = await forge(sample.base.pdf, 'mediator', signer);
    expect((await kit.verify(early)).verdict).toBe('incomplete');
    const party = await issueFor(kit, 'party-1', sample.base.sha256);
    const report = await kit.verify(await forge(early, 'party-1', party.signer));
    expect(codes(report)).toContain('ORDER');
    expect(report.verdict).toBe('changed');
  });
});

function openFormNumber(pdf: Uint8Array): number {
  const reference = openPdf(pdf).catalog().get('AcroForm');
  if (
    reference === null ||
    typeof reference !== 'object' ||
    !('kind' in reference) ||
    reference.kind !== 'ref'
  ) {
    throw new Error('form expected');
  }
  return reference.number;
}
