import { expect, test } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import type { Running } from '../../server/src/start.ts';
import type { Report } from './play-c1.ts';

type Played = { app: Pick<Running, 'deps'>; report: Report };

/** What people suffer from in remote hearings (domain.md 7), each by its name, as the played C1 answers it. */
export function painTests(played: () => Played): void {
  const read = async <T>(work: Parameters<typeof inCourt<T>>[2]): Promise<T> => {
    const { db } = played().app.deps;
    const court = await db.court.findFirstOrThrow();
    return inCourt(db, court.id, work);
  };
  const ofCase = () => ({ caseId: played().report.caseId });
  const steps = () => read((tx) => tx.ceremonyStep.findMany({ orderBy: { at: 'asc' } }));

  test('a preset signature rendered as a wavy line: fresh strokes of each, shown back, written again', async () => {
    const ink = (await steps()).filter((step) => step.kind === 'INK');
    expect(new Set(ink.map((step) => step.fieldName)).size).toBeGreaterThanOrEqual(4);
    for (const step of ink) expect((step.data as { points: number }).points).toBeGreaterThan(20);
    expect(played().report.redone).toBe(1);
  });

  test('elderly people have no phone: document in person, attested by name by a second person, no account', async () => {
    const chen = await read((tx) =>
      tx.party.findFirstOrThrow({
        where: { ...ofCase(), name: '陈阿根' },
        include: { identityChecks: { include: { checkedBy: true, attestedBy: true } } },
      }),
    );
    expect(chen.phoneEnc).toBeNull();
    expect(chen.identityChecks.map((c) => [c.method, c.checkedBy.name, c.attestedBy?.name])).toEqual([
      ['DOCUMENT_IN_PERSON', '方慧', '赵素琴'],
    ]);
    const sessions = await read((tx) => tx.partySession.findMany({ where: { partyId: chen.id } }));
    expect(new Set(sessions.map((s) => s.kind))).toEqual(new Set(['HAND_OVER']));
  });

  test('the screen still shows the last person’s papers: handed over by name, nothing of the director is left on it', () => {
    expect(played().report.handOvers).toBeGreaterThanOrEqual(3);
    expect(played().report.leftOnScreen).toEqual([]);
  });

  test('dialect, hard of hearing: language and reader stand in the record, and who asked in which language', async () => {
    const checks = await read((tx) =>
      tx.checkItem.findMany({ where: { session: ofCase(), reader: { not: null } } }),
    );
    expect(checks.map((c) => c.kind).sort()).toEqual(['FALSE_MEDIATION_WARNING', 'RIGHTS_NOTICE']);
    for (const check of checks)
      expect([check.language, check.reader]).toEqual(['宁波话', expect.stringMatching(/./)]);
    const asked = (await steps()).find(
      (step) => step.kind === 'QUESTIONS' && (step.data as { by: string }).by === 'MEDIATOR',
    );
    expect(asked?.data).toMatchObject({ language: '宁波话', othersAway: true, askedBy: { name: '赵素琴' } });
  });

  test('half an hour of phone walk-through before each session: from link to lobby in a minute, by link and code', () => {
    expect(played().report.timingsMs['party joins']).toBeLessThan(60_000);
  });

  test('two parties share one camera and one terminal: one seat carries several people by name', async () => {
    const seat = await read((tx) =>
      tx.seat.findFirstOrThrow({
        where: { session: ofCase(), kind: 'STATION' },
        include: { attendees: true, staffUser: true },
      }),
    );
    expect(seat.attendees.map((a) => a.name).sort()).toEqual(['方慧', '陈阿根']);
    const record = await read((tx) =>
      tx.recordLine.findMany({ where: { session: ofCase(), kind: 'SAID' }, orderBy: { position: 'asc' } }),
    );
    expect(record.map((line) => line.speaker)).toEqual(['陈阿根', '周建波']);
  });

  test('who leaves by the button has left: the record tells it from a lost connection', async () => {
    const judge = await read((tx) =>
      tx.attendee.findFirstOrThrow({ where: { session: ofCase(), duty: 'GUIDING_JUDGE' } }),
    );
    const gaps = await read((tx) => tx.gap.findMany({ where: { seatId: judge.seatId } }));
    expect(judge.leftAt).not.toBeNull();
    for (const gap of gaps) expect(gap.startedAt.getTime()).toBeGreaterThan(judge.leftAt?.getTime() ?? 0);
  });

  test('wrong breakout room exposes confidences: who will hear is named before, and nobody else is on the list', async () => {
    const talk = await read((tx) =>
      tx.caucus.findFirstOrThrow({
        where: { session: ofCase() },
        include: { seats: { include: { seat: true } } },
      }),
    );
    expect(talk.seats.map((s) => s.seat.kind).sort()).toEqual(['MEDIATOR', 'PARTY']);
    expect(JSON.stringify(talk.members)).toContain('周建波');
    expect(JSON.stringify(talk.members)).not.toContain('陈阿根');
  });

  test('pressure by someone near the camera: three questions of each party before it signs, the one at the station asked alone', async () => {
    const asked = (await steps()).filter((step) => step.kind === 'QUESTIONS');
    const data = asked.map((step) => step.data as { passed: boolean; othersAway?: boolean });
    expect(data.length).toBeGreaterThanOrEqual(2);
    expect(data.every((answers) => answers.passed)).toBe(true);
    expect(data.filter((answers) => answers.othersAway)).toHaveLength(1);
  });
}
