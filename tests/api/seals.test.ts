import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSeal } from '../../server/src/adapters/signing/registered-seal.fixture.ts';
import type { CommitteeSealView } from '../../server/src/contract/seal.ts';
import { standingSeal } from '../../server/src/services/seals/standing-seal.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { sealedCase } from '../factories/sealed.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

type List = { committees: CommitteeSealView[] };
const committeeOf = async (client: Client, name: string): Promise<CommitteeSealView> => {
  const { body } = await client.get<List>('/api/seals');
  const found = body.committees.find((one) => one.committeeName === name);
  if (!found) throw new Error(JSON.stringify(body));
  return found;
};
async function send(client: Client, committeeId: string, bytes: Uint8Array) {
  const form = new FormData();
  form.set('file', new File([Buffer.from(bytes)], 'seal.esl'));
  const answer = await client.raw(`/api/committees/${committeeId}/seal`, { method: 'POST', body: form });
  return { status: answer.status, body: (await answer.json()) as { code?: string; details?: object } };
}

test('a registered seal is imported, audited and set in place of the drawn one; none other is taken (GB/T 38540)', async () => {
  const admin = await app.asStaff('wangmin');
  const holder = await app.asStaff('shenguoqiang');
  const { body } = await holder.get<List>('/api/seals');
  const [own] = body.committees;
  if (!own) throw new Error('no committee');
  const { committeeId, committeeName: name } = own;
  expect(own).toMatchObject({ state: 'NONE', seal: null });

  // Outside a demonstration nothing is sealed without one (domain.md section 6; 电子签名法 16): the way on is paper.
  const real = { ...app.deps, settings: { ...app.deps.settings, demo: false } };
  const asked = (deps: typeof real) =>
    inCourt(app.deps.db, app.court.courtId, (tx) => standingSeal(tx, { deps }, committeeId));
  await expect(asked(real)).rejects.toMatchObject({ code: 'SEAL_NOT_REGISTERED' });
  expect(await asked(app.deps)).toBeNull();

  // Hostile or wrong: refused with the reason, and nothing is kept.
  const bomb = await makeSeal({ name, picture: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') });
  expect(await send(admin, committeeId, bomb)).toMatchObject({ status: 415 });
  expect(await send(admin, committeeId, await makeSeal({ name: '别处人民调解委员会' }))).toMatchObject({
    status: 422,
    body: { code: 'SEAL_INVALID', details: { reason: 'NAME' } },
  });
  expect(await send(admin, committeeId, Buffer.alloc(1024 * 1024 + 1))).toMatchObject({ status: 413 });
  const director = await app.asStaff('fanghui');
  const seal = await makeSeal({ name });
  expect(await send(director, committeeId, seal)).toMatchObject({ status: 403 });
  const elsewhere = await app.secondCourt();
  const stranger = await app.asStaff('wangmin', { court: elsewhere });
  expect(await send(stranger, committeeId, seal)).toMatchObject({ status: 404 });
  expect(await committeeOf(admin, name)).toMatchObject({ state: 'NONE' });

  expect((await send(holder, committeeId, seal)).status).toBe(200);
  expect((await send(admin, committeeId, seal)).status).toBe(200);
  const standing = await committeeOf(admin, name);
  expect(standing).toMatchObject({
    state: 'GOOD',
    seal: { maker: '明州印章制作中心', importedBy: '沈国强' },
  });
  const picture = await holder.raw(`/api/committees/${committeeId}/seal/picture`);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);

  expect(await asked(real)).toMatchObject({ sha256: standing.seal?.sha256 });
  const late = { ...real, clock: { now: () => new Date(Date.now() + 4 * 365 * 86_400_000) } };
  await expect(asked(late)).rejects.toMatchObject({ details: { reason: 'expired' } });

  const { caseId, zhouPhone, at } = await sealedCase(app);
  const file = Buffer.from(await (await zhouPhone.raw(`${at}/agreement.pdf`)).arrayBuffer());
  expect(await app.deps.signing.verify(file)).toMatchObject({ verdict: 'genuine', problems: [] });
  // Its own colour, as runs; the drawn one's vermilion only in the demonstration's mark.
  expect(file.toString('latin1')).toMatch(/0\.78\d* 0\.1\d* 0\.1\d* RG\n[\d.]+ w 0 J\n/);

  const rows = await inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.auditEvent.findMany({ where: { action: { in: ['manage-seals', 'seal'] } }, orderBy: { seq: 'asc' } }),
  );
  expect(rows.map(({ action }) => action)).toEqual(['manage-seals', 'seal']);
  expect(rows[1]).toMatchObject({ caseId, data: { registeredSeal: standing.seal?.sha256 } });

  // Replaced: the one before is withdrawn, and never comes back by itself.
  expect((await send(admin, committeeId, await makeSeal({ name, sealId: '2' }))).status).toBe(200);
  expect(await committeeOf(admin, name)).toMatchObject({ seal: { sealId: '2' } });
  expect(await send(admin, committeeId, seal)).toMatchObject({ status: 409 });
});
