import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { seedCase } from '../setup/asker.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.stop());

describe('the party’s home', () => {
  it('follows the case from consent to the room, for the phone and for the station’s screen', async () => {
    const { caseId, zhou, chen } = await seedCase(t);
    const { courtId, stationId, staff } = t.court;
    const phone = await t.asParty({ caseId, partyId: zhou });
    const screen = await t.asParty({ caseId, partyId: chen, via: 'HAND_OVER' });
    const step = async (client = phone) => (await client.get<{ step: string }>('/api/party/home')).body.step;
    const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(t.deps.db, courtId, work);
    expect([await step(), await step(screen)]).toEqual(['CONSENT', 'CONSENT']);

    await database(async (tx) => {
      const wordings = await tx.consentWording.findMany({ where: { item: { in: ['MEDIATION', 'ONLINE'] } } });
      for (const partyId of [zhou, chen]) {
        for (const { id, item } of wordings) {
          const answer = { courtId, caseId, partyId, wordingId: id, item, agreed: true, at: new Date() };
          await tx.consent.create({ data: answer });
        }
      }
    });
    expect([await step(), await step(screen)]).toEqual(['WAIT', 'WAIT']);

    const { sessionId, seatId } = await database(async (tx) => {
      const session = await tx.session.create({
        data: {
          courtId,
          caseId,
          stationId,
          status: 'SCHEDULED',
          plannedStart: new Date(),
          plannedEnd: new Date(Date.now() + 3600_000),
        },
      });
      const seat = await tx.seat.create({
        data: { courtId, sessionId: session.id, partyId: zhou, kind: 'PARTY', identity: `seat-${zhou}` },
      });
      return { sessionId: session.id, seatId: seat.id };
    });
    expect([await step(), await step(screen)]).toEqual(['DEVICE_CHECK', 'WAIT']);
    const test = (selfTest: object) =>
      database((tx) => tx.seat.update({ where: { id: seatId }, data: { selfTest } }));
    await test({ camera: 'ok' });
    expect(await step()).toBe('LOBBY');
    await database(async (tx) => {
      await tx.session.update({ where: { id: sessionId }, data: { status: 'CHECKING' } });
      await tx.admission.create({
        data: { courtId, sessionId, seatId, admittedById: staff.fanghui, at: new Date() },
      });
    });
    expect(await step()).toBe('ROOM');
    await database((tx) =>
      tx.denial.create({
        data: { courtId, sessionId, seatId, byId: staff.fanghui, reason: '试', at: new Date() },
      }),
    );
    expect(await step()).toBe('WAIT');
    await database((tx) =>
      tx.case.update({ where: { id: caseId }, data: { status: 'NO_AGREEMENT', endCode: 'DIVERGENCE' } }),
    );
    expect([await step(), await step(screen)]).toEqual(['ENDED', 'ENDED']);
  });

  it('is nobody’s without a session of that case', async () => {
    expect((await t.anonymous.get('/api/party/home')).status).toBe(401);
    expect((await (await t.asStaff('fanghui')).get('/api/party/home')).status).toBe(401);
  });
});
