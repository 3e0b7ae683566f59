import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckCode, Signing, VerificationReport } from '../../ports/signing.ts';
import type { Timestamp } from '../../ports/timestamp.ts';
import { openAgreement } from './agreement-file.ts';
import { readStore, storeRevision, timestampRevision } from './archive-revision.ts';
import { builtInTsa } from './built-in-tsa.ts';
import { rangeDigest } from './cades.ts';
import { readTrust } from './certificate-path.ts';
import { signerCertificate } from './check-signed-data.ts';
import { openCa } from './open-ca.ts';
import { openPdf } from './pdf-file.ts';
import { fillGap } from './pdf-revision.ts';
import { bytesOf, isDict } from './pdf-syntax.ts';
import { firstDer } from './rebuild-revision.ts';
import { parseRevocationList } from './revocation-list.ts';
import { COURT, FIELDS, issueFor, openSample, signSample, tsaOf } from './sample-agreement.fixture.ts';
import { parseSignedData } from './signed-data.ts';
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
  const transport = tsaOf(ca);
  timestamp = timestampClient({ transport, roots: [ca.timestampRoot], maxTokenBytes: 2000 });
  sample = await signSample(kit);
});
afterAll(() => close());

const codes = (report: VerificationReport) => report.problems.map(({ code }) => code);
const failedOf = (report: VerificationReport, field: string): CheckCode[] =>
  (report.signatures.find((one) => one.field === field)?.checks ?? [])
    .filter(({ ok }) => !ok)
    .map(({ code }) => code);

/** A document time stamp by an attacker who may choose the token. */
async function stampBy(head: Uint8Array, choose: (digest: Uint8Array) => Promise<Uint8Array>) {
  const revision = timestampRevision(openAgreement(head), 3000);
  const filled = fillGap(revision, await choose(rangeDigest(head, revision)), head.length);
  return Buffer.concat([head, filled ?? new Uint8Array()]);
}

/** The same sealed file with another security store and a good document time stamp. */
async function withStore(store: { certificates: Uint8Array[]; lists: Uint8Array[] }) {
  const stored = Buffer.concat([sample.sealed, storeRevision(openPdf(sample.sealed), store)]);
  return stampBy(stored, (digest) => timestamp.stamp(digest));
}

describe('a revocation list', () => {
  test('is read back with its times and entries, and only its issuer verifies it', async () => {
    const at = new Date('2026-11-24T08:00:00Z');
    const [court, root] = await ca.revocationLists(COURT, [{ serial: '4a00ff', at, reason: 'superseded' }]);
    const list = parseRevocationList(court);
    expect([...list.revoked]).toEqual([['4a00ff', at]]);
    expect((list.nextUpdate?.getTime() ?? 0) - list.thisUpdate.getTime()).toBe(7 * 86_400_000);
    const { chain } = await ca.committeeSigner({ ...COURT, committeeId: 'c', committeeName: '会' });
    expect(list.verifiedBy(chain[0] ?? court)).toBe(true);
    expect(list.verifiedBy(ca.signerRoot)).toBe(false);
    expect(parseRevocationList(root).verifiedBy(ca.signerRoot)).toBe(true);
    const changed = Buffer.from(court);
    const last = changed.length - 1;
    changed[last] = (changed[last] ?? 0) ^ 1;
    expect(() => parseRevocationList(changed).verifiedBy(chain[0] ?? court)).not.toThrow();
    expect(parseRevocationList(changed).verifiedBy(chain[0] ?? court)).toBe(false);
    expect(() => parseRevocationList(court.subarray(1))).toThrow();
  });
});

describe('an archived file (PAdES B-LTA)', () => {
  test('has one document time stamp, proves nobody was revoked, and takes effect with the last signature', async () => {
    const report = await kit.verify(sample.pdf);
    expect(report).toMatchObject({ verdict: 'genuine', problems: [] });
    expect(report.stamps).toMatchObject([{ field: 'archive', ok: true }]);
    for (const one of report.signatures) expect(one.checks).toContainEqual({ code: 'REVOCATION', ok: true });
    expect(report.effectiveAt).toEqual(report.signatures.at(-1)?.time);
    expect(report.stamps[0]?.time?.getTime()).toBeGreaterThanOrEqual(report.effectiveAt?.getTime() ?? 0);
  });

  test('sealed but not archived is incomplete, and so is one with the store alone', async () => {
    expect(await kit.verify(sample.sealed)).toMatchObject({
      verdict: 'incomplete',
      problems: [{ code: 'ARCHIVE_MISSING' }],
    });
    const sections = openPdf(sample.pdf).sections;
    const storeOnly = await kit.verify(sample.pdf.subarray(0, sections.at(-2)?.end));
    expect(storeOnly).toMatchObject({ verdict: 'incomplete', problems: [{ code: 'ARCHIVE_MISSING' }] });
  });

  test('is renewed: a second time stamp in a field of its own, the first judged at the second', async () => {
    const { pdf, validUntil, archivedAt } = await kit.archive({ head: sample.pdf, revoked: [] });
    const report = await kit.verify(pdf);
    expect(report).toMatchObject({ verdict: 'genuine', problems: [] });
    expect(report.stamps.map(({ field, ok }) => [field, ok])).toEqual([
      ['archive', true],
      ['archive-2', true],
    ]);
    expect(report.stamps[0]?.checks).toContainEqual({ code: 'REVOCATION', ok: true });
    expect(validUntil.getTime()).toBeGreaterThan(archivedAt.getTime() + 14 * 365 * 86_400_000);
    const third = await kit.archive({ head: pdf, revoked: [] });
    expect((await kit.verify(third.pdf)).stamps).toHaveLength(3);
  });

  test('waits for every signature', async () => {
    for (const head of sample.heads.slice(0, FIELDS.length)) {
      await expect(kit.archive({ head, revoked: [] })).rejects.toMatchObject({ code: 'NOT_YOUR_TURN' });
    }
    await expect(kit.archive({ head: Buffer.from('no'), revoked: [] })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });

  test('never becomes weaker when no time stamp comes', async () => {
    const opened = await openSample();
    const own = await signSample(opened.kit);
    const broken = await openSample({
      dir: opened.dir,
      timestamp: {
        maxTokenBytes: 2000,
        stamp: () => Promise.reject(Object.assign(new Error(), { code: 'TIMESTAMP_UNAVAILABLE' })),
      },
    });
    await expect(broken.kit.archive({ head: own.sealed, revoked: [] })).rejects.toMatchObject({
      code: 'TIMESTAMP_UNAVAILABLE',
    });
    await opened.close();
  });
});

describe('a revoked signer', () => {
  test('who was revoked before signing makes the file unusable; afterwards it changes nothing', async () => {
    const { signatures } = await kit.verify(sample.sealed);
    const serial = serialIn(sample.sealed, 'party-1');
    const signed = signatures.find(({ field }) => field === 'party-1')?.time?.getTime() ?? 0;
    const late = await kit.archive({
      head: sample.sealed,
      revoked: [{ serial, at: new Date(signed + 2000), reason: 'superseded' }],
    });
    expect((await kit.verify(late.pdf)).verdict).toBe('genuine');
    const revoked = [{ serial, at: new Date(signed - 60_000), reason: 'keyCompromise' as const }];
    await expect(kit.archive({ head: sample.sealed, revoked })).rejects.toMatchObject({
      code: 'SIGNATURE_INVALID',
    });
    const lists = await ca.revocationLists(COURT, revoked);
    const report = await kit.verify(await withStore({ certificates: [], lists }));
    expect(report.verdict).toBe('changed');
    expect(failedOf(report, 'party-1')).toEqual(['REVOCATION']);
    expect(failedOf(report, 'party-2')).toEqual([]);
  });
});

describe('long-term data that do not hold', () => {
  test('an empty store, stamped well', async () => {
    const report = await kit.verify(await withStore({ certificates: [], lists: [] }));
    expect(report.verdict).toBe('changed');
    expect(failedOf(report, 'committee')).toEqual(['REVOCATION']);
  });

  test('lists of another authority', async () => {
    const other = await openSample();
    const foreign = await openCa({ dir: other.dir, passphrase: 'sample', demo: true });
    const lists = await foreign.revocationLists(COURT, []);
    const report = await kit.verify(await withStore({ certificates: [], lists }));
    expect(failedOf(report, 'party-1')).toEqual(['REVOCATION']);
    await other.close();
  });

  test('lists older than the signatures', async () => {
    const old = readStore(openPdf(sample.pdf));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const fresh = await signSample(kit);
    const stored = Buffer.concat([
      fresh.sealed,
      storeRevision(openPdf(fresh.sealed), { certificates: [], lists: old?.lists ?? [] }),
    ]);
    const report = await kit.verify(await stampBy(stored, (digest) => timestamp.stamp(digest)));
    expect(failedOf(report, 'party-1')).toEqual(['REVOCATION']);
  });

  test('a store emptied behind the time stamp', async () => {
    const empty = storeRevision(openPdf(sample.pdf), { certificates: [], lists: [] });
    const report = await kit.verify(Buffer.concat([sample.pdf, empty]));
    expect(report.verdict).toBe('changed');
    expect(codes(report)).toContain('ARCHIVE');
    const stamped = await stampBy(Buffer.concat([sample.pdf, empty]), (digest) => timestamp.stamp(digest));
    expect((await kit.verify(stamped)).verdict).toBe('changed');
  });

  test('a store repeated behind the time stamp without another one', async () => {
    const store = readStore(openPdf(sample.pdf)) ?? { certificates: [], lists: [] };
    const again = Buffer.concat([sample.pdf, storeRevision(openPdf(sample.pdf), store)]);
    const report = await kit.verify(again);
    expect(report).toMatchObject({ verdict: 'changed', problems: [{ code: 'AFTER_SEAL' }] });
  });

  test('a replayed document time stamp', async () => {
    const old = await timestamp.stamp(new Uint8Array(32).fill(7));
    const stored = sample.pdf.subarray(0, openPdf(sample.pdf).sections.at(-2)?.end);
    const report = await kit.verify(await stampBy(stored, async () => old));
    expect(report.verdict).toBe('changed');
    expect(codes(report)).toEqual(['ARCHIVE']);
  });

  test('a document time stamp by a signer', async () => {
    const { signer } = await issueFor(kit, 'party-1', sample.base.sha256);
    const forged = timestampClient({
      transport: builtInTsa(signer),
      roots: [ca.signerRoot],
      maxTokenBytes: 3000,
    });
    await expect(forged.stamp(new Uint8Array(32))).rejects.toMatchObject({ code: 'TIMESTAMP_UNAVAILABLE' });
  });

  test('a time stamp without a store before it', async () => {
    const report = await kit.verify(await stampBy(sample.sealed, (digest) => timestamp.stamp(digest)));
    expect(report.verdict).toBe('changed');
    expect(codes(report)).toContain('ARCHIVE');
  });

  test('every byte of store, lists and document time stamp counts', async () => {
    const trust = readTrust(kit.trustPem());
    for (let at = sample.sealed.length; at < sample.pdf.length; at += 23) {
      const changed = Buffer.from(sample.pdf);
      changed[at] = (changed[at] ?? 0) ^ 0x20;
      expect(verifyAgreement(changed, trust).verdict, `offset ${at}`).toBe('changed');
    }
  });
});

function serialIn(pdf: Uint8Array, field: string): string {
  const { file, fields } = openAgreement(pdf);
  const value = file.object(fields.get(field)?.signature ?? 0).value;
  const contents = isDict(value) ? bytesOf(value.get('Contents')) : undefined;
  const signed = parseSignedData(firstDer(contents ?? new Uint8Array()) ?? new Uint8Array());
  return new X509Certificate(signerCertificate(signed) ?? new Uint8Array()).serialNumber.toLowerCase();
}
