import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { emptyZip, phoneHeic, plainPdf, promisedPng, solidPng } from '../factories/files.ts';
import { seedCase } from '../setup/asker.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let t: TestApp;
let director: Client;
let chen: Client;
let zhou: Client;
let ids: Awaited<ReturnType<typeof seedCase>>;
beforeAll(async () => {
  t = await testApp();
  ids = await seedCase(t);
  director = await t.asStaff('fanghui');
  chen = await t.asParty({ caseId: ids.caseId, partyId: ids.chen });
  zhou = await t.asParty({ caseId: ids.caseId, partyId: ids.zhou });
});
afterAll(() => t.stop());

const path = (...rest: string[]) => ['/api/cases', ids.caseId, 'attachments', ...rest].join('/');
const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(t.deps.db, t.court.courtId, work);

async function send(
  client: Client,
  bytes: Uint8Array,
  fields: { kind?: string; name?: string; partyId?: string; originalSeen?: string } = {},
): Promise<{
  status: number;
  body: { code?: string; id: string; name: string; mime: string; sha256: string };
}> {
  const { kind = 'EVIDENCE', name = 'photo.png', ...more } = fields;
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], name));
  for (const [key, value] of Object.entries({ kind, ...more })) form.set(key, value);
  const answer = await client.raw(path(), { method: 'POST', body: form });
  return { status: answer.status, body: (await answer.json()) as Awaited<ReturnType<typeof send>>['body'] };
}

describe('attachments of a case', () => {
  it('keeps a photo with its hash, gives it back as a download and shows a picture without metadata', async () => {
    const bytes = await phoneHeic();
    const { status, body } = await send(director, bytes, { name: '厨房.heic', originalSeen: 'true' });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect([status, body]).toEqual([
      200,
      {
        id: body.id,
        name: '厨房.heic',
        kind: 'EVIDENCE',
        mime: 'image/heic',
        size: bytes.length,
        sha256,
        pages: 1,
      },
    ]);

    const original = await zhou.raw(path(body.id));
    expect(original.headers.get('content-type')).toBe('image/heic');
    expect(original.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('厨房.heic')}`,
    );
    expect(original.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true);

    const picture = await chen.raw(path(body.id, 'picture'));
    expect(picture.headers.get('content-type')).toBe('image/webp');
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    const drawn = Buffer.from(await picture.arrayBuffer());
    expect(drawn.subarray(8, 12).toString('latin1')).toBe('WEBP');
    expect([bytes.includes('TongxiPhone'), drawn.includes('TongxiPhone')]).toEqual([true, false]);

    const { row, audits } = await database(async (tx) => ({
      row: await tx.attachment.findUniqueOrThrow({ where: { id: body.id } }),
      audits: await tx.auditEvent.findMany({ where: { subjectId: body.id }, orderBy: { seq: 'asc' } }),
    }));
    expect(row).toMatchObject({ originalSeen: true, uploadedById: t.court.staff.fanghui, partyId: null });
    expect(audits.map(({ action, duty }) => [action, duty])).toEqual([
      ['upload', 'DIRECTOR'],
      ['read', 'PARTY'],
    ]);
  });

  it('goes by content, not by name: the stored name says what it is', async () => {
    const { body } = await send(director, plainPdf(2), { name: '../../欠条\u202e.png' });
    expect(body).toMatchObject({ name: '欠条.pdf', mime: 'application/pdf', pages: 2 });
    const nameless = await send(director, solidPng(11, 7), { name: '.exe' });
    expect(nameless.body).toMatchObject({ name: '文件.png', mime: 'image/png' });
  });

  it('the same file sent again is the same attachment', async () => {
    const [first, second] = [await send(zhou, solidPng(12, 12)), await send(zhou, solidPng(12, 12))];
    expect(second.body.id).toBe(first.body.id);
    expect((await send(chen, solidPng(12, 12))).body.id).not.toBe(first.body.id);
  });

  it.each([
    ['a bomb', 422, 'FILE_TOO_COMPLEX', () => promisedPng(30_000, 30_000)],
    ['two kinds at once', 415, 'FILE_TYPE_REFUSED', () => Buffer.concat([solidPng(9, 9), emptyZip()])],
    ['a web page called photo.png', 415, 'FILE_TYPE_REFUSED', () => Buffer.from('<html>hello</html>')],
    ['a file without its end', 422, 'FILE_UNREADABLE', () => solidPng(500, 500).subarray(0, 400)],
    [
      'more than 20 MB',
      413,
      'TOO_LARGE',
      () => Buffer.concat([solidPng(9, 9), Buffer.alloc(20 * 1024 * 1024)]),
    ],
    ['far more than 20 MB', 413, 'TOO_LARGE', () => Buffer.alloc(23 * 1024 * 1024)],
  ] as [string, number, string, () => Buffer][])(
    'refuses %s and keeps nothing',
    async (_name, status, code, make) => {
      const before = await database((tx) => tx.attachment.count());
      const answer = await send(director, make());
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(await database((tx) => tx.attachment.count())).toBe(before);
    },
  );

  it('refuses whoever may not upload before it parses anything', async () => {
    let parsed = 0;
    const { inspect } = t.deps.files;
    t.deps.files.inspect = (bytes) => {
      parsed += 1;
      return inspect(bytes);
    };
    try {
      const other = await t.secondCourt();
      for (const [client, status] of [
        [await t.asStaff('linyiming'), 403], // the guiding judge reads, and adds nothing
        [await t.asStaff('wangmin'), 404], // the administrator knows of no case
        [await t.asStaff('zhouzheng'), 404],
        [await t.asStaff('fanghui', { court: other }), 404],
        [t.asDevice(), 401],
        [t.anonymous, 401],
      ] as [Client, number][])
        expect((await send(client, solidPng(8, 8))).status).toBe(status);
      expect((await send(director, solidPng(8, 8), { kind: 'NONSENSE' })).body.code).toBe('BAD_REQUEST');
      expect(parsed).toBe(0);
    } finally {
      t.deps.files.inspect = inspect;
    }
  });

  it('another court cannot read it, nor can another case’s address', async () => {
    const { body } = await send(director, solidPng(13, 13));
    const stranger = await t.asStaff('fanghui', { court: await t.secondCourt() });
    const elsewhere = await seedCase(t);
    for (const address of [path(body.id), path(body.id, 'picture')])
      expect((await stranger.get(address)).status).toBe(404);
    expect((await director.get(`/api/cases/${elsewhere.caseId}/attachments/${body.id}`)).status).toBe(404);
    expect((await t.anonymous.get(path(body.id))).status).toBe(401);
  });

  it('parties see evidence and what they gave themselves; identity papers are for those who check them', async () => {
    const own = await send(zhou, solidPng(14, 14), { kind: 'IDENTITY' });
    const taken = await send(director, solidPng(15, 15), { kind: 'IDENTITY', partyId: ids.zhou });
    const other = await send(director, solidPng(16, 16), { kind: 'OTHER' });
    const status = async (client: Client, id: string) => (await client.raw(path(id, 'picture'))).status;
    expect([await status(zhou, own.body.id), await status(chen, own.body.id)]).toEqual([200, 404]);
    expect([await status(zhou, taken.body.id), await status(zhou, other.body.id)]).toEqual([404, 404]);
    expect([await status(director, own.body.id), await status(director, other.body.id)]).toEqual([200, 200]);
    const judge = await t.asStaff('linyiming');
    expect(await status(judge, own.body.id)).toBe(200);
    const reads = await database((tx) =>
      tx.auditEvent.count({ where: { action: 'read', subjectId: own.body.id } }),
    );
    expect(reads).toBe(3);
  });

  it('parties add no paper agreement and act for nobody else; staff name a party of the case', async () => {
    expect((await send(zhou, solidPng(17, 17), { kind: 'PAPER_AGREEMENT' })).status).toBe(403);
    expect((await send(zhou, solidPng(17, 17), { partyId: ids.chen })).status).toBe(403);
    const elsewhere = await seedCase(t);
    expect((await send(director, solidPng(17, 17), { partyId: elsewhere.chen })).status).toBe(404);
    const own = await send(zhou, solidPng(17, 17), { originalSeen: 'true' });
    const row = await database((tx) => tx.attachment.findUniqueOrThrow({ where: { id: own.body.id } }));
    expect(row).toMatchObject({ originalSeen: false, partyId: ids.zhou, uploadedById: null });
  });
});
