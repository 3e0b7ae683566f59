import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { stampAuditHeads } from '../../server/src/services/audit/stamp-head.ts';
import { verifyStamps } from '../../server/src/services/audit/verify-stamps.ts';
import { newestToken } from '../../server/src/services/sealing/newest-token.ts';
import { renewArchives } from '../../server/src/services/sealing/renew-archives.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { sealedCase } from '../factories/sealed.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

test('the evidence report says who, how, when by token and with which hashes; the audit head is stamped at the seal', async () => {
  const c1 = await sealedCase(app);
  const { courtId } = app.court;
  const stamped = () => inCourt(app.deps.db, courtId, (tx) => tx.auditStamp.findFirst());
  await app.settle(async () => (await stamped()) !== null, 20_000);

  const answer = await c1.mediator.raw(`/api/cases/${c1.caseId}/evidence.pdf`);
  expect(answer.status).toBe(200);
  const pdf = new Uint8Array(await answer.arrayBuffer());
  const text = (await pdfText(pdf)).replaceAll(/\s+/g, '');
  const version = await inCourt(app.deps.db, courtId, (tx) =>
    tx.draftVersion.findFirstOrThrow({ include: { signatures: { include: { certificate: true } } } }),
  );
  expect(text).toContain(version.canonicalSha256);
  expect(text).toContain(version.baseSha256);
  for (const { signerName, certificate } of version.signatures) {
    expect(text).toContain(signerName);
    if (certificate) expect(text).toContain(certificate.serial);
  }
  for (const word of [
    '回答自愿三问',
    '短信验证码',
    '站点当面交接屏幕',
    '内置时间戳',
    '非依法许可',
    '定稿',
    '协议生效',
  ])
    expect(text).toContain(word);
  expect(text).toContain((await stamped())?.hash);
  // The log's acts by their names, not by their codes.
  expect(text).not.toMatch(/system:|sign-as-|freeze/);
  expect(text).toMatch(/待签文件认证时间（时间戳）：\d{4}年/);

  // Both sides' devices and networks are in it: not for parties, nor for other people's eyes.
  expect((await c1.zhouPhone.raw(`/api/cases/${c1.caseId}/evidence.pdf`)).status).toBe(403);
  expect((await app.anonymous.raw(`/api/cases/${c1.caseId}/evidence.pdf`)).status).toBe(401);

  await renewed(c1.caseId, () => c1.mediator.raw(`/api/cases/${c1.caseId}/agreement.pdf`));
  await hourly();

  const good = await verifyStamps(app.deps, courtId);
  expect(good.stamps).toBeGreaterThan(0);
  expect(good.faults).toEqual([]);
  // Somebody with the whole database changes what happened and makes the chain fit again: the stamp does not.
  const owner = new pg.Client({ connectionString: app.databaseUrl });
  await owner.connect();
  const seq = (await stamped())?.seq;
  await owner.query('SET session_replication_role = replica');
  await owner.query(`UPDATE "AuditEvent" SET hash = repeat('0', 64) WHERE seq = $1`, [seq]);
  await owner.query(`UPDATE "AuditStamp" SET hash = repeat('0', 64) WHERE seq = $1`, [seq]);
  await owner.end();
  expect((await verifyStamps(app.deps, courtId)).faults).toContain(String(seq));
});

/** The archive is stamped anew before its time stamp's certificate ends, and only by one that holds longer. */
async function renewed(caseId: string, download: () => Promise<Response>): Promise<void> {
  const { courtId } = app.court;
  const files = () =>
    inCourt(app.deps.db, courtId, (tx) =>
      tx.document.findMany({ where: { caseId, kind: 'AGREEMENT' }, orderBy: { createdAt: 'asc' } }),
    );
  await renewArchives(app.deps);
  const [first, ...none] = await files();
  expect(none).toEqual([]);
  expect(await newestToken(app.deps.db)).toEqual(
    await inCourt(app.deps.db, courtId, async (tx) => (await tx.auditStamp.findFirstOrThrow()).time),
  );
  // In fourteen years: the same authority again would add nothing.
  app.setClock(new Date(Date.now() + 14 * 365 * 86_400_000));
  const owner = new pg.Client({ connectionString: app.databaseUrl });
  await owner.connect();
  await owner.query('SET session_replication_role = replica');
  const [version, document] = [randomUUID(), randomUUID()];
  const like = (table: string, where: string) =>
    `INSERT INTO "${table}" SELECT (jsonb_populate_record(t, $1::jsonb)).* FROM "${table}" t WHERE ${where} = $2`;
  const second = { id: version, number: 99, headDocumentId: document };
  await owner.query(like('DraftVersion', 'id'), [JSON.stringify(second), first?.versionId]);
  await owner.query(like('Document', 'id'), [
    JSON.stringify({ id: document, versionId: version }),
    first?.id,
  ]);
  // One refusal tells what the authority can do: the second file is not stamped to learn it again.
  const archive = vi.spyOn(app.deps.signing, 'archive');
  await expect(renewArchives(app.deps)).rejects.toThrow('bring a newer one');
  expect(archive).toHaveBeenCalledTimes(1);
  archive.mockRestore();
  app.setClock(null);
  await owner.query(`DELETE FROM "Document" WHERE id = $1`, [document]);
  await owner.query(`DELETE FROM "DraftVersion" WHERE id = $1`, [version]);
  expect(await files()).toHaveLength(1);
  await owner.query(`UPDATE "Document" SET "archivedUntil" = now() + interval '1 year' WHERE id = $1`, [
    first?.id,
  ]);
  await owner.end();
  for (let again = 0; again < 2; again += 1) await renewArchives(app.deps);
  expect(await files()).toHaveLength(2);
  const report = await app.deps.signing.verify(new Uint8Array(await (await download()).arrayBuffer()));
  expect([report.verdict, report.stamps.length]).toEqual(['genuine', 2]);
}

/** Every hour the newest link gets a stamp, once. */
async function hourly(): Promise<void> {
  for (let again = 0; again < 2; again += 1) await stampAuditHeads(app.deps);
  const stamps = await inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.auditStamp.count({ where: { reason: 'HOURLY' } }),
  );
  expect(stamps).toBe(1);
}
