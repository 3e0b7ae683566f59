import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '../../server/src/services/context.ts';
import { inCourt, transactRaw } from '../../server/src/services/transact.ts';
import { seedCase } from '../setup/asker.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.stop());

const ctxOf = (courtId: string): Ctx => ({
  deps: t.deps,
  principal: { kind: 'system', courtId },
  requestId: 'test',
  ip: 'test',
});

describe('one court never sees another’s rows', () => {
  it('every table with a court has its policy, and the application’s role cannot pass by it', async () => {
    const open = await t.deps.statements.$queryRaw<{ table: string }[]>`
      SELECT c.relname AS table FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'courtId'
        AND NOT (c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))`;
    expect(open).toEqual([]);
    const [role] = await t.deps.statements.$queryRaw<Record<string, unknown>[]>`
      SELECT current_user::text AS name, r.rolsuper AS super, r.rolbypassrls AS bypass,
        (SELECT count(*)::int FROM pg_class c WHERE c.relowner = r.oid) AS owns
      FROM pg_roles r WHERE r.rolname = current_user`;
    expect(role).toEqual({ name: 'tongxi_service', super: false, bypass: false, owns: 0 });
  });

  it('the service’s login becomes nobody else, and shadows nothing: the audit log is neither forged nor changed', async () => {
    const login = new pg.Client({ connectionString: t.appUrl });
    await login.connect();
    const refused = async (sql: string) =>
      login.query(sql).then(
        () => 'allowed',
        (error: { code: string }) => error.code,
      );
    for (const sql of [
      'SET ROLE tongxi',
      'SET SESSION AUTHORIZATION tongxi',
      'CREATE TEMP TABLE "AuditHead" (LIKE public."AuditHead")',
      'CREATE TABLE public.mine (id int)',
      'CREATE SCHEMA mine',
      `UPDATE "AuditEvent" SET action = 'x'`,
      'DELETE FROM "AuditPersonal"',
      'UPDATE "AuditHead" SET seq = 1',
      'TRUNCATE "AuditEvent"',
      'ALTER FUNCTION append_audit(text, jsonb, text[]) SET search_path = pg_temp',
      `SELECT emit_live_rows('${randomUUID()}', ARRAY['x'], 'x', '{}')`,
      'SELECT * FROM _prisma_migrations',
    ])
      expect([sql, await refused(sql)]).toEqual([sql, '42501']);
    await login.query('RESET ROLE');
    const { rows } = await login.query('SELECT current_user::text AS name');
    expect(rows).toEqual([{ name: 'tongxi_service' }]);
    await login.end();
  });

  it('functions with their owner’s rights look names up in the catalogue first, never in temporary tables', async () => {
    const definers = await t.deps.statements.$queryRaw<{ name: string; config: string[] | null }[]>`
      SELECT p.proname AS name, p.proconfig AS config FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef`;
    expect(definers.length).toBeGreaterThan(2);
    for (const { name, config } of definers)
      expect([name, config]).toEqual([name, ['search_path=pg_catalog, public, pg_temp']]);
  });

  it('by the object mapper and by plain statements alike; without a court nothing shows', async () => {
    const other = await t.secondCourt();
    const mine = await seedCase(t);
    const theirs = await seedCase(t, other);
    const plain = (courtId: string) =>
      t.deps.statements.inCourt(courtId, (tx) => tx.$queryRaw<{ id: string }[]>`SELECT id FROM "Case"`);
    const mapped = (courtId: string) =>
      inCourt(t.deps.db, courtId, (tx) => tx.case.findMany({ select: { id: true } }));
    for (const cases of [plain, mapped]) {
      expect(await cases(t.court.courtId)).toEqual([{ id: mine.caseId }]);
      expect(await cases(other.courtId)).toEqual([{ id: theirs.caseId }]);
    }
    expect(await t.deps.statements.$queryRaw`SELECT id FROM "Case"`).toEqual([]);
    expect(await t.deps.db.case.count()).toBe(0);
    // The pooled connection forgets the court with its transaction.
    await plain(t.court.courtId);
    expect(await t.deps.statements.$queryRaw`SELECT id FROM "Party"`).toEqual([]);
    const changed = await t.deps.statements.inCourt(
      other.courtId,
      (tx) => tx.$executeRaw`UPDATE "Case" SET title = 'x' WHERE id = ${mine.caseId}::uuid`,
    );
    expect(changed).toBe(0);
    const foreign = t.deps.statements.inCourt(
      other.courtId,
      (tx) => tx.$executeRaw`INSERT INTO "Place" (id, "courtId", kind, name)
        VALUES (${randomUUID()}::uuid, ${t.court.courtId}::uuid, 'TOWN', 'x')`,
    );
    await expect(foreign).rejects.toMatchObject({ code: '42501' });
  });

  it('plain statements keep all or nothing, and a lost race is CONFLICT', async () => {
    const { courtId } = t.court;
    const [name, id] = [`place-${randomUUID()}`, randomUUID()];
    const insert = (fail: boolean) =>
      transactRaw(ctxOf(courtId), async (tx) => {
        await tx.$executeRaw`INSERT INTO "Place" (id, "courtId", kind, name) VALUES (${id}::uuid, ${courtId}::uuid, 'TOWN', ${name})`;
        if (fail) throw new Error('later fault');
      });
    const found = () =>
      t.deps.statements.inCourt(
        courtId,
        (tx) => tx.$queryRaw<unknown[]>`SELECT 1 FROM "Place" WHERE name = ${name}`,
      );
    await expect(insert(true)).rejects.toThrow('later fault');
    expect(await found()).toHaveLength(0);
    await insert(false);
    await expect(insert(false)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await found()).toHaveLength(1);
  });
});
