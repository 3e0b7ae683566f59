import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DraftState } from '../../server/src/contract/draft.ts';
import type { RecordView } from '../../server/src/contract/record.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { c3Company, c3Facts, c3Intake, c3Terms, c3Workers } from '../factories/c3.ts';
import { draftUpdate } from '../factories/draft.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

/** Demo case C3 (domain-forms): three workers and a company; 罗大军 is lost at 09:37; the talks go on the next day. */
let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

const shanghai = (text: string): Date => new Date(`${text.replace(' ', 'T')}+08:00`);
type Seats = {
  seats: { id: string; kind: string; label: string; identity: string; partyId: string | null }[];
};

test('C3: lost at 09:37, nothing decided without him, read out and confirmed, continued the next day', async () => {
  app.setClock(shanghai('2025-05-29 09:00:00'));
  const director = await app.asStaff('fanghui', { atStation: true });
  const mediator = await app.asStaff('zhaosuqin');
  const registered = await director.post<{ id: string }>('/api/cases', c3Intake(app.court.stationId));
  expect(registered.body).toMatchObject({ id: expect.any(String) });
  const caseId = registered.body.id;
  const caseView = await director.get<{ parties: { id: string; name: string }[] }>(`/api/cases/${caseId}`);
  const idOf = (name: string) => caseView.body.parties.find((p) => p.name === name)?.id ?? '';
  const database = <T>(work: Parameters<typeof inCourt<T>>[2]) =>
    inCourt(app.deps.db, app.court.courtId, work);

  // 5-30: the power of attorney says no more than 全权代理.
  app.setClock(shanghai('2025-05-30 10:00:00'));
  const agent = await database((tx) =>
    tx.agent.create({
      data: {
        courtId: app.court.courtId,
        caseId,
        partyId: idOf(c3Company),
        name: '王晨',
        special: false,
        powers: [],
        verifiedAt: app.deps.clock.now(),
      },
    }),
  );
  await director.post(`/api/cases/${caseId}/mediator`, { staffUserId: app.court.staff.zhaosuqin });
  const offers = await mediator.get<{ appointmentId: string }[]>('/api/offers');
  await mediator.post(`/api/offers/${offers.body[0]?.appointmentId}`, {
    accept: true,
    ties: [],
    statement: '与各方无利害关系',
  });
  const people = new Map<string, Client>();
  for (const { name } of c3Workers) people.set(name, await app.asParty({ caseId, partyId: idOf(name) }));
  people.set('王晨', await app.asParty({ caseId, agentId: agent.id }));
  const of = (name: string) => people.get(name) as Client;
  const yes = ['MEDIATION', 'ONLINE', 'E_SIGNATURE', 'E_SERVICE'].map((item) => ({ item, agreed: true }));
  for (const { name } of c3Workers)
    await of(name).post(`/api/cases/${caseId}/parties/${idOf(name)}/consents`, { answers: yes });
  await director.post(`/api/cases/${caseId}/parties/${idOf(c3Company)}/consents`, { answers: yes });

  /** Plans a session, lets everybody in, checks by name, opens at `open`. */
  const openAt = async (open: string) => {
    const scheduled = await director.post<{ sessionId: string }>(`/api/cases/${caseId}/sessions`, {
      plannedStart: shanghai(open).toISOString(),
      minutes: 60,
    });
    const { sessionId } = scheduled.body;
    const at = `/api/sessions/${sessionId}`;
    app.setClock(new Date(shanghai(open).getTime() - 10 * 60_000));
    expect((await mediator.post(`${at}/start-checking`)).status).toBe(200);
    for (const one of [director, mediator, ...people.values()]) await one.post(`${at}/lobby`, {});
    await mediator.post(`${at}/admit-all`);
    const session = await mediator.get<
      Seats & {
        checklist: { kind: string; attendeeId: string | null; agentId: string | null; done: boolean }[];
      }
    >(at);
    const { seats } = session.body;
    const room = (await database((tx) => tx.session.findUniqueOrThrow({ where: { id: sessionId } }))).room;
    let sent = 0;
    const video = (event: string, label: string, when: string) =>
      app.anonymous.post(
        '/api/webhooks/livekit',
        {
          id: `${sessionId}-${sent++}`,
          event,
          room,
          identity: seats.find((s) => s.label === label)?.identity,
          createdAt: shanghai(when).toISOString(),
        },
        { authorization: 'signed' },
      );
    for (const seat of seats.filter((s) => s.label !== c3Company))
      await video('participant_joined', seat.label, `${open.slice(0, 10)} 09:25:00`);
    const { checklist } = session.body;
    expect(checklist.filter((i) => i.agentId !== null).map((i) => i.agentId)).toEqual([agent.id]);
    for (const { name } of c3Workers) {
      await director.post(`/api/cases/${caseId}/parties/${idOf(name)}/identity`, {
        method: 'DOCUMENT_BY_VIDEO',
        samePerson: true,
      });
      await mediator.post(`/api/cases/${caseId}/parties/${idOf(name)}/identity/attest`);
    }
    for (const item of checklist.filter((i) => i.kind === 'IDENTITY' && i.attendeeId))
      await mediator.post(`${at}/checks`, {
        kind: 'IDENTITY',
        attendeeId: item.attendeeId,
        document: '授权委托书、居民身份证',
      });
    for (const kind of ['FALSE_MEDIATION_WARNING', 'RIGHTS_NOTICE'])
      await mediator.post(`${at}/checks`, { kind, language: '普通话', reader: '方慧' });
    app.setClock(shanghai(open));
    const opened = await mediator.post(`${at}/open`);
    expect(opened.body).toEqual({ ok: true });
    return { sessionId, at, video };
  };
  const record = async (at: string) => (await mediator.get<RecordView>(`${at}/records/TALKS`)).body;
  const write = (at: string, when: string, speaker: string, text: string) => {
    app.setClock(shanghai(when));
    return director.post(`${at}/lines`, { speaker, text });
  };

  // 6-4 09:30
  app.setClock(shanghai('2025-06-03 15:00:00'));
  const first = await openAt('2025-06-04 09:30:00');
  await write(first.at, '2025-06-04 09:33:00', '罗大军', '干了三个月，一分钱没给。');
  const updates = `/api/cases/${caseId}/draft/updates`;
  const terms = c3Terms(idOf, ['2025-06-30', '2025-07-31']);
  await mediator.post(updates, { update: draftUpdate(terms, c3Facts).update });
  const hash = async () =>
    (await mediator.get<{ contentSha256: string }>(`/api/cases/${caseId}/draft`)).body.contentSha256;
  const agree = async (name: string) =>
    of(name).post(`/api/cases/${caseId}/draft/agree`, { contentSha256: await hash() });
  // General authority speaks, and does not agree.
  expect((await agree('王晨')).body.code).toBe('SPECIAL_AUTHORITY_REQUIRED');
  expect((await agree('罗大军')).status).toBe(200);

  // 09:37: 罗大军 is lost.
  await first.video('participant_left', '罗大军', '2025-06-04 09:37:00');
  app.setClock(shanghai('2025-06-04 09:38:00'));
  const blocked = await agree('冯小平');
  expect(blocked.body).toMatchObject({ code: 'PRESENCE_REQUIRED', details: { names: ['罗大军'] } });
  expect((await record(first.at)).absent).toEqual([
    { partyId: idOf('罗大军'), name: '罗大军', waived: false },
  ]);
  const freeze = async () =>
    mediator.post(`/api/cases/${caseId}/agreement/freeze`, { contentSha256: await hash(), paper: false });
  expect((await freeze()).body.code).toBe('NOT_ALL_AGREED');

  // Not to be waived for somebody who is here, nor by anybody but the mediator; expressly waived, the others may agree.
  const waive = (by: Client, name: string) =>
    by.post(`${first.at}/presence-waivers`, { partyId: idOf(name), how: '电话中本人表示' });
  expect((await waive(director, '罗大军')).body.code).toBe('DUTY_MISSING');
  expect((await waive(mediator, '冯小平')).body.code).toBe('CONFLICT');
  app.setClock(shanghai('2025-06-04 09:40:00'));
  expect((await waive(mediator, '罗大军')).status).toBe(200);
  expect((await agree('冯小平')).status).toBe(200);
  // He himself decides nothing from outside, and the waiver ends with his return.
  expect((await agree('罗大军')).body).toMatchObject({ code: 'PRESENCE_REQUIRED' });
  await first.video('participant_joined', '罗大军', '2025-06-04 09:41:00');
  await first.video('participant_left', '罗大军', '2025-06-04 09:42:00');
  app.setClock(shanghai('2025-06-04 09:43:00'));
  expect((await agree('蒋玉兰')).body).toMatchObject({ details: { names: ['罗大军'] } });

  // The record of the first day: read out to those who are still here.
  await write(first.at, '2025-06-04 09:45:00', '', '因罗大军网络中断，各方同意改在6月5日上午10时继续。');
  app.setClock(shanghai('2025-06-04 09:48:00'));
  const read = async (at: string, result: string) =>
    (
      await mediator.post<{ contentSha256: string }>(`${at}/record/read-out`, {
        language: '普通话',
        reader: '方慧',
        result,
      })
    ).body.contentSha256;
  const sha = await read(first.at, 'TO_CONTINUE');
  const away = await director.post(`${first.at}/records/TALKS/note`, {
    key: `party:${idOf('罗大军')}`,
    way: 'ABSENT',
    note: '09:42网络中断后没有恢复',
  });
  expect(away.status).toBe(200);
  for (const one of [of('冯小平'), of('蒋玉兰'), of('王晨'), mediator, director])
    expect((await one.post(`${first.at}/records/TALKS/confirm`, { contentSha256: sha })).status).toBe(200);
  expect((await mediator.post(`${first.at}/end`, { result: 'TO_CONTINUE' })).status).toBe(200);
  await app.settle(async () => (await record(first.at)).hasDocument);
  const pdf = Buffer.from(await (await mediator.raw(`${first.at}/records/TALKS/pdf`)).arrayBuffer());
  if (process.env.TONGXI_KEEP)
    await import('node:fs/promises').then((fs) => fs.writeFile(`${process.env.TONGXI_KEEP}/c3.pdf`, pdf));
  const text = (await pdfText(pdf)).replace(/\s/g, '');
  for (const part of [
    '时间：2025年6月4日09:30至',
    '09:37〔罗大军的连接中断。〕',
    '罗大军：09:37:00至09:41:00',
    '罗大军：09:42:00至宣读时尚未恢复',
    '〔罗大军不在场，明确同意继续（电话中本人表示）。〕',
    '③有待继续调解（√）',
    '宣读时已离开，未确认。',
    `${c3Company}（委托代理人：王晨，一般授权）`,
  ])
    expect(text).toContain(part.replace(/\s/g, ''));

  // 6-5 10:00, with special authority since: it goes on, everybody agrees, the text is frozen.
  await database((tx) =>
    tx.agent.update({
      where: { id: agent.id },
      data: { special: true, powers: ['ADMIT', 'CHANGE_CLAIM', 'SETTLE', 'SIGN'] },
    }),
  );
  app.setClock(shanghai('2025-06-04 11:00:00'));
  const second = await openAt('2025-06-05 10:00:00');
  expect((await record(second.at)).lines.some((l) => l.kind === 'GAP')).toBe(false);
  app.setClock(shanghai('2025-06-05 10:30:00'));
  for (const name of people.keys()) expect([name, (await agree(name)).status]).toEqual([name, 200]);
  // Each sees whose word is their own, also who has neither telephone nor address in the file.
  for (const [name, person] of people) {
    const { approvals } = (await person.get<DraftState>(`/api/cases/${caseId}/draft`)).body;
    const own = approvals.filter((a) => a.mine && a.current).map((a) => a.name);
    expect([name, own]).toEqual([name, [name === '王晨' ? c3Company : name]]);
  }
  const frozen = await freeze();
  expect(frozen.body).toMatchObject({ versionId: expect.any(String) });
  await write(second.at, '2025-06-05 10:40:00', '', '各方达成一致。');
  const last = await read(second.at, 'AGREED');
  for (const one of [...people.values(), mediator, director])
    await one.post(`${second.at}/records/TALKS/confirm`, { contentSha256: last });
  expect(await record(second.at)).toMatchObject({ status: 'CONFIRMED', result: 'AGREED' });
  // The first day's record stands as it was.
  expect(await record(first.at)).toMatchObject({
    status: 'CONFIRMED',
    result: 'TO_CONTINUE',
    contentSha256: sha,
  });
});
