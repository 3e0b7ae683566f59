import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '../../server/src/services/audit/verify-chain.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { mayConnect } from '../../server/src/services/video/may-connect.ts';
import { c1Intake, openedSession, plannedCase } from '../factories/case.ts';
import { c1Terms, draftUpdate, frozenAgreement } from '../factories/draft.ts';
import { ceremonyUntilInk, ink, myPlace, signAll, signPlace } from '../factories/signing.ts';
import { type Answer, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

const codes = (answers: Answer[]) =>
  answers.map((a) => (a.status === 200 ? 'OK' : String(a.body.code))).sort();

describe('of two at the same moment exactly one wins', () => {
  test('intake: numbers are gap-free per committee and year, refused registrations use none', async () => {
    const director = await app.asStaff('fanghui', { atStation: true });
    const wrong = { ...c1Intake(app.court.stationId) };
    wrong.parties = wrong.parties.map((p) => ({ ...p, idNumber: '330299195801150011' }));
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () =>
        director.post<{ number: string }>('/api/cases', c1Intake(app.court.stationId)),
      ),
      director.post<{ number: string }>('/api/cases', wrong),
    ]);
    const numbers = answers.flatMap((a) =>
      a.status === 200 ? [Number(/第(\d+)号/.exec(a.body.number)?.[1])] : [],
    );
    expect(numbers).toHaveLength(8);
    const first = Math.min(...numbers);
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 8 }, (_, i) => first + i));
    const next = await director.post<{ number: string }>('/api/cases', c1Intake(app.court.stationId));
    expect(next.body.number).toContain(`第${first + 8}号`);
  });

  test('two answers to one offer', async () => {
    const director = await app.asStaff('fanghui', { atStation: true });
    const { body } = await director.post<{ id: string }>('/api/cases', c1Intake(app.court.stationId));
    await director.post(`/api/cases/${body.id}/mediator`, { staffUserId: app.court.staff.zhaosuqin });
    const [one, two] = [await app.asStaff('zhaosuqin'), await app.asStaff('zhaosuqin')];
    const offers = await one.get<{ appointmentId: string; caseId: string }[]>('/api/offers');
    const offer = offers.body.find((o) => o.caseId === body.id);
    const accept = { accept: true, ties: [], statement: '无' };
    const answers = await Promise.all(
      [one, two].map((c) => c.post(`/api/offers/${offer?.appointmentId}`, accept)),
    );
    expect(codes(answers)).toEqual(['CONFLICT', 'OK']);
  });

  test('two sessions for the same people at the same time', async () => {
    const accepted = async () => {
      const director = await app.asStaff('fanghui', { atStation: true });
      const { body } = await director.post<{ id: string }>('/api/cases', c1Intake(app.court.stationId));
      await director.post(`/api/cases/${body.id}/mediator/self`, { ties: [], statement: '无' });
      return { director, id: body.id };
    };
    const cases = [await accepted(), await accepted()];
    const times = { plannedStart: new Date(Date.now() + 30 * 86_400_000).toISOString(), minutes: 60 };
    const answers = await Promise.all(
      cases.map(({ director, id }) => director.post(`/api/cases/${id}/sessions`, times)),
    );
    const [won, lost] = codes(answers);
    expect([won, lost].sort()).toContain('OK');
    expect(['CONFLICT', 'DOUBLE_BOOKED']).toContain([won, lost].find((c) => c !== 'OK'));
    const again = cases[answers.findIndex((a) => a.status !== 200)];
    const refused = await again?.director.post(`/api/cases/${again.id}/sessions`, times);
    expect(refused?.body).toMatchObject({ code: 'DOUBLE_BOOKED', details: { startsAt: times.plannedStart } });
  });
});

describe('the ceremony under attack', () => {
  let c1: Awaited<ReturnType<typeof openedSession>>;
  let chen: Awaited<ReturnType<TestApp['asParty']>>;
  beforeAll(async () => {
    c1 = await openedSession(app);
    chen = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
    await frozenAgreement({ ...c1, chenAtStation: chen });
  });

  test('mediator and seal wait for the parties (人民调解法 29)', async () => {
    const { at } = await myPlace(c1.mediator, c1.caseId);
    expect((await c1.mediator.post(`${at}/open`)).body.code).toBe('NOT_YOUR_TURN');
    const holder = await app.asStaff('shenguoqiang');
    const early = await holder.post(`/api/cases/${c1.caseId}/seal`);
    expect(['NOT_YOUR_TURN', 'NOT_FOUND']).toContain(early.body.code);
  });

  test('a step out of order, another person’s place, a wrong text', async () => {
    const { at } = await myPlace(c1.zhouPhone, c1.caseId);
    expect((await c1.zhouPhone.post(`${at}/ink`, ink)).body.code).toBe('CEREMONY_STEP_MISSING');
    expect((await chen.post(`${at}/open`)).body.code).toBe('FORBIDDEN');
    await c1.zhouPhone.post(`${at}/open`);
    const lie = await c1.zhouPhone.post(`${at}/read`, { textSha256: 'a'.repeat(64), how: 'SCROLLED' });
    expect(lie.body.code).toBe('VERSION_CHANGED');
  });

  test('a replayed or foreign code is refused', async () => {
    const { at, textSha256 } = await ceremonyUntilInk(app, c1.zhouPhone, c1.caseId);
    const code = app.sms.findLast((m) => m.template === 'signing-code')?.values.code;
    expect((await c1.zhouPhone.post(`${at}/code/verify`, { code })).body.code).toBe('CODE_USED');
    expect(textSha256).toHaveLength(64);
  });

  test('nobody gets a partly signed PDF', async () => {
    expect((await c1.zhouPhone.get(`/api/cases/${c1.caseId}/agreement.pdf`)).status).toBe(404);
  });

  test('two signers at once: both end up signed, one after the other', async () => {
    const places = [];
    for (const client of [c1.zhouPhone, chen]) {
      const { at, textSha256 } = await ceremonyUntilInk(app, client, c1.caseId);
      places.push({ client, at, sign: await signPlace(client, at, textSha256) });
    }
    const answers = await Promise.all(places.map(async (p) => ({ p, body: await p.sign.answer() })));
    const first = await Promise.all(answers.map(({ p, body }) => p.client.post(`${p.at}/complete`, body)));
    expect(codes(first)).toEqual(['HEAD_MOVED', 'OK']);
    const loser = places[first.findIndex((a) => a.status !== 200)];
    expect((await loser?.sign.complete())?.status).toBe(200);
    const winner = places[first.findIndex((a) => a.status === 200)];
    expect((await winner?.sign.complete().catch((e: Error) => e.message)) as string).toContain(
      'ALREADY_SIGNED',
    );
  });

  test('changing the text after the first signature voids everything, visibly', async () => {
    const before = await c1.mediator.get<{ signaturesAtStake: string[] }>(`/api/cases/${c1.caseId}/draft`);
    expect(before.body.signaturesAtStake.sort()).toEqual(['周建波', '陈阿根'].sort());
    const changed = await c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, {
      update: draftUpdate([{ id: 'x9', kind: 'other', text: '另行约定。' }], '补充').update,
    });
    expect(changed.status).toBe(200);
    const versions = await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.draftVersion.findMany({
        where: { agreement: { caseId: c1.caseId } },
        include: { signatures: { include: { certificate: true } } },
      }),
    );
    expect(versions[0]?.voidedAt).not.toBeNull();
    for (const s of versions[0]?.signatures ?? [])
      if (s.certificate) expect(s.certificate.revokedAt).not.toBeNull();
    const events = await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.auditEvent.findMany({ where: { caseId: c1.caseId, action: 'void' } }),
    );
    expect(events).toHaveLength(1);
  });
});

test('two seal-holders at once: exactly one seal', async () => {
  const c1 = await openedSession(app);
  const chen = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  await frozenAgreement({ ...c1, chenAtStation: chen });
  for (const client of [c1.zhouPhone, chen, c1.mediator, c1.director]) await signAll(app, client, c1.caseId);
  const holders = [await app.asStaff('shenguoqiang'), await app.asStaff('shenguoqiang')];
  const answers = await Promise.all(holders.map((h) => h.post(`/api/cases/${c1.caseId}/seal`)));
  expect(codes(answers)).toEqual(['CONFLICT', 'OK']);
  const sealed = await inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.document.count({ where: { caseId: c1.caseId, kind: 'AGREEMENT' } }),
  );
  expect(sealed).toBe(1);
});

describe('strangers and removed people', () => {
  test('another court’s case is not there, for anybody', async () => {
    const { caseId, sessionId } = await plannedCaseAlone();
    const other = await app.secondCourt();
    for (const login of ['fanghui', 'zhaosuqin', 'linyiming', 'shenguoqiang'] as const) {
      const stranger = await app.asStaff(login, { court: other });
      for (const path of [
        `/api/cases/${caseId}`,
        `/api/cases/${caseId}/draft`,
        `/api/cases/${caseId}/timeline`,
        `/api/sessions/${sessionId}`,
      ]) {
        expect((await stranger.get(path)).body.code, `${login} ${path}`).toBe('NOT_FOUND');
      }
      expect((await stranger.post(`/api/sessions/${sessionId}/token`)).body.code).toBe('NOT_FOUND');
    }
  });

  test('administrator and auditor see no case; a party sees no other case', async () => {
    const { caseId, zhou } = await plannedCaseAlone();
    for (const login of ['wangmin', 'zhouzheng'] as const) {
      expect((await (await app.asStaff(login)).get(`/api/cases/${caseId}`)).status).toBe(404);
    }
    const other = await plannedCaseAlone();
    const party = await app.asParty({ caseId, partyId: zhou });
    expect((await party.get(`/api/cases/${other.caseId}`)).body.code).toBe('NOT_FOUND');
    expect((await party.post(`/api/sessions/${other.sessionId}/token`)).body.code).toBe('NOT_FOUND');
    expect((await app.anonymous.get(`/api/cases/${caseId}`)).body.code).toBe('UNAUTHENTICATED');
  });

  test('a guiding judge of another station gains nothing by ruling on confirmations here', async () => {
    const { caseId } = await plannedCase(app);
    const staffUserId = app.court.staff.linyiming;
    const { courtId } = app.court;
    const judge = await app.asStaff('linyiming');
    await inCourt(app.deps.db, courtId, async (tx) => {
      await tx.pairing.updateMany({ data: { until: new Date() } });
      await tx.appointment.deleteMany({ where: { caseId, staffUserId } });
      await tx.dutyAssignment.create({ data: { courtId, staffUserId, duty: 'CONFIRMING_JUDGE' } });
      await tx.confirmation.create({ data: { courtId, caseId, appliedAt: new Date(), status: 'APPLIED' } });
    });
    // No party consented to court access.
    expect((await judge.get(`/api/cases/${caseId}`)).body.code).toBe('FORBIDDEN');
    await inCourt(app.deps.db, courtId, async (tx) => {
      await tx.pairing.updateMany({ data: { until: null } });
      await tx.dutyAssignment.deleteMany({ where: { staffUserId, duty: 'CONFIRMING_JUDGE' } });
    });
  });

  test('no token before consent, admission and an open room; none after removal, not even a refreshed one', async () => {
    const { caseId, sessionId, zhou, mediator } = await plannedCaseAlone();
    const phone = await app.asParty({ caseId, partyId: zhou });
    const token = () => phone.post(`/api/sessions/${sessionId}/token`);
    expect((await token()).body.code).toBe('SESSION_NOT_OPEN');
    await mediator.post(`/api/sessions/${sessionId}/start-checking`);
    expect((await token()).body.code).toBe('CONSENT_MISSING');
    await phone.post(`/api/cases/${caseId}/parties/${zhou}/consents`, {
      answers: ['MEDIATION', 'ONLINE'].map((item) => ({ item, agreed: true })),
    });
    expect((await token()).body.code).toBe('NOT_ADMITTED');
    await phone.post(`/api/sessions/${sessionId}/lobby`, {});
    const session = await mediator.get<{ seats: { id: string; kind: string; identity: string }[] }>(
      `/api/sessions/${sessionId}`,
    );
    const seat = session.body.seats.find((s) => s.kind === 'PARTY');
    await mediator.post(`/api/sessions/${sessionId}/seats/${seat?.id}/admit`);
    const joined = await token();
    expect(joined.status).toBe(200);
    const grants = app.video.calls.findLast((c) => c.verb === 'issueToken')?.grants;
    expect(grants).toMatchObject({
      roomAdmin: false,
      canPublishData: false,
      canUpdateOwnMetadata: false,
      canPublish: false,
    });
    const room = app.video.calls.findLast((c) => c.verb === 'issueToken')?.room ?? '';
    expect(await mayConnect(app.deps, room, seat?.identity ?? '')).toBe(true);
    await mediator.post(`/api/sessions/${sessionId}/seats/${seat?.id}/remove`, { reason: '扰乱秩序' });
    expect((await token()).body.code).toBe('REMOVED_FROM_SESSION');
    expect(await mayConnect(app.deps, room, seat?.identity ?? '')).toBe(false);
    await app.settle(() =>
      app.video.calls.some((c) => c.verb === 'removeParticipant' && c.identity === seat?.identity),
    );
  });

  test('webhooks: unsigned refused, replayed counted once, out of order harmless', async () => {
    const c1 = await openedSession(app);
    const event = (id: string, name: string, at: string) =>
      JSON.stringify({ id, event: name, room: c1.room, identity: c1.seats.party.identity, createdAt: at });
    const send = (body: string, authorization = 'signed') =>
      app.anonymous.raw('/api/webhooks/livekit', {
        method: 'POST',
        body,
        headers: { authorization, 'content-type': 'application/webhook+json' },
      });
    expect((await send(event('w0', 'participant_left', new Date().toISOString()), 'forged')).status).toBe(
      401,
    );
    const later = new Date(Date.now() + 60_000).toISOString();
    const latest = new Date(Date.now() + 120_000).toISOString();
    expect((await send(event('w2', 'participant_joined', latest))).status).toBe(200);
    expect((await send(event('w1', 'participant_left', later))).status).toBe(200);
    await send(event('w2', 'participant_joined', latest));
    const seat = await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.seat.findUniqueOrThrow({ where: { identity: c1.seats.party.identity } }),
    );
    expect((seat.connectedAt?.getTime() ?? 0) > (seat.disconnectedAt?.getTime() ?? 0)).toBe(true);
    const receipts = await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.webhookReceipt.count({ where: { sessionId: c1.sessionId } }),
    );
    expect(receipts).toBe(2);
  });

  test('a heartbeat alone is no presence: agreeing needs LiveKit’s word', async () => {
    const c1 = await openedSession(app);
    await c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, {
      update: draftUpdate(c1Terms(c1.chen, c1.zhou)).update,
    });
    const { body } = await c1.mediator.get<{ contentSha256: string }>(`/api/cases/${c1.caseId}/draft`);
    app.video.rooms.get(c1.room)?.delete(c1.seats.party.identity);
    const { reconcileVideo } = await import('../../server/src/services/video/reconcile.ts');
    await reconcileVideo(app.deps);
    await c1.zhouPhone.post(`/api/sessions/${c1.sessionId}/heartbeat`);
    const refused = await c1.zhouPhone.post(`/api/cases/${c1.caseId}/draft/agree`, {
      contentSha256: body.contentSha256,
    });
    expect(refused.body.code).toBe('PRESENCE_REQUIRED');
  });

  async function plannedCaseAlone() {
    await inCourt(app.deps.db, app.court.courtId, (tx) => tx.booking.updateMany({ data: { active: false } }));
    return plannedCase(app);
  }
});

test('kinds that may not be signed electronically go on paper (电子签名法 3)', async () => {
  const director = await app.asStaff('fanghui', { atStation: true });
  const { body } = await director.post<{ id: string }>('/api/cases', {
    ...c1Intake(app.court.stationId),
    disputeType: 'FAMILY_STATUS',
  });
  const seen = await director.get<{ paperOnly: { code: string; basis: string } }>(`/api/cases/${body.id}`);
  expect(seen.body.paperOnly.basis).toContain('电子签名法第3条');
});

test('the audit chain of everything above holds, and cannot be changed by the application', async () => {
  const report = await verifyChain(app.deps, app.court.courtId);
  expect(report.faults).toEqual([]);
  expect(report.events).toBeGreaterThan(100);
  for (const sql of [
    'UPDATE "AuditEvent" SET action = \'x\'',
    'DELETE FROM "AuditEvent"',
    'UPDATE "AuditHead" SET hash = \'x\'',
  ]) {
    await expect(inCourt(app.deps.db, app.court.courtId, (tx) => tx.$executeRawUnsafe(sql))).rejects.toThrow(
      /permission denied|42501/,
    );
  }
});

test('the API describes every route', async () => {
  const { body } = await app.anonymous.get<{ paths: Record<string, unknown> }>('/api/openapi.json');
  const paths = Object.keys(body.paths);
  for (const path of [
    '/api/cases',
    '/api/sessions/{sessionId}/token',
    '/api/cases/{caseId}/ceremony/{fieldName}/complete',
    '/api/verify',
    '/readyz',
    '/api/live',
  ]) {
    expect(paths).toContain(path);
  }
});
