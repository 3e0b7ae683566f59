import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CorrectionsView } from '../../server/src/contract/correction.ts';
import type { RecordView } from '../../server/src/contract/record.ts';
import type { SessionView } from '../../server/src/contract/session.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession, plannedCase } from '../factories/case.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

type Opened = Awaited<ReturnType<typeof openedSession>>;
const at = (c1: { sessionId: string }) => `/api/sessions/${c1.sessionId}`;
const view = async (client: Client, c1: { sessionId: string }, kind = 'TALKS') =>
  (await client.get<RecordView>(`${at(c1)}/records/${kind}`)).body;
const say = (c1: Opened, speaker: string, text: string, by = c1.director) =>
  by.post<{ lineId: string; code: string }>(`${at(c1)}/lines`, { speaker, text });
const readOut = (c1: Opened, result = 'AGREED') =>
  c1.mediator.post<{ contentSha256: string; code: string; details: object }>(`${at(c1)}/record/read-out`, {
    language: '宁波话',
    reader: '方慧',
    result,
  });
const confirm = (client: Client, c1: Opened, contentSha256: string, kind = 'TALKS') =>
  client.post(`${at(c1)}/records/${kind}/confirm`, { contentSha256 });
const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(app.deps.db, app.court.courtId, work);

/** Everybody of C1: 周建波 on his phone, 陈阿根 at the station's screen, mediator and recorder on theirs. */
async function everybody(c1: Opened): Promise<Client[]> {
  const chen = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  return [c1.zhouPhone, chen, c1.mediator, c1.director];
}

describe('the record grows', () => {
  test('typed lines, and what the system enters, in the order of time, the same for everybody', async () => {
    const c1 = await openedSession(app);
    expect((await say(c1, '陈阿根', '去年十月起漏水。')).status).toBe(200);
    expect((await say(c1, '', '调解员提出调解方案，征求各方意见。', c1.mediator)).status).toBe(200);
    const lines = (await view(c1.zhouPhone, c1)).lines;
    expect(lines.map((l) => l.kind)).toEqual(['CHECK', 'CHECK', 'CHECK', 'CHECK', 'EVENT', 'SAID', 'NOTE']);
    const text = lines.map((l) => l.text).join('\n');
    expect(text).toContain('方慧用宁波话宣读权利义务告知书');
    expect(text).toMatch(/核对陈阿根的身份：方慧当面核对证件，赵素琴确认人证一致/);
    expect(text).toMatch(/调解开始。到场：.*陈阿根/);
    expect(text).not.toMatch(/330299/);
    expect(await view(c1.mediator, c1)).toMatchObject({ lines: lines.map(({ text: t }) => ({ text: t })) });
    expect(lines.every((l) => !l.editable)).toBe(true);
    expect((await view(c1.mediator, c1)).lines.filter((l) => l.editable)).toHaveLength(2);
  });

  test('a lost connection is written with its times, a blink is not; people who come and go by name', async () => {
    const c1 = await openedSession(app);
    const gap = (seconds: number, id: string) =>
      database((tx) =>
        tx.gap.create({
          data: {
            courtId: app.court.courtId,
            sessionId: c1.sessionId,
            seatId: c1.seats.party.id,
            startedAt: new Date(Date.now() + 1000),
            endedAt: new Date(Date.now() + 1000 + seconds * 1000),
            id,
          },
        }),
      );
    await gap(2, '00000000-0000-7000-8000-00000000aa01');
    await gap(90, '00000000-0000-7000-8000-00000000aa02');
    const son = await c1.director.post<{ attendeeId: string }>(
      `${at(c1)}/seats/${c1.seats.station.id}/attendees`,
      { name: '陈小明' },
    );
    await c1.director.delete(`${at(c1)}/attendees/${son.body.attendeeId}`);
    const texts = (await view(c1.mediator, c1)).lines.map((l) => l.text);
    expect(texts.filter((t) => t.includes('连接'))).toEqual(['周建波的连接中断。', '周建波恢复连接。']);
    expect(texts.filter((t) => t.includes('陈小明'))).toEqual([
      expect.stringMatching(/^陈小明到场，/),
      '陈小明离开。',
    ]);
  });

  test('people swapped at a shared seat: one act, one audit row, one line; the floor goes along; swapped back', async () => {
    const c1 = await openedSession(app);
    const people = async () =>
      (await c1.director.get<SessionView>(at(c1))).body.seats
        .flatMap((seat) => (seat.kind === 'STATION' ? seat.attendees : []))
        .filter((a) => a.duty !== 'DIRECTOR');
    const [chen] = await people();
    const path = (id = '') => `${at(c1)}/attendees/${id}`;
    await c1.director.post(`${path(chen?.id)}/floor`);
    const audited = () => database((tx) => tx.auditEvent.count({ where: { action: 'seat-attendees' } }));
    const before = await audited();
    type Swapped = { attendeeId: string; back: object; code: string };
    const swapped = await c1.director.post<Swapped>(`${path(chen?.id)}/swap`, { name: '陈小明' });
    expect(swapped.body).toMatchObject({ back: { partyId: c1.chen } });
    expect(await people()).toMatchObject([{ name: '陈小明', hasFloor: true }]);
    expect(await audited()).toBe(before + 1);
    const swap = async (id: string, who: object, by = c1.director) =>
      (await by.post<Swapped>(`${path(id)}/swap`, who)).body.code;
    const { attendeeId, back } = swapped.body;
    expect(await swap(chen?.id ?? '', { name: '路人' })).toBe('NOT_FOUND');
    // 周建波 sits at his own telephone, and whoever is no host swaps nobody.
    expect(await swap(attendeeId, { partyId: c1.zhou })).toBe('CONFLICT');
    expect(await swap(attendeeId, { name: '陈小明' })).toBe('CONFLICT');
    expect(await swap(attendeeId, back, await app.asStaff('linyiming'))).toBe('DUTY_MISSING');
    expect(await audited()).toBe(before + 1);
    expect(await swap(attendeeId, back)).toBeUndefined();
    expect(await people()).toMatchObject([{ name: '陈阿根', partyId: c1.chen, hasFloor: true }]);
    const lines = (await view(c1.mediator, c1)).lines.filter((l) => l.kind === 'PRESENCE');
    expect(lines.map((l) => l.text)).toEqual([
      expect.stringMatching(/^陈阿根离开，陈小明到场，/),
      expect.stringMatching(/^陈小明离开，陈阿根到场，/),
    ]);
  });

  test('every loss of the line is written down, a handed-over screen’s too; signing a frozen text is no interruption', async () => {
    const c1 = await openedSession(app);
    const { courtId } = app.court;
    const lost = (seatId: string) =>
      database((tx) =>
        tx.gap.create({
          data: {
            courtId,
            sessionId: c1.sessionId,
            seatId,
            startedAt: new Date(Date.now() + 1000),
            endedAt: new Date(Date.now() + 61_000),
          },
        }),
      );
    await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
    await lost(c1.seats.station.id);
    await lost(c1.seats.party.id);
    const gaps = async () => (await view(c1.mediator, c1)).lines.filter((l) => l.kind === 'GAP');
    expect((await gaps()).map((l) => l.text)).toEqual([
      '方慧、陈阿根的连接中断。',
      '周建波的连接中断。',
      '方慧、陈阿根恢复连接。',
      '周建波恢复连接。',
    ]);
    await database(async (tx) => {
      const agreement = await tx.agreement.create({ data: { courtId, caseId: c1.caseId } });
      const version = { agreementId: agreement.id, number: 1, document: {}, canonicalSha256: '', pages: 1 };
      await tx.draftVersion.create({ data: { courtId, ...version, frozenAt: new Date() } });
    });
    expect(await gaps()).toEqual([]);
  });

  test('only mediator and recorder write; a party, a judge and a stranger do not', async () => {
    const c1 = await openedSession(app);
    const judge = await app.asStaff('linyiming');
    expect((await say(c1, '', 'x', judge)).body.code).toBe('DUTY_MISSING');
    expect((await c1.zhouPhone.post(`${at(c1)}/lines`, { text: 'x' })).status).toBe(401);
    const other = await openedSession(app);
    const stranger = await app.asParty({ caseId: other.caseId, partyId: other.zhou });
    expect((await stranger.get(`${at(c1)}/records/TALKS`)).status).toBe(404);
    expect((await stranger.get(`/api/cases/${c1.caseId}/records`)).status).toBe(404);
    const line = await say(other, '', 'y');
    const foreign = await c1.director.post(`${at(c1)}/lines/${line.body.lineId}`, { text: 'z' });
    expect(foreign.body.code).toBe('NOT_FOUND');
  });

  test('what no document can show is refused while it is typed', async () => {
    const c1 = await openedSession(app);
    expect((await say(c1, '陈阿根', '好的👍')).body).toMatchObject({ code: 'CHARACTER_NOT_DRAWABLE' });
    expect((await view(c1.mediator, c1)).lines.filter((l) => l.editable)).toEqual([]);
  });

  test('a line is corrected or struck before the reading; the log keeps what it said', async () => {
    const c1 = await openedSession(app);
    const one = await say(c1, '陈阿根', '赔五千。');
    const two = await say(c1, '', '写错的一行');
    const path = `${at(c1)}/lines/${one.body.lineId}`;
    expect((await c1.mediator.post(path, { speaker: '周建波', text: '赔四千八百。' })).status).toBe(200);
    expect((await c1.director.delete(`${at(c1)}/lines/${two.body.lineId}`)).status).toBe(200);
    const mine = (await view(c1.mediator, c1)).lines.filter((l) => l.editable);
    expect(mine).toEqual([expect.objectContaining({ speaker: '周建波', text: '赔四千八百。' })]);
    const kept = await database((tx) => tx.auditEvent.count({ where: { subjectId: one.body.lineId } }));
    expect(kept).toBe(2);
  });
});

describe('read out and confirmed', () => {
  test('each one gives their word once, an objection is written in, the last word freezes it and draws the PDF', async () => {
    const c1 = await openedSession(app);
    expect((await readOut(c1)).body.code).toBe('RECORD_EMPTY');
    const line = await say(c1, '周建波', '漏水是水管老化造成的。');
    await say(c1, '', '双方就修复和赔偿达成一致。');
    expect((await confirm(c1.zhouPhone, c1, '0'.repeat(64))).body.code).toBe('ILLEGAL_TRANSITION');
    const { remote } = await view(c1.mediator, c1);
    const zhouHere = remote.find((p) => p.name === '周建波')?.attendeeId;
    const placed = await c1.director.post(`${at(c1)}/attendees/${zhouHere}/place`, { place: '杭州市家中' });
    expect(placed.status).toBe(200);
    const read = await readOut(c1);
    expect(read.status).toBe(200);
    const sha = read.body.contentSha256;
    expect((await say(c1, '', '晚到的一行')).body.code).toBe('ILLEGAL_TRANSITION');
    expect((await confirm(c1.zhouPhone, c1, '0'.repeat(64))).body.code).toBe('VERSION_CHANGED');

    const objection = { line: line.body.lineId, text: '我说的是“可能”是水管老化。' };
    expect((await c1.zhouPhone.post(`${at(c1)}/record/objections`, objection)).status).toBe(200);
    const missing = await c1.zhouPhone.post(`${at(c1)}/record/objections`, { ...objection, line: 'nothing' });
    expect(missing.body.code).toBe('NOT_FOUND');

    const [zhou, chen, mediator, director] = (await everybody(c1)) as [Client, Client, Client, Client];
    const home = await chen.get<{ step: string; recordWaits: object }>('/api/party/home');
    expect(home.body).toMatchObject({ step: 'CONFIRM_RECORD', recordWaits: { kind: 'TALKS' } });
    const judge = await app.asStaff('linyiming');
    expect((await confirm(judge, c1, sha)).body.code).toBe('DUTY_MISSING');
    for (const one of [zhou, chen, mediator]) expect((await confirm(one, c1, sha)).status).toBe(200);
    expect((await confirm(zhou, c1, sha)).body.code).toBe('CONFLICT');
    const after = await zhou.post(`${at(c1)}/record/objections`, objection);
    expect(after.body).toMatchObject({ code: 'CONFLICT', details: { reason: 'confirmed' } });
    expect((await zhou.raw(`${at(c1)}/records/TALKS/pdf`)).status).toBe(404);
    expect((await view(mediator, c1)).status).toBe('CONFIRMING');
    expect((await confirm(director, c1, sha)).status).toBe(200);

    const done = await view(zhou, c1);
    expect(done).toMatchObject({ status: 'CONFIRMED', contentSha256: sha, result: 'AGREED' });
    expect(done.people.map((p) => [p.name, p.duty, p.way])).toEqual([
      ['周建波', 'PARTY', 'OWN_SCREEN'],
      ['陈阿根', 'PARTY', 'HANDED_OVER'],
      ['赵素琴', 'MEDIATOR', 'OWN_SCREEN'],
      ['方慧', 'RECORDER', 'OWN_SCREEN'],
    ]);
    await app.settle(async () => (await view(zhou, c1)).hasDocument);
    const pdf = Buffer.from(await (await zhou.raw(`${at(c1)}/records/TALKS/pdf`)).arrayBuffer());
    if (process.env.TONGXI_KEEP) await writeFile(`${process.env.TONGXI_KEEP}/record.pdf`, pdf);
    const text = await pdfText(pdf);
    for (const part of [
      '人民调解记录',
      c1.number,
      '禾岸村共享法庭',
      '杭州市家中：周建波',
      '①调解成功（√）　　②调解不成　　③有待继续调解',
      '周建波：漏水是水管老化造成的。',
      '周建波于',
      '我说的是“可能”是水管老化。',
      '笔录已向我宣读，与我所述一致。',
      '（异议1处已记入）',
      '本人在站点屏幕上确认',
      done.finalSha256 ?? '',
    ])
      expect(text.replace(/\s/g, '')).toContain(part.replace(/\s/g, ''));
    const listed = await zhou.get(`/api/cases/${c1.caseId}/records`);
    expect(listed.body).toMatchObject([
      { sessionId: c1.sessionId, kind: 'TALKS', status: 'CONFIRMED', hasDocument: true },
    ]);
    const kept = await database((tx) => tx.document.findMany({ where: { caseId: c1.caseId } }));
    expect(kept.map((d) => d.kind)).toEqual(['RECORD']);
  });

  test('a confirmed record cannot be altered: not by a verb, not by a statement', async () => {
    const c1 = await openedSession(app);
    const line = await say(c1, '陈阿根', '一句话。');
    const sha = (await readOut(c1)).body.contentSha256;
    // Read out, lines stand already: only objections are added.
    await expect(
      database((tx) => tx.recordLine.update({ where: { id: line.body.lineId }, data: { text: '别的话' } })),
    ).rejects.toThrow(/record is closed/);
    for (const one of await everybody(c1)) await confirm(one, c1, sha);
    expect((await view(c1.mediator, c1)).status).toBe('CONFIRMED');
    const reopened = await c1.mediator.post(`${at(c1)}/records/TALKS/reopen`);
    expect(reopened.body.code).toBe('ILLEGAL_TRANSITION');
    const { sessionId } = c1;
    const attempts: Parameters<typeof database>[0][] = [
      (tx) => tx.$executeRaw`UPDATE "RecordLine" SET text = 'x' WHERE "sessionId" = ${sessionId}::uuid`,
      (tx) => tx.$executeRaw`DELETE FROM "RecordLine" WHERE "sessionId" = ${sessionId}::uuid`,
      (tx) =>
        tx.recordLine.create({
          data: {
            courtId: app.court.courtId,
            sessionId,
            position: 99,
            at: new Date(),
            kind: 'OBJECTION',
            text: 'x',
          },
        }),
      (tx) => tx.$executeRaw`UPDATE "Record" SET "status" = 'WRITING' WHERE "sessionId" = ${sessionId}::uuid`,
      (tx) => tx.$executeRaw`UPDATE "Record" SET content = '{}' WHERE "sessionId" = ${sessionId}::uuid`,
      (tx) => tx.$executeRaw`UPDATE "Record" SET "finalSha256" = 'x' WHERE "sessionId" = ${sessionId}::uuid`,
      (tx) => tx.$executeRaw`DELETE FROM "Record" WHERE "sessionId" = ${sessionId}::uuid`,
      (tx) => tx.$executeRaw`UPDATE "RecordConfirmation" SET name = 'x' WHERE "contentSha256" = ${sha}`,
      (tx) => tx.$executeRaw`DELETE FROM "RecordConfirmation" WHERE "contentSha256" = ${sha}`,
    ];
    for (const attempt of attempts)
      await expect(database(attempt)).rejects.toThrow(/never changes|record is closed/);
  });

  test('opened again every word falls; who has left or refuses is entered with the reason', async () => {
    const c1 = await openedSession(app);
    await say(c1, '陈阿根', '一句话。');
    const first = (await readOut(c1, 'TO_CONTINUE')).body.contentSha256;
    await confirm(c1.zhouPhone, c1, first);
    expect((await c1.mediator.post(`${at(c1)}/records/TALKS/reopen`)).status).toBe(200);
    await say(c1, '周建波', '补充一句。');
    const second = (await readOut(c1, 'TO_CONTINUE')).body.contentSha256;
    expect(second).not.toBe(first);
    expect((await view(c1.zhouPhone, c1)).people.every((p) => p.way === null)).toBe(true);
    const note = (key: string, way: string) =>
      c1.mediator.post(`${at(c1)}/records/TALKS/note`, { key, way, note: '已离开站点' });
    expect((await note(`party:${c1.chen}`, 'IN_PERSON')).body.code).toBe('FORBIDDEN');
    expect((await note(`party:${c1.chen}`, 'ABSENT')).status).toBe(200);
    expect((await note('party:nobody', 'ABSENT')).body.code).toBe('NOT_FOUND');
    for (const one of [c1.zhouPhone, c1.mediator, c1.director]) await confirm(one, c1, second);
    expect(await view(c1.mediator, c1)).toMatchObject({ status: 'CONFIRMED', result: 'TO_CONTINUE' });
    // The end of the session keeps the result that was read out.
    const wrong = await c1.mediator.post(`${at(c1)}/end`, { result: 'AGREED' });
    expect(wrong.body).toMatchObject({ code: 'CONFLICT', details: { reason: 'result' } });
    expect((await c1.mediator.post(`${at(c1)}/end`, { result: 'TO_CONTINUE' })).status).toBe(200);
  });

  test('two last words at once complete it once', async () => {
    const c1 = await openedSession(app);
    await say(c1, '陈阿根', '一句话。');
    const sha = (await readOut(c1)).body.contentSha256;
    const answers = await Promise.all((await everybody(c1)).map((one) => confirm(one, c1, sha)));
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200]);
    await app.settle(async () => (await view(c1.mediator, c1)).hasDocument);
    const documents = await database((tx) => tx.document.count({ where: { caseId: c1.caseId } }));
    expect(documents).toBe(1);
  });

  test('before the session begins there is nothing to write', async () => {
    const planned = await plannedCase(app);
    const line = await planned.director.post(`/api/sessions/${planned.sessionId}/lines`, { text: 'x' });
    expect(line.body.code).toBe('SESSION_NOT_OPEN');
  });
});

/** 补正 of facts that all have confirmed: no figure of them, by nobody who may not admit, seen by readers of the record. */
async function corrected(c1: Opened, chen: Client): Promise<void> {
  const path = `/api/cases/${c1.caseId}/corrections`;
  const list = async (client: Client) => (await client.get<CorrectionsView>(path)).body;
  const documentId = (await list(c1.mediator)).correctable[0]?.documentId ?? '';
  const propose = (was: string, corrected: string) =>
    c1.mediator.post<{ correctionId: string; code: string }>(path, {
      documentId,
      was,
      corrected,
      reason: '笔误',
    });
  expect((await propose('2024年', '2014年')).body.code).toBe('CORRECTION_OF_SUBSTANCE');
  const { correctionId } = (await propose('渗水', '渗漏')).body;
  const agent = await database((tx) =>
    tx.agent.create({
      data: {
        courtId: app.court.courtId,
        caseId: c1.caseId,
        partyId: c1.zhou,
        name: '王晨',
        special: true,
        powers: ['SIGN'],
        verifiedAt: new Date(),
      },
    }),
  );
  const client = await app.asParty({ caseId: c1.caseId, agentId: agent.id });
  const yes = (by: Client) => by.post(`${path}/${correctionId}/answer`, { agreed: true });
  expect((await yes(client)).body.code).toBe('SPECIAL_AUTHORITY_REQUIRED');
  await database((tx) => tx.agent.update({ where: { id: agent.id }, data: { powers: ['SIGN', 'ADMIT'] } }));
  expect((await yes(client)).status).toBe(200);
  // The judge who confirms reads the agreement, and no record of the talks.
  const judge = await app.asStaff('chenjing');
  await database((tx) =>
    tx.confirmation.create({
      data: { courtId: app.court.courtId, caseId: c1.caseId, status: 'APPLIED', appliedAt: new Date() },
    }),
  );
  for (const party of [c1.chen, c1.zhou])
    await c1.director.post(`/api/cases/${c1.caseId}/parties/${party}/consents`, {
      answers: [{ item: 'COURT_ACCESS', agreed: true }],
    });
  expect(await list(judge)).toEqual({ correctable: [], corrections: [] });
  expect((await list(chen)).corrections).toHaveLength(1);
}

describe('无争议事实记载表', () => {
  test('facts that all call true, headings of what remains, everybody’s word, after failed talks alone', async () => {
    const c1 = await openedSession(app);
    const mark = async (text: string) =>
      (await c1.mediator.post<{ factId: string }>(`${at(c1)}/facts`, { text, support: '照片三张' })).body
        .factId;
    const leak = await mark('2024年10月起，周建波二楼卫生间向楼下渗水。');
    const half = await mark('厨房顶面损失为4800元。');
    const chen = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
    const answer = (client: Client, id: string, agreed: boolean) =>
      client.post(`${at(c1)}/facts/${id}/answer`, { agreed });
    for (const one of [c1.zhouPhone, chen]) expect((await answer(one, leak, true)).status).toBe(200);
    await answer(chen, half, true);
    await answer(c1.zhouPhone, half, false);
    const read = (issues: string[]) =>
      c1.mediator.post<{ contentSha256: string; code: string }>(`${at(c1)}/facts/read-out`, {
        language: '普通话',
        reader: '赵素琴',
        issues,
      });
    expect((await read(['赔偿数额'])).body.code).toBe('TALKS_NOT_FAILED');
    // 周建波 was not there at the end: he signs all the same.
    await database((tx) => tx.attendee.deleteMany({ where: { partyId: c1.zhou } }));
    await c1.mediator.post(`${at(c1)}/end`, { result: 'NO_AGREEMENT' });
    expect((await read(['周建波提出赔三千元。陈阿根不同意。'])).status).toBe(400);
    const sha = (await read(['损失的数额', '修复的期限'])).body.contentSha256;
    const home = await c1.zhouPhone.get<{ step: string }>('/api/party/home');
    expect(home.body.step).toBe('CONFIRM_RECORD');
    const absent = await c1.mediator.post(`${at(c1)}/records/FACTS/note`, {
      key: `party:${c1.chen}`,
      way: 'ABSENT',
      note: 'x',
    });
    expect(absent.body.code).toBe('FORBIDDEN');
    for (const one of [c1.zhouPhone, chen, c1.mediator])
      expect((await confirm(one, c1, sha, 'FACTS')).status).toBe(200);
    await app.settle(async () => (await view(c1.mediator, c1, 'FACTS')).hasDocument);
    const pdf = Buffer.from(await (await c1.zhouPhone.raw(`${at(c1)}/records/FACTS/pdf`)).arrayBuffer());
    if (process.env.TONGXI_KEEP) await writeFile(`${process.env.TONGXI_KEEP}/facts.pdf`, pdf);
    const text = (await pdfText(pdf)).replace(/\s/g, '');
    expect(text).toContain('周建波二楼卫生间向楼下渗水');
    expect(text).toContain('陈阿根√');
    expect(text).toContain('损失的数额');
    expect(text).not.toContain('4800');
    await corrected(c1, chen);
  });

  test('an agent admits nothing without that power', async () => {
    const c1 = await openedSession(app);
    const agent = await database((tx) =>
      tx.agent.create({
        data: {
          courtId: app.court.courtId,
          caseId: c1.caseId,
          partyId: c1.zhou,
          name: '王晨',
          special: true,
          powers: ['SETTLE', 'SIGN'],
          verifiedAt: new Date(),
        },
      }),
    );
    const client = await app.asParty({ caseId: c1.caseId, agentId: agent.id });
    const fact = await c1.mediator.post<{ factId: string }>(`${at(c1)}/facts`, { text: '借条是本人签名。' });
    const path = `${at(c1)}/facts/${fact.body.factId}/answer`;
    expect((await client.post(path, { agreed: true })).body.code).toBe('SPECIAL_AUTHORITY_REQUIRED');
    await database((tx) => tx.agent.update({ where: { id: agent.id }, data: { powers: ['ADMIT'] } }));
    expect((await client.post(path, { agreed: true })).status).toBe(200);
  });
});
