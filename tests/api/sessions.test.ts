import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CaseRow } from '../../server/src/contract/case.ts';
import type { SessionView } from '../../server/src/contract/session.ts';
import { LEASE_MS, sweepLeases } from '../../server/src/services/session/lobby.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { mayConnect } from '../../server/src/services/video/may-connect.ts';
import { reconcileVideo } from '../../server/src/services/video/reconcile.ts';
import { openedSession, plannedCase } from '../factories/case.ts';
import { c1Terms, draftUpdate } from '../factories/draft.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());
beforeEach(async () => {
  app.video.down = false;
  await database((tx) => tx.booking.updateMany({ data: { active: false } }));
});

const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(app.deps.db, app.court.courtId, work);
const readAs = async (client: Client, sessionId: string) =>
  (await client.get<SessionView>(`/api/sessions/${sessionId}`)).body;
const seatIn = (session: SessionView, kind: string) => {
  const seat = session.seats.find((s) => s.kind === kind);
  if (!seat) throw new Error(`no seat ${kind}`);
  return seat;
};
const consents = (items: string[]) => ({ answers: items.map((item) => ({ item, agreed: true })) });
const needed = ['MEDIATION', 'ONLINE'];

/** C1 planned, checking begun, 周建波's phone in the lobby with consents. */
async function checking() {
  const c1 = await plannedCase(app);
  const phone = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou });
  const at = `/api/sessions/${c1.sessionId}`;
  await phone.post(`/api/cases/${c1.caseId}/parties/${c1.zhou}/consents`, consents(needed));
  await c1.mediator.post(`${at}/start-checking`);
  await phone.post(`${at}/lobby`, {});
  await c1.director.post(`${at}/lobby`, {});
  await c1.mediator.post(`${at}/lobby`, {});
  const session = await readAs(c1.mediator, c1.sessionId);
  const room = await database((tx) => tx.session.findUniqueOrThrow({ where: { id: c1.sessionId } })).then(
    (row) => row.room ?? '',
  );
  return { ...c1, phone, at, room, party: seatIn(session, 'PARTY'), station: seatIn(session, 'STATION') };
}

describe('the lobby', () => {
  test('a seat is held by its heartbeat; a lost one is noticed and told within 15 s', async () => {
    const c1 = await checking();
    expect(LEASE_MS + 3000).toBeLessThanOrEqual(15_000);
    expect((await c1.phone.post(`${c1.at}/heartbeat`)).body).toEqual({ held: true });
    expect(seatIn(await readAs(c1.mediator, c1.sessionId), 'PARTY').present).toBe(true);
    const before = await database((tx) => tx.liveEvent.count({ where: { kind: 'presence.lost' } }));
    await database((tx) =>
      tx.seat.update({ where: { id: c1.party.id }, data: { leaseUntil: new Date(Date.now() - 1) } }),
    );
    await sweepLeases(app.deps);
    expect(seatIn(await readAs(c1.mediator, c1.sessionId), 'PARTY').present).toBe(false);
    const told = await database((tx) =>
      tx.liveEvent.findMany({ where: { kind: 'presence.lost' }, orderBy: { number: 'asc' } }),
    );
    expect(told.slice(before).map((e) => e.topic)).toEqual([`session:${c1.sessionId}`]);
    expect((await c1.phone.post(`${c1.at}/heartbeat`)).body).toEqual({ held: false });
    // Forged: a beat by somebody without a seat there renews nobody's.
    const other = await plannedCase(app);
    const stranger = await app.asParty({ caseId: other.caseId, partyId: other.zhou });
    expect((await stranger.post(`${c1.at}/heartbeat`)).status).toBeGreaterThanOrEqual(400);
    expect((await app.anonymous.post(`${c1.at}/heartbeat`)).status).toBe(401);
    expect(seatIn(await readAs(c1.mediator, c1.sessionId), 'PARTY').present).toBe(false);
  });

  test('beats that come together get each their own answer, and none waits for a seat that is being written', async () => {
    const [a, b] = [await checking(), await checking()];
    const otherCourt = await app.asStaff('zhaosuqin', { court: await app.secondCourt() });
    await b.mediator.post(`${b.at}/seats/${b.party.id}/remove`, { reason: '扰乱秩序' });
    await b.director.post(`${b.at}/leave`);
    await b.mediator.post('/api/sign-out');
    const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const writing = database(async (tx) => {
      await tx.$queryRaw`SELECT id FROM "Seat" WHERE id = ${a.station.id}::uuid FOR UPDATE`;
      begun.resolve();
      await end.promise;
    });
    await begun.promise;
    const beat = async (client: Client, at: string) => {
      const { body } = await client.post(`${at}/heartbeat`);
      return body.code ?? body.held;
    };
    const station = beat(a.director, a.at);
    const answers = await Promise.all([
      beat(a.phone, a.at),
      beat(a.phone, a.at.replace(a.sessionId, a.sessionId.toUpperCase())),
      beat(a.mediator, a.at),
      beat(b.phone, b.at),
      beat(b.director, b.at),
      beat(b.mediator, b.at),
      beat(b.phone, a.at),
      beat(otherCourt, a.at),
      beat(app.anonymous, a.at),
    ]);
    expect(answers.slice(0, 3)).toEqual([true, true, true]);
    expect(answers.slice(3, 5)).toEqual([false, false]);
    expect(answers[5]).toBe('UNAUTHENTICATED');
    expect(answers.slice(6)).toEqual(['NOT_ADMITTED', 'NOT_ADMITTED', 'UNAUTHENTICATED']);
    end.resolve();
    await writing;
    expect(await station).toBe(true);
    const lost = await database((tx) => tx.seat.findUniqueOrThrow({ where: { id: b.party.id } }));
    expect(lost.leaseUntil).toBeNull();
  });

  test('leaving is by name; coming back too', async () => {
    const c1 = await checking();
    const names = async () =>
      seatIn(await readAs(c1.mediator, c1.sessionId), 'PARTY').attendees.map((a) => a.name);
    expect(await names()).toEqual(['周建波']);
    await c1.phone.post(`${c1.at}/leave`);
    expect(await names()).toEqual([]);
    await c1.phone.post(`${c1.at}/lobby`, {});
    expect(await names()).toEqual(['周建波']);
  });

  test('all who wait are let in at once, the removed one is not; nobody while locked', async () => {
    const c1 = await checking();
    const seatAt = (verb: string) => `${c1.at}/seats/${c1.party.id}/${verb}`;
    const lobby = async () => (await c1.phone.get<SessionView>(c1.at)).body.lobby;
    const tell = (who: Client, word: object) => who.post(`${c1.at}/tell-lobby`, word);
    expect((await tell(c1.phone, { text: '请进' })).status).toBe(401);
    expect((await tell(c1.mediator, { minutes: 0 })).body.code).toBe('BAD_REQUEST');
    expect((await tell(c1.mediator, { text: '正在核对身份', minutes: 10 })).status).toBe(200);
    const told = await lobby();
    expect(told?.text).toBe('正在核对身份');
    expect(Date.parse(told?.expectedAt ?? '') - Date.parse(told?.toldAt ?? '')).toBe(600_000);
    await tell(c1.mediator, {});
    expect(await lobby()).toBeNull();
    await c1.mediator.post(`${c1.at}/lock`, { locked: true });
    expect((await c1.mediator.post(seatAt('admit'))).body.code).toBe('SESSION_LOCKED');
    expect((await c1.mediator.post(`${c1.at}/admit-all`)).body.code).toBe('SESSION_LOCKED');
    await c1.mediator.post(`${c1.at}/lock`, { locked: false });
    expect((await c1.mediator.post(`${c1.at}/admit-all`)).body).toEqual({ admitted: 1 });
    await c1.mediator.post(seatAt('remove'), { reason: '扰乱秩序' });
    expect((await c1.phone.post(`${c1.at}/lobby`, {})).body.code).toBe('REMOVED_FROM_SESSION');
    await database((tx) =>
      tx.seat.update({ where: { id: c1.party.id }, data: { leaseUntil: new Date(Date.now() + 10_000) } }),
    );
    expect((await c1.mediator.post(`${c1.at}/admit-all`)).body).toEqual({ admitted: 0 });
    expect((await c1.mediator.post(seatAt('admit'))).body.code).toBe('REMOVED_FROM_SESSION');
    await c1.mediator.post(seatAt('lift-removal'));
    await c1.phone.post(`${c1.at}/lobby`, {});
    expect((await c1.mediator.post(seatAt('admit'))).status).toBe(200);
    // Whoever takes back the yes to going online is in the room no longer.
    app.video.connect(c1.room, c1.party.identity);
    const no = { answers: [{ item: 'ONLINE', agreed: false }] };
    await c1.phone.post(`/api/cases/${c1.caseId}/parties/${c1.zhou}/consents`, no);
    await app.settle(() => !app.video.rooms.get(c1.room)?.has(c1.party.identity));
    expect(seatIn(await readAs(c1.mediator, c1.sessionId), 'PARTY').admitted).toBe(false);
  });

  test('a device tests itself in a room of one minute; the station sees before the day how it did', async () => {
    const c1 = await plannedCase(app);
    const phone = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou });
    const at = `/api/sessions/${c1.sessionId}`;
    const stranger = await app.asParty({ caseId: (await plannedCase(app)).caseId, partyId: c1.zhou });
    expect((await stranger.post(`${at}/self-test`)).status).toBe(404);
    const before = app.video.calls.length;
    expect((await phone.post(`${at}/self-test`)).status).toBe(200);
    const [made, send, receive] = app.video.calls.slice(before);
    expect([send?.grants?.canPublish, send?.grants?.canSubscribe]).toEqual([true, false]);
    expect([receive?.grants?.canPublish, receive?.grants?.canSubscribe]).toEqual([false, true]);
    const room = made?.room ?? '';
    expect(await mayConnect(app.deps, room, send?.identity ?? '')).toBe(true);
    await reconcileVideo(app.deps);
    expect(app.video.rooms.has(room)).toBe(true);
    const over = room.replace(/\d{13}/, String(Date.now() - 1));
    await app.deps.video.createRoom(over);
    expect(await mayConnect(app.deps, over, send?.identity ?? '')).toBe(false);
    await reconcileVideo(app.deps);
    expect(app.video.rooms.has(over)).toBe(false);

    await phone.post(`/api/cases/${c1.caseId}/parties/${c1.zhou}/consents`, consents(needed));
    const devices = async () =>
      (await c1.director.get<CaseRow[]>('/api/cases')).body.find((row) => row.id === c1.caseId)?.readiness
        .devices;
    expect(await devices()).toEqual([{ name: '周建波', test: null }]);
    const line = {
      path: 'tcp',
      overTcp: true,
      upKbit: 800,
      downKbit: 900,
      lossUp: 0.2,
      lossDown: 0,
      roundTripMs: 90,
    };
    const test = { camera: 'ok', microphone: 'ok', heard: true, browser: 'huawei', line };
    const lie = { ...test, line: { ...line, lossUp: 7 } };
    expect((await phone.post(`${at}/lobby`, { selfTest: lie })).status).toBe(400);
    expect((await phone.post(`${at}/lobby`, { selfTest: test })).status).toBe(200);
    const shown = { verdict: 'poor', faults: ['LOSSY'], browser: 'huawei' };
    expect((await devices())?.[0]?.test).toMatchObject(shown);
    expect(seatIn(await readAs(c1.director, c1.sessionId), 'PARTY').selfTest).toMatchObject(shown);
    expect(seatIn(await readAs(phone, c1.sessionId), 'PARTY').selfTest).toBeNull();
    await database((tx) => tx.session.update({ where: { id: c1.sessionId }, data: { status: 'CANCELLED' } }));
    expect((await phone.post(`${at}/self-test`)).body.code).toBe('SESSION_NOT_OPEN');
  });

  test('a token asked ahead of entering makes nobody present', async () => {
    const c1 = await openedSession(app);
    const at = `/api/sessions/${c1.sessionId}`;
    await c1.zhouPhone.post(`${at}/leave`);
    const present = async () => seatIn(await readAs(c1.mediator, c1.sessionId), 'PARTY').present;
    expect((await c1.zhouPhone.post(`${at}/token?ahead=1`)).status).toBe(200);
    expect(await present()).toBe(false);
    expect((await c1.zhouPhone.post(`${at}/token`)).status).toBe(200);
    expect(await present()).toBe(true);
  });

  test('parties and judge host nothing', async () => {
    const c1 = await checking();
    const judge = await app.asStaff('linyiming');
    for (const client of [c1.phone, judge]) {
      for (const verb of ['admit-all', 'open', 'online', 'start-checking']) {
        const answer = await client.post(`${c1.at}/${verb}`);
        expect([verb, answer.status === 401 ? 'UNAUTHENTICATED' : answer.body.code]).toEqual([
          verb,
          client === judge ? 'DUTY_MISSING' : 'UNAUTHENTICATED',
        ]);
      }
    }
  });
});

describe('核对中', () => {
  test('media run between the host and one seat; who was not let in cannot be chosen', async () => {
    const c1 = await checking();
    const choose = () => c1.mediator.post(`${c1.at}/seats/${c1.party.id}/check`);
    expect((await choose()).body.code).toBe('NOT_ADMITTED');
    await c1.mediator.post(`${c1.at}/admit-all`);
    const mediatorSeat = seatIn(await readAs(c1.mediator, c1.sessionId), 'MEDIATOR');
    await app.settle(() => app.video.rooms.has(c1.room));
    for (const { identity } of [c1.party, c1.station, mediatorSeat]) app.video.connect(c1.room, identity);
    await choose();
    const speaks = (identity: string) => {
      const last = app.video.calls.findLast(
        (call) => call.verb === 'updateGrants' && call.identity === identity,
      );
      return last?.grants ? [last.grants.canPublish, last.grants.canSubscribe] : null;
    };
    await app.settle(() => speaks(c1.party.identity)?.[0] === true);
    expect(speaks(mediatorSeat.identity)).toEqual([true, true]);
    expect(speaks(c1.station.identity)).toEqual([false, false]);
  });

  test('it opens when everybody present is checked by name and every party has agreed', async () => {
    const c1 = await checking();
    const open = async () => (await c1.mediator.post(`${c1.at}/open`)).body;
    const identity = (partyId: string, method: string) =>
      c1.director.post(`/api/cases/${c1.caseId}/parties/${partyId}/identity`, { method, samePerson: true });
    const seatPath = `${c1.at}/seats/${c1.station.id}/attendees`;
    await c1.director.post(seatPath, { partyId: c1.chen });
    const son = await c1.director.post<{ attendeeId: string }>(seatPath, { name: '陈小明' });
    expect(await open()).toMatchObject({
      code: 'CHECKLIST_INCOMPLETE',
      details: { kind: 'IDENTITY', name: '陈阿根' },
    });
    await identity(c1.chen, 'DOCUMENT_IN_PERSON');
    await identity(c1.zhou, 'DOCUMENT_BY_VIDEO');
    expect(await open()).toMatchObject({ details: { kind: 'IDENTITY', name: '陈小明' } });
    const check = { kind: 'IDENTITY', attendeeId: son.body.attendeeId, document: '居民身份证' };
    expect((await c1.director.post(`${c1.at}/checks`, check)).status).toBe(200);
    const line = (await readAs(c1.mediator, c1.sessionId)).checklist.find((l) => l.name === '陈小明');
    expect(line).toMatchObject({ done: true, detail: '居民身份证', attendeeId: son.body.attendeeId });
    expect(await open()).toMatchObject({ details: { kind: 'FALSE_MEDIATION_WARNING' } });
    for (const kind of ['FALSE_MEDIATION_WARNING', 'RIGHTS_NOTICE'])
      await c1.mediator.post(`${c1.at}/checks`, { kind, language: '宁波话', reader: '方慧' });
    expect(await open()).toMatchObject({ code: 'CONSENT_MISSING', details: { name: '陈阿根' } });
    await c1.director.post(`/api/cases/${c1.caseId}/parties/${c1.chen}/consents`, consents(needed));
    expect(await open()).toEqual({ ok: true });
    expect(await open()).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  test('a party’s identity has its own record; a person of another session is not there', async () => {
    const c1 = await checking();
    const other = await checking();
    const { attendees } = seatIn(await readAs(c1.mediator, c1.sessionId), 'PARTY');
    const check = (attendeeId: string) =>
      c1.director.post(`${c1.at}/checks`, { kind: 'IDENTITY', attendeeId, document: '身份证' });
    expect((await check(attendees[0]?.id ?? '')).body.code).toBe('BAD_REQUEST');
    const strange = await other.director.post<{ attendeeId: string }>(
      `${other.at}/seats/${other.station.id}/attendees`,
      { name: '路人' },
    );
    expect((await check(strange.body.attendeeId)).body.code).toBe('NOT_FOUND');
  });

  test('the other side’s number is not read, not even masked', async () => {
    const c1 = await checking();
    for (const id of [c1.chen, c1.zhou])
      await c1.director.post(`/api/cases/${c1.caseId}/parties/${id}/identity`, {
        method: 'DOCUMENT_IN_PERSON',
        samePerson: true,
      });
    const details = async (client: Client) =>
      (await readAs(client, c1.sessionId)).checklist
        .filter((l) => l.kind === 'IDENTITY')
        .map((l) => [l.name, l.detail !== null]);
    expect(await details(c1.mediator)).toEqual([
      ['陈阿根', true],
      ['周建波', true],
    ]);
    expect(await details(c1.phone)).toEqual([
      ['陈阿根', false],
      ['周建波', true],
    ]);
  });
});

describe('the running session', () => {
  test('a taken microphone stays off until given back; whoever presides is not removed', async () => {
    const c1 = await openedSession(app);
    const at = `/api/sessions/${c1.sessionId}`;
    const seat = `${at}/seats/${c1.seats.party.id}`;
    const sources = async () => {
      await c1.zhouPhone.post(`${at}/token`);
      return app.video.calls.findLast((call) => call.verb === 'issueToken')?.grants?.canPublishSources;
    };
    expect(await sources()).toEqual(['camera', 'microphone']);
    await c1.mediator.post(`${seat}/mute`, { kind: 'audio' });
    expect(await sources()).toEqual(['camera']);
    await app.settle(
      () => app.video.rooms.get(c1.room)?.get(c1.seats.party.identity)?.grants.canPublishSources.length === 1,
    );
    await c1.mediator.post(`${seat}/mute`, { kind: 'audio', off: false });
    expect(await sources()).toEqual(['camera', 'microphone']);
    await c1.mediator.post(`${at}/mute-all`, { off: true });
    expect(await sources()).toEqual(['camera']);
    const muted = (await readAs(c1.mediator, c1.sessionId)).seats.filter((s) => s.microphoneOff);
    expect(muted.map((s) => s.kind)).not.toContain('MEDIATOR');
    expect(muted.map((s) => s.kind)).toEqual(expect.arrayContaining(['PARTY', 'STATION']));
    await c1.mediator.post(`${at}/mute-all`, { off: false });
    // A second device in the station's room would echo.
    await c1.director.post(`${seat}/beside-station`, { beside: true });
    expect(await sources()).toEqual(['camera']);
    await c1.director.post(`${seat}/beside-station`, { beside: false });
    expect(await sources()).toEqual(['camera', 'microphone']);
    const itself = `${at}/seats/${c1.seats.station.id}/beside-station`;
    expect((await c1.director.post(itself, { beside: true })).body.code).toBe('BAD_REQUEST');
    const host = await c1.mediator.post(`${at}/seats/${c1.seats.mediator.id}/remove`, { reason: 'x' });
    expect(host.body).toMatchObject({ code: 'FORBIDDEN', details: { reason: 'host' } });
  });

  test('one seat is large on everybody’s page, by the host alone', async () => {
    const c1 = await openedSession(app);
    const large = async () =>
      (await readAs(c1.zhouPhone, c1.sessionId)).seats.filter((s) => s.spotlit).map((s) => s.kind);
    const put = (client: Client, seatId: string, on: boolean) =>
      client.post(`/api/sessions/${c1.sessionId}/seats/${seatId}/spotlight`, { on });
    const judge = await app.asStaff('linyiming');
    expect((await put(judge, c1.seats.party.id, true)).body.code).toBe('DUTY_MISSING');
    await put(c1.mediator, c1.seats.station.id, true);
    await put(c1.mediator, c1.seats.party.id, true);
    expect(await large()).toEqual(['PARTY']);
    await put(c1.mediator, c1.seats.station.id, false);
    expect(await large()).toEqual(['PARTY']);
    await put(c1.mediator, c1.seats.party.id, false);
    expect(await large()).toEqual([]);
  });

  test('two hosts press opposite buttons at once: each pair ends in one state, and out stays out', async () => {
    const c1 = await openedSession(app);
    const at = `/api/sessions/${c1.sessionId}`;
    const seat = `${at}/seats/${c1.seats.party.id}`;
    await Promise.all([
      c1.mediator.post(`${seat}/remove`, { reason: '扰乱秩序' }),
      c1.director.post(`${seat}/admit`),
    ]);
    expect(await mayConnect(app.deps, c1.room, c1.seats.party.identity)).toBe(false);
    await c1.mediator.post(`${at}/pause`, { reason: '休息' });
    const [end, resume] = await Promise.all([
      c1.mediator.post(`${at}/end`, { result: 'TO_CONTINUE' }),
      c1.director.post(`${at}/resume`),
    ]);
    expect([200, 409]).toContain(end.status);
    expect([200, 403, 409]).toContain(resume.status);
    const { status } = await readAs(c1.mediator, c1.sessionId);
    expect(status).toBe(end.status === 200 ? 'ENDED' : 'OPEN');
  });

  test('hands keep their place; the host lowers them', async () => {
    const c1 = await openedSession(app);
    const at = `/api/sessions/${c1.sessionId}`;
    const hand = async () => seatIn(await readAs(c1.mediator, c1.sessionId), 'PARTY').handRaisedAt;
    await c1.zhouPhone.post(`${at}/hand`, { raised: true });
    const first = await hand();
    expect(first).not.toBeNull();
    await c1.zhouPhone.post(`${at}/hand`, { raised: true });
    expect(await hand()).toBe(first);
    await c1.mediator.post(`${at}/seats/${c1.seats.party.id}/lower-hand`);
    expect(await hand()).toBeNull();
  });

  test('on site only people attested at the station are present; back to video is a new room', async () => {
    const c1 = await openedSession(app);
    const at = `/api/sessions/${c1.sessionId}`;
    const draft = async () =>
      (await c1.zhouPhone.get<{ contentSha256: string }>(`/api/cases/${c1.caseId}/draft`)).body.contentSha256;
    await c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, {
      update: draftUpdate(c1Terms(c1.chen, c1.zhou)).update,
    });
    await c1.director.post(`${at}/onsite`);
    expect(seatIn(await readAs(c1.mediator, c1.sessionId), 'PARTY').connected).toBe(false);
    const agree = await c1.zhouPhone.post(`/api/cases/${c1.caseId}/draft/agree`, {
      contentSha256: await draft(),
    });
    expect(agree.body.code).toBe('PRESENCE_REQUIRED');
    await app.settle(() => !app.video.rooms.has(c1.room));
    await c1.director.post(`${at}/online`);
    const after = await database((tx) => tx.session.findUniqueOrThrow({ where: { id: c1.sessionId } }));
    expect([after.status, after.roomEpoch, after.room === c1.room]).toEqual(['OPEN', 2, false]);
    expect(await mayConnect(app.deps, c1.room, c1.seats.party.identity)).toBe(false);
    expect(await mayConnect(app.deps, after.room ?? '', c1.seats.party.identity)).toBe(true);
  });

  test('the end closes the room, silences calls, frees everybody and refuses tokens', async () => {
    const c1 = await openedSession(app);
    const at = `/api/sessions/${c1.sessionId}`;
    await c1.director.post(`${at}/judge-call`, { question: '期限可以写在一起吗？' });
    const judge = await app.asStaff('linyiming');
    const ringing = async () =>
      (await judge.get<{ sessionId: string }[]>('/api/judge-calls')).body.filter(
        (call) => call.sessionId === c1.sessionId,
      ).length;
    expect(await ringing()).toBe(1);
    await c1.mediator.post(`${at}/end`, { result: 'TO_CONTINUE' });
    expect(await ringing()).toBe(0);
    await app.settle(() => !app.video.rooms.has(c1.room));
    expect((await c1.zhouPhone.post(`${at}/token`)).body.code).toBe('SESSION_NOT_OPEN');
    expect(await mayConnect(app.deps, c1.room, c1.seats.party.identity)).toBe(false);
    const view = await readAs(c1.mediator, c1.sessionId);
    expect(view.seats.flatMap((s) => s.attendees)).toEqual([]);
    expect(view.seats.some((s) => s.connected)).toBe(false);
  });
});

describe('the reconciler', () => {
  test('while the video server is away nobody is present; when it is back the room is made again', async () => {
    const c1 = await openedSession(app);
    const connected = async () =>
      (await readAs(c1.mediator, c1.sessionId)).seats.filter((s) => s.connected).length;
    const all = await connected();
    expect(all).toBeGreaterThanOrEqual(3);
    app.video.down = true;
    await expect(reconcileVideo(app.deps)).rejects.toThrow('video server is down');
    expect(await connected()).toBe(0);
    app.video.down = false;
    app.video.rooms.delete(c1.room); // it was restarted and remembers nothing
    await reconcileVideo(app.deps);
    expect(app.video.rooms.has(c1.room)).toBe(true);
    expect(await connected()).toBe(0);
    app.video.connect(c1.room, c1.seats.party.identity);
    await reconcileVideo(app.deps);
    expect(await connected()).toBe(1);
    const gaps = await database((tx) => tx.gap.findMany({ where: { seatId: c1.seats.party.id } }));
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.endedAt).not.toBeNull();
  });

  test('one lost answer is no outage', async () => {
    const c1 = await openedSession(app);
    const { listRooms } = app.video;
    let asked = 0;
    app.video.listRooms = async () => {
      asked += 1;
      if (asked === 1) throw new Error('timed out');
      return listRooms();
    };
    await reconcileVideo(app.deps);
    app.video.listRooms = listRooms;
    expect(seatIn(await readAs(c1.mediator, c1.sessionId), 'PARTY').connected).toBe(true);
  });

  test('strangers and removed people are put out, wrong grants corrected, rooms of ended sessions deleted', async () => {
    const c1 = await openedSession(app);
    const at = `/api/sessions/${c1.sessionId}`;
    app.video.connect(c1.room, 'stranger');
    const held = app.video.rooms.get(c1.room)?.get(c1.seats.mediator.identity);
    if (held) held.grants = { canPublish: false, canSubscribe: false, canPublishSources: [] };
    await c1.mediator.post(`${at}/seats/${c1.seats.party.id}/remove`, { reason: '扰乱秩序' });
    app.video.connect(c1.room, c1.seats.party.identity);
    await reconcileVideo(app.deps);
    const inside = [...(app.video.rooms.get(c1.room)?.values() ?? [])];
    expect(inside.map((p) => p.identity)).not.toContain('stranger');
    expect(inside.map((p) => p.identity)).not.toContain(c1.seats.party.identity);
    expect(inside.find((p) => p.identity === c1.seats.mediator.identity)?.grants.canPublish).toBe(true);
    await c1.mediator.post(`${at}/end`, { result: 'TO_CONTINUE' });
    await app.settle(() => !app.video.rooms.has(c1.room));
    app.video.rooms.set(c1.room, new Map()); // the deletion was lost
    await reconcileVideo(app.deps);
    expect(app.video.rooms.has(c1.room)).toBe(false);
  });
});
