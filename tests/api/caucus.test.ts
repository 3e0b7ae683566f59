import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepCaucuses } from '../../server/src/services/caucus/end-caucus.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { mayConnect } from '../../server/src/services/video/may-connect.ts';
import { reconcileVideo } from '../../server/src/services/video/reconcile.ts';
import { openedSession } from '../factories/case.ts';
import { c1Terms, draftUpdate } from '../factories/draft.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

type Opened = Awaited<ReturnType<typeof openedSession>>;
type Preview = {
  hears: { name: string }[];
  mustLeave: { attendeeId: string; name: string }[];
  otherSide: string[];
};
type View = {
  running: { id: string; mine: boolean; hears: string[] | null; status: string; since: string } | null;
};
const at = (c1: Opened) => `/api/sessions/${c1.sessionId}`;
const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(app.deps.db, app.court.courtId, work);
const view = async (client: Client, c1: Opened) => (await client.get<View>(`${at(c1)}/caucus`)).body.running;
const tokenRoom = async (client: Client, c1: Opened) => {
  const answer = await client.post<{ token: string; code: string }>(`${at(c1)}/token`);
  return answer.status === 200 ? (answer.body.token.split('.')[1] ?? '') : answer.body.code;
};

/** 赵素琴 speaks privately with 周建波 on his phone. */
async function withZhou(c1: Opened, change: object = {}) {
  const list = { seatIds: [c1.seats.mediator.id, c1.seats.party.id], side: 'RESPONDENT' };
  const preview = await c1.mediator.post<Preview>(`${at(c1)}/caucus/preview`, list);
  const hears = preview.body.hears.map((p) => p.name);
  return c1.mediator.post<{ caucusId: string; code: string; details: { names?: string[]; reason?: string } }>(
    `${at(c1)}/caucus`,
    { ...list, hears, ...change },
  );
}
async function caucusRoom(c1: Opened): Promise<string> {
  const caucus = await database((tx) =>
    tx.caucus.findFirstOrThrow({ where: { sessionId: c1.sessionId }, orderBy: { startedAt: 'desc' } }),
  );
  return caucus.room;
}

describe('a private talk opens', () => {
  test('named before, cleared and confirmed in the main room, entered by its list alone, others know since when', async () => {
    const c1 = await openedSession(app);
    const preview = await c1.mediator.post<Preview>(`${at(c1)}/caucus/preview`, {
      seatIds: [c1.seats.mediator.id, c1.seats.party.id],
      side: 'RESPONDENT',
    });
    expect(preview.body.hears.map((p) => p.name).sort()).toEqual(['周建波', '赵素琴']);
    expect((await withZhou(c1, { hears: ['赵素琴'] })).body).toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'people' },
    });
    const opened = await withZhou(c1);
    expect(opened.status).toBe(200);
    const room = await caucusRoom(c1);
    const main = [...(app.video.rooms.get(c1.room)?.keys() ?? [])];
    expect(main).not.toContain(c1.seats.party.identity);
    expect(main).not.toContain(c1.seats.mediator.identity);
    expect(main).toContain(c1.seats.station.identity);
    // Rights were taken before anybody was removed.
    const of = app.video.calls.filter(
      (call) => call.identity === c1.seats.party.identity && call.room === c1.room,
    );
    const revoked = of.findIndex(
      (call) => call.verb === 'updateGrants' && !call.grants?.canPublish && !call.grants?.canSubscribe,
    );
    expect(revoked).toBeGreaterThanOrEqual(0);
    expect(revoked).toBeLessThan(of.findIndex((call) => call.verb === 'removeParticipant'));

    expect(await tokenRoom(c1.zhouPhone, c1)).toBe(room);
    expect(await tokenRoom(c1.mediator, c1)).toBe(room);
    expect(await tokenRoom(c1.director, c1)).toBe(c1.room);
    const connects = (r: string, who: { identity: string }) => mayConnect(app.deps, r, who.identity);
    expect(await connects(room, c1.seats.party)).toBe(true);
    expect(await connects(room, c1.seats.station)).toBe(false);
    expect(await connects(c1.room, c1.seats.station)).toBe(true);
    // Whatever token a member still holds, the main room is closed to it.
    expect(await connects(c1.room, c1.seats.party)).toBe(false);
    expect(await connects(c1.room, c1.seats.mediator)).toBe(false);

    const outside = await view(c1.director, c1);
    expect(outside).toMatchObject({ mine: false, hears: null, recallAt: null });
    expect(Date.parse(outside?.since ?? '')).toBeLessThanOrEqual(Date.now());
    expect(await view(c1.zhouPhone, c1)).toMatchObject({ mine: true });
    expect((await view(c1.zhouPhone, c1))?.hears?.sort()).toEqual(['周建波', '赵素琴']);
    expect((await withZhou(c1)).body.code).toBe('CAUCUS_RUNNING');
  });

  test('somebody of the other side at the same screen: attested by name, or it does not open', async () => {
    const c1 = await openedSession(app);
    // 周建波's wife came to the station; 陈阿根 sits there. A talk with 陈阿根's side is fine …
    const list = (side: string) => ({ seatIds: [c1.seats.mediator.id, c1.seats.station.id], side });
    const own = await c1.mediator.post<Preview>(`${at(c1)}/caucus/preview`, list('APPLICANT'));
    expect(own.body).toMatchObject({ mustLeave: [], otherSide: [] });
    // … and with the other side 陈阿根 must have left the room.
    await c1.director.post(`${at(c1)}/seats/${c1.seats.station.id}/attendees`, { partyId: c1.zhou });
    const preview = await c1.mediator.post<Preview>(`${at(c1)}/caucus/preview`, list('RESPONDENT'));
    const chen = preview.body.mustLeave[0];
    expect(preview.body.mustLeave.map((p) => p.name)).toEqual(['陈阿根']);
    const hears = preview.body.hears.map((p) => p.name);
    const open = (left: string[]) =>
      c1.mediator.post<{ code: string; details: { names: string[] } }>(`${at(c1)}/caucus`, {
        ...list('RESPONDENT'),
        hears,
        left,
      });
    const refused = await open([]);
    expect(refused.body).toMatchObject({ code: 'CAUCUS_OTHER_SIDE', details: { names: ['陈阿根'] } });
    expect(await view(c1.mediator, c1)).toBeNull();
    expect((await open([chen?.attendeeId ?? ''])).status).toBe(200);
    const gone = await database((tx) =>
      tx.attendee.findUniqueOrThrow({ where: { id: chen?.attendeeId ?? '' } }),
    );
    expect(gone.leftAt).not.toBeNull();
    // Nobody comes to a screen that hears it.
    const back = await c1.director.post(`${at(c1)}/seats/${c1.seats.station.id}/attendees`, {
      partyId: c1.chen,
    });
    expect(back.body.code).toBe('CAUCUS_RUNNING');
  });

  test('the other side’s own seat is never on the list, nor a list without the mediator', async () => {
    const c1 = await openedSession(app);
    const both = await c1.mediator.post(`${at(c1)}/caucus`, {
      seatIds: [c1.seats.mediator.id, c1.seats.party.id],
      side: 'APPLICANT',
      hears: ['赵素琴', '周建波'],
    });
    expect(both.body).toMatchObject({ code: 'CAUCUS_OTHER_SIDE' });
    const without = await c1.mediator.post(`${at(c1)}/caucus/preview`, {
      seatIds: [c1.seats.party.id],
      side: 'RESPONDENT',
    });
    expect(without.body.code).toBe('BAD_REQUEST');
    const director = await c1.director.post(`${at(c1)}/caucus/preview`, {
      seatIds: [c1.seats.station.id],
      side: 'APPLICANT',
    });
    expect(director.body.code).toBe('DUTY_MISSING');
  });

  test('while LiveKit does not confirm, nothing opens and everybody is where they were', async () => {
    const c1 = await openedSession(app);
    app.video.stubborn = true;
    const refused = await withZhou(c1);
    app.video.stubborn = false;
    expect(refused.body).toMatchObject({ code: 'UNAVAILABLE', details: { reason: 'media-not-confirmed' } });
    expect(await view(c1.zhouPhone, c1)).toBeNull();
    expect(await tokenRoom(c1.zhouPhone, c1)).toBe(c1.room);
    expect(await mayConnect(app.deps, await caucusRoom(c1), c1.seats.party.identity)).toBe(false);
  });

  test('two presses at once open one', async () => {
    const c1 = await openedSession(app);
    const answers = await Promise.all([withZhou(c1), withZhou(c1)]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
    expect(await database((tx) => tx.caucus.count({ where: { sessionId: c1.sessionId } }))).toBe(1);
  });
});

describe('while it runs', () => {
  test('the reconciler keeps both rooms to their lists and makes the second again', async () => {
    const c1 = await openedSession(app);
    await withZhou(c1);
    const room = await caucusRoom(c1);
    // A hostile client got into each room by a way that we do not know.
    app.video.connect(c1.room, c1.seats.party.identity);
    app.video.connect(room, c1.seats.station.identity);
    app.video.connect(room, c1.seats.mediator.identity);
    await reconcileVideo(app.deps);
    expect(app.video.rooms.get(c1.room)?.has(c1.seats.party.identity)).toBe(false);
    expect([...(app.video.rooms.get(room)?.keys() ?? [])]).toEqual([c1.seats.mediator.identity]);
    app.video.rooms.delete(room);
    await reconcileVideo(app.deps);
    expect(app.video.rooms.has(room)).toBe(true);
  });

  test('going in and coming back is no absence in the record', async () => {
    const c1 = await openedSession(app);
    const { caucusId } = (await withZhou(c1)).body;
    const event = (name: string, room: string, id: string) =>
      app.anonymous.post(
        '/api/webhooks/livekit',
        { id, event: name, room, identity: c1.seats.party.identity, createdAt: new Date(Date.now() + 2000) },
        { authorization: 'signed' },
      );
    const room = await caucusRoom(c1);
    await event('participant_left', c1.room, `l-${caucusId}`);
    await event('participant_joined', room, `j-${caucusId}`);
    await database((tx) => tx.caucus.update({ where: { id: caucusId }, data: { recallAt: new Date(0) } }));
    await sweepCaucuses(app.deps);
    await event('participant_left', room, `m-${caucusId}`);
    await reconcileVideo(app.deps);
    app.video.connect(c1.room, c1.seats.party.identity);
    await reconcileVideo(app.deps);
    expect(await database((tx) => tx.gap.count({ where: { sessionId: c1.sessionId } }))).toBe(0);
  });

  test('nothing of the common text moves: no edit, no agreeing, no freezing', async () => {
    const c1 = await openedSession(app);
    const draft = `/api/cases/${c1.caseId}/draft`;
    await c1.mediator.post(`${draft}/updates`, { update: draftUpdate(c1Terms(c1.chen, c1.zhou)).update });
    const { contentSha256 } = (await c1.mediator.get<{ contentSha256: string }>(draft)).body;
    await withZhou(c1);
    const edit = await c1.mediator.post(`${draft}/updates`, { update: draftUpdate([], '另一个方案').update });
    expect(edit.body.code).toBe('CAUCUS_RUNNING');
    const canEdit = async () => (await c1.mediator.get<{ canEdit: boolean }>(draft)).body.canEdit;
    expect(await canEdit()).toBe(false);
    expect((await c1.zhouPhone.post(`${draft}/agree`, { contentSha256 })).body.code).toBe('CAUCUS_RUNNING');
    expect((await c1.director.get<{ contentSha256: string }>(draft)).body.contentSha256).toBe(contentSha256);
    await database((tx) =>
      tx.caucus.updateMany({ where: { sessionId: c1.sessionId }, data: { recallAt: new Date(0) } }),
    );
    await sweepCaucuses(app.deps);
    expect(await canEdit()).toBe(true);
  });

  test('messages inside are read inside, while it runs; outside ones by all or by the host', async () => {
    const c1 = await openedSession(app);
    const send = (client: Client, to: string, text: string) =>
      client.post(`${at(c1)}/messages`, { to, text });
    const read = async (client: Client) =>
      (await client.get<{ text: string }[]>(`${at(c1)}/messages`)).body.map((m) => m.text);
    await send(c1.zhouPhone, 'ALL', '大家好');
    await send(c1.zhouPhone, 'HOST', '请等一下我');
    expect(await read(c1.director)).toEqual(['大家好']);
    expect(await read(c1.mediator)).toEqual(['大家好', '请等一下我']);
    const { caucusId } = (await withZhou(c1)).body;
    expect((await send(c1.director, 'CAUCUS', '偷听')).body.code).toBe('FORBIDDEN');
    expect((await send(c1.zhouPhone, 'ALL', '发错地方')).body.code).toBe('FORBIDDEN');
    expect((await send(c1.zhouPhone, 'CAUCUS', '最多赔三千')).status).toBe(200);
    expect(await read(c1.mediator)).toContain('最多赔三千');
    expect(await read(c1.director)).toEqual(['大家好']);
    await database((tx) => tx.caucus.update({ where: { id: caucusId }, data: { recallAt: new Date(0) } }));
    await sweepCaucuses(app.deps);
    // Afterwards not even at those seats: the other side may sit at the same screen again.
    expect(await read(c1.mediator)).toEqual(['大家好', '请等一下我']);
    const record = await c1.director.get<{ lines: { text: string; speaker: string }[] }>(
      `${at(c1)}/records/TALKS`,
    );
    const lines = record.body.lines.map((l) => `${l.speaker ?? ''}${l.text}`);
    expect(lines).toContain('周建波（文字）大家好');
    expect(lines).toContain('周建波给调解员发送文字消息，内容不公开。');
    expect(lines).toContain('开始背靠背单独交谈，内容不记入笔录。');
    expect(lines.join()).not.toMatch(/最多赔三千|请等一下我/);
  });

  test('recalled with ten seconds’ notice; then everybody is in the main room again and the second is gone', async () => {
    const c1 = await openedSession(app);
    const { caucusId } = (await withZhou(c1)).body;
    const room = await caucusRoom(c1);
    const before = Date.now();
    const recalled = await c1.mediator.post<{ recallAt: string }>(`${at(c1)}/caucuses/${caucusId}/recall`);
    expect(Math.round((Date.parse(recalled.body.recallAt) - before) / 1000)).toBe(10);
    expect(await tokenRoom(c1.zhouPhone, c1)).toBe(room);
    await app.settle(async () => (await view(c1.mediator, c1)) === null, 20_000);
    expect(Date.now() - before).toBeGreaterThanOrEqual(9500);
    await app.settle(() => !app.video.rooms.has(room));
    expect(await tokenRoom(c1.zhouPhone, c1)).toBe(c1.room);
    expect(await mayConnect(app.deps, room, c1.seats.party.identity)).toBe(false);
    expect((await withZhou(c1)).status).toBe(200);
  });

  test('the end of the session ends it', async () => {
    const c1 = await openedSession(app);
    await withZhou(c1);
    const room = await caucusRoom(c1);
    await c1.mediator.post(`${at(c1)}/end`, { result: 'TO_CONTINUE' });
    expect(await mayConnect(app.deps, room, c1.seats.party.identity)).toBe(false);
    await app.settle(() => !app.video.rooms.has(room));
  });
});

test('the mediator’s notes are theirs alone: sealed, in no paper, no log, no event, no other answer', async () => {
  const secret = '底线是四千五百元';
  const c1 = await openedSession(app);
  const { caucusId } = (await withZhou(c1)).body;
  const path = `${at(c1)}/caucuses/${caucusId}/note`;
  expect((await c1.mediator.post(path, { text: secret })).status).toBe(200);
  expect((await c1.mediator.post(path, { text: `${secret}！` })).status).toBe(200);
  const mine = await c1.mediator.get<{ text: string }[]>(`${at(c1)}/caucus-notes`);
  expect(mine.body.map((n) => n.text)).toEqual([`${secret}！`]);
  const judge = await app.asStaff('linyiming');
  for (const other of [c1.director, judge, c1.zhouPhone])
    expect((await other.get(`${at(c1)}/caucus-notes`)).status).toBeGreaterThanOrEqual(400);
  // Another mediator of the same case reads only what they wrote themselves.
  await database((tx) =>
    tx.appointment.create({
      data: {
        courtId: app.court.courtId,
        caseId: c1.caseId,
        staffUserId: app.court.staff.fanghui,
        duty: 'MEDIATOR',
        status: 'ACCEPTED',
        offeredAt: new Date(),
      },
    }),
  );
  expect((await c1.director.get(`${at(c1)}/caucus-notes`)).body).toEqual([]);
  expect((await c1.director.post(path, { text: 'x' })).body.code).toBe('NOT_FOUND');

  await database((tx) => tx.caucus.update({ where: { id: caucusId }, data: { recallAt: new Date(0) } }));
  await sweepCaucuses(app.deps);
  await c1.director.post(`${at(c1)}/lines`, { speaker: '陈阿根', text: '一句话。' });
  const { contentSha256 } = (
    await c1.mediator.post<{ contentSha256: string }>(`${at(c1)}/record/read-out`, {
      language: '普通话',
      reader: '方慧',
      result: 'TO_CONTINUE',
    })
  ).body;
  const chen = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  for (const one of [c1.zhouPhone, chen, c1.mediator, c1.director])
    await one.post(`${at(c1)}/records/TALKS/confirm`, { contentSha256 });
  const pdf = async () => c1.mediator.raw(`${at(c1)}/records/TALKS/pdf`);
  await app.settle(async () => (await pdf()).status === 200);
  expect(await pdfText(Buffer.from(await (await pdf()).arrayBuffer()))).not.toContain('四千五百');

  // Every text and every sealed value of the whole database: the note stands in none of them in the clear.
  const tables = await app.deps.statements.$queryRaw<{ name: string }[]>`
    SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND has_table_privilege(c.oid, 'SELECT')`;
  expect(tables.length).toBeGreaterThan(50);
  const clear = async (words: string) => {
    const found: string[] = [];
    for (const { name } of tables) {
      const [row] = await database((tx) =>
        tx.$queryRawUnsafe<{ n: bigint }[]>(
          `SELECT count(*) AS n FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%'
             OR t::text LIKE '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%'`,
          words,
        ),
      );
      if (Number(row?.n) > 0) found.push(name);
    }
    return found;
  };
  // What was typed for everybody is found by the same search.
  expect(await clear('一句话。')).toEqual(expect.arrayContaining(['Record', 'RecordLine']));
  expect(await clear('四千五百')).toEqual([]);
});
