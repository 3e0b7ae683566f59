import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExhibitView } from '../../server/src/contract/exhibit.ts';
import { openedSession } from '../factories/case.ts';
import { plainPdf, solidPng } from '../factories/files.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

type Opened = Awaited<ReturnType<typeof openedSession>>;
const at = (c1: Opened) => `/api/sessions/${c1.sessionId}`;

async function paper(c1: Opened, bytes: Uint8Array, name: string, kind = 'EVIDENCE'): Promise<string> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], name));
  form.set('kind', kind);
  const answer = await c1.director.raw(`/api/cases/${c1.caseId}/attachments`, { method: 'POST', body: form });
  return ((await answer.json()) as { id: string }).id;
}
const show = (c1: Opened, attachmentId: string, seatIds: string[], by = c1.mediator) =>
  by.post<{ exhibitId: string; code: string }>(`${at(c1)}/exhibits`, { attachmentId, seatIds });
const shown = async (client: Client, c1: Opened) =>
  (await client.get<ExhibitView>(`${at(c1)}/exhibit`)).body.shown;
const page = (client: Client, c1: Opened, id: string, n = 1) =>
  client.raw(`${at(c1)}/exhibits/${id}/pages/${n}`);

test('shown to chosen people, page and pointer in step; who saw it stands in the record', async () => {
  const c1 = await openedSession(app);
  const id = await paper(c1, plainPdf(3), '漏水鉴定.pdf');
  const { exhibitId } = (await show(c1, id, [c1.seats.party.id])).body;
  expect(await shown(c1.zhouPhone, c1)).toMatchObject({
    id: exhibitId,
    name: '漏水鉴定.pdf',
    pages: 3,
    page: 1,
    mine: false,
    by: '赵素琴',
    seenBy: [],
  });
  // The station was not chosen: nothing is there, and the picture neither.
  expect(await shown(c1.director, c1)).toBeNull();
  expect((await page(c1.director, c1, exhibitId)).status).toBe(404);
  const seen = await page(c1.zhouPhone, c1, exhibitId);
  expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/png']);
  const move = (by: Client, to: number, pointer: object | null) =>
    by.post<{ code: string }>(`${at(c1)}/exhibits/${exhibitId}/move`, { page: to, pointer });
  expect((await move(c1.mediator, 2, { x: 0.25, y: 0.5 })).status).toBe(200);
  expect(await shown(c1.zhouPhone, c1)).toMatchObject({ page: 2, pointer: { x: 0.25, y: 0.5 } });
  expect((await move(c1.mediator, 4, null)).body.code).toBe('BAD_REQUEST');
  expect((await move(c1.director, 1, null)).body.code).toBe('NOT_FOUND');
  expect((await page(c1.zhouPhone, c1, exhibitId, 2)).status).toBe(200);
  expect((await page(c1.zhouPhone, c1, exhibitId, 9)).status).toBe(404);
  expect((await shown(c1.mediator, c1))?.seenBy).toEqual(['周建波']);
  const lines = async () =>
    (await c1.director.get<{ lines: { text: string }[] }>(`${at(c1)}/records/TALKS`)).body.lines.map(
      (l) => l.text,
    );
  expect(await lines()).toContain('赵素琴出示材料《漏水鉴定.pdf》，看到的人：周建波。');

  // Another one takes its place; taken away, nobody has it.
  const photo = await paper(c1, solidPng(40, 30), '厨房.png');
  const next = await show(c1, photo, [c1.seats.party.id, c1.seats.station.id]);
  expect((await page(c1.zhouPhone, c1, exhibitId)).status).toBe(404);
  expect(await shown(c1.director, c1)).toMatchObject({ name: '厨房.png' });
  await page(c1.director, c1, next.body.exhibitId);
  expect((await lines()).at(-1)).toMatch(/《厨房.png》，看到的人：方慧、陈阿根。$/);
  expect((await c1.mediator.delete(`${at(c1)}/exhibits/${next.body.exhibitId}`)).status).toBe(200);
  expect(await shown(c1.zhouPhone, c1)).toBeNull();
});

test('identity papers, strangers’ seats and foreign papers are not shown; parties show nothing by themselves', async () => {
  const c1 = await openedSession(app);
  const other = await openedSession(app);
  const card = await paper(c1, solidPng(40, 30), '身份证.png', 'IDENTITY');
  expect((await show(c1, card, [c1.seats.party.id])).body.code).toBe('FORBIDDEN');
  const photo = await paper(c1, solidPng(41, 30), '厨房.png');
  expect((await show(c1, photo, [other.seats.party.id])).body.code).toBe('NOT_ADMITTED');
  expect((await show(other, photo, [other.seats.party.id])).body.code).toBe('NOT_FOUND');
  const judge = await app.asStaff('linyiming');
  expect((await show(c1, photo, [c1.seats.party.id], judge)).body.code).toBe('DUTY_MISSING');
  const { exhibitId } = (await show(c1, photo, [c1.seats.party.id])).body;
  // Removed from the room, the paper is gone as well.
  await c1.mediator.post(`${at(c1)}/seats/${c1.seats.party.id}/remove`, { reason: '扰乱秩序' });
  expect(await shown(c1.zhouPhone, c1)).toBeNull();
  expect((await page(c1.zhouPhone, c1, exhibitId)).status).toBe(404);
});
