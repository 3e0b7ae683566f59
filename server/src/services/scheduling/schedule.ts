import type { z } from 'zod';
import type { NoShowInput, RescheduleInput } from '../../contract/case.ts';
import { talksAreOver } from '../../domain/case/lifecycle.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase, authoriseSession, type CaseOfAct } from '../authorise.ts';
import { endTalks } from '../case/end-talks.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { inviteAll } from '../invitations/invite-all.ts';
import { createSeats } from '../session/create-seats.ts';
import { transitionSession } from '../session/transition-session.ts';
import { transact } from '../transact.ts';
import { book, refuseFarTimes, requireFree } from './book.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

type Times = { plannedStart: string; minutes: number };

/**
 * Plans a session: mediator, judge and station screen are booked, seats made, people with a phone invited. A time on
 * which somebody is already booked is refused with the clashing time (DOUBLE_BOOKED).
 */
export async function scheduleSession(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string } & Times,
): Promise<{ sessionId: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'schedule', input.caseId);
    const sessionId = await plan(tx, ctx, theCase, input);
    await appendAudit(tx, ctx, {
      action: 'schedule',
      subject: { type: 'session', id: sessionId },
      caseId: theCase.id,
      duty,
      data: { plannedStart: input.plannedStart, minutes: input.minutes },
      topics: topicsOf(theCase),
    });
    return { sessionId };
  });
}

/** Moves a session: who asked and why are kept, the old one is cancelled, a new one planned. */
export async function reschedule(
  ctx: Ctx<StaffPrincipal>,
  input: { sessionId: string } & z.infer<typeof RescheduleInput>,
): Promise<{ sessionId: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase, session } = await authoriseSession(tx, ctx, 'reschedule', input.sessionId);
    await transitionSession(tx, session, 'reschedule', { endReason: input.reason });
    await tx.booking.updateMany({ where: { sessionId: session.id }, data: { active: false } });
    await tx.reschedule.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        kind: 'RESCHEDULED',
        askedBy: input.askedBy,
        reason: input.reason,
        at: ctx.deps.clock.now(),
      },
    });
    const sessionId = await plan(tx, ctx, theCase, input);
    await appendAudit(tx, ctx, {
      action: 'reschedule',
      subject: { type: 'session', id: session.id },
      caseId: theCase.id,
      duty,
      data: { next: sessionId },
      personal: { askedBy: input.askedBy, reason: input.reason },
      topics: topicsOf(theCase),
    });
    return { sessionId };
  });
}

/** One side did not come, said once the session should have begun (CONFLICT before-start). The second time of the same party ends the case: 一方未参加调解. */
export async function recordNoShow(
  ctx: Ctx<StaffPrincipal>,
  input: { sessionId: string } & z.infer<typeof NoShowInput>,
): Promise<{ ended: boolean }> {
  return transact(ctx, async (tx) => {
    const {
      duty,
      case: theCase,
      session,
    } = await authoriseSession(tx, ctx, 'record-no-show', input.sessionId);
    const party = await tx.party.findFirst({ where: { id: input.partyId, caseId: theCase.id } });
    if (!party) throw new DomainError('NOT_FOUND');
    if (ctx.deps.clock.now() < session.plannedStart)
      throw new DomainError('CONFLICT', { reason: 'before-start' });
    await transitionSession(tx, session, 'no-show', { endReason: input.reason });
    await tx.booking.updateMany({ where: { sessionId: session.id }, data: { active: false } });
    const before = await tx.reschedule.count({ where: { partyId: party.id, kind: 'NO_SHOW' } });
    const now = ctx.deps.clock.now();
    await tx.reschedule.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        partyId: party.id,
        kind: 'NO_SHOW',
        askedBy: party.name,
        reason: input.reason,
        at: now,
      },
    });
    const ended = before >= 1;
    if (ended)
      await endTalks(tx, ctx, theCase, {
        event: 'no-show-ends',
        duty,
        reason: '一方未参加调解',
        also: { endCode: 'UNWILLING', endReason: '一方未参加调解', closedAt: now },
      });
    await appendAudit(tx, ctx, {
      action: 'record-no-show',
      subject: { type: 'session', id: session.id },
      caseId: theCase.id,
      duty,
      data: { partyId: party.id, time: before + 1, ended },
      topics: topicsOf(theCase),
    });
    return { ended };
  });
}

async function plan(tx: Tx, ctx: Ctx<StaffPrincipal>, theCase: CaseOfAct, times: Times): Promise<string> {
  const startsAt = new Date(times.plannedStart);
  refuseFarTimes(startsAt, ctx.deps.clock.now());
  const endsAt = new Date(startsAt.getTime() + times.minutes * 60_000);
  const mediators = theCase.appointments.filter((a) => a.duty === 'MEDIATOR' && a.status === 'ACCEPTED');
  if (mediators.length === 0) throw new DomainError('DUTY_MISSING', { duty: 'MEDIATOR' });
  if (theCase.status === 'SUSPENDED' || talksAreOver(theCase.status))
    throw new DomainError('ILLEGAL_TRANSITION', { status: theCase.status });
  const running = await tx.session.count({
    where: { caseId: theCase.id, status: { notIn: ['ENDED', 'CANCELLED'] } },
  });
  if (running > 0) throw new DomainError('CONFLICT', { reason: 'session-exists' });
  const judges = theCase.appointments.filter((a) => a.duty === 'GUIDING_JUDGE' && a.status === 'ACCEPTED');
  const resources = [
    `station:${theCase.stationId}`,
    ...mediators.map((a) => `mediator:${a.staffUserId}`),
    ...judges.map((a) => `judge:${a.staffUserId}`),
  ];
  await requireFree(tx, resources, { startsAt, endsAt });
  const session = await tx.session.create({
    data: {
      courtId: theCase.courtId,
      caseId: theCase.id,
      stationId: theCase.stationId,
      hostId: mediators[0]?.staffUserId ?? null,
      status: 'SCHEDULED',
      plannedStart: startsAt,
      plannedEnd: endsAt,
    },
  });
  await book(tx, session, resources);
  await createSeats(tx, ctx, session.id);
  await inviteAll(tx, ctx, { caseId: theCase.id, from: theCase.committee.name });
  return session.id;
}

const topicsOf = (theCase: CaseOfAct): string[] => [
  `station:${theCase.stationId}`,
  ...theCase.appointments.map((a) => `user:${a.staffUserId}`),
];
