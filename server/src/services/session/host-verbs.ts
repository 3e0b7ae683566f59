import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Action } from '../../contract/actions.ts';
import type { CheckInput, EndSessionInput } from '../../contract/session.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import { transitionCase } from '../case/transition-case.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { mySeat } from './lobby.ts';
import { guardsOf, loadSession } from './read-session.ts';
import { transitionSession } from './transition-session.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;
type Staff = Ctx<StaffPrincipal>;
type Authorised = Awaited<ReturnType<typeof authoriseSession>>;

/** The order of every host verb: permission, work, audit with the session's topic, all in one transaction. */
function asHost<T>(
  ctx: Staff,
  action: Action,
  sessionId: string,
  work: (
    tx: Tx,
    authorised: Authorised,
  ) => Promise<{
    answer: T;
    subject?: { type: string; id: string };
    data?: Record<string, unknown>;
    personal?: Record<string, string>;
  }>,
): Promise<T> {
  return transact(ctx, async (tx) => {
    const authorised = await authoriseSession(tx, ctx, action, sessionId);
    const { answer, subject, data, personal } = await work(tx, authorised);
    await appendAudit(tx, ctx, {
      action,
      subject: subject ?? { type: 'session', id: sessionId },
      caseId: authorised.session.caseId,
      duty: authorised.duty,
      ...(data ? { data } : {}),
      ...(personal ? { personal } : {}),
      topics: [`session:${sessionId}`, `station:${authorised.case.stationId}`],
    });
    return answer;
  });
}

/** 核对中: media on between the host and one seat, clock and recording off. The room's name is random and single-use. */
export function startChecking(ctx: Staff, sessionId: string): Promise<void> {
  return asHost(ctx, 'start-checking', sessionId, async (tx, { session, case: theCase }) => {
    const room = `r${randomBytes(15).toString('base64url')}`;
    await transitionSession(tx, session, 'start-checking', {
      room,
      roomEpoch: { increment: 1 },
      checkingAt: ctx.deps.clock.now(),
    });
    await transitionCase(tx, theCase, 'start-session');
    const own = await tx.seat.findMany({
      where: { sessionId, kind: { in: ['STATION', 'MEDIATOR', 'JUDGE'] } },
    });
    for (const seat of own) await admitSeat(tx, ctx, sessionId, seat.id);
    await ctx.deps.jobs.enqueue(tx, 'video.create-room', { courtId: session.courtId, room });
    return { answer: undefined };
  });
}

/** Lets one seat in. */
export function admit(ctx: Staff, input: { sessionId: string; seatId: string }): Promise<void> {
  return asHost(ctx, 'admit', input.sessionId, async (tx, { session }) => {
    if (!['CHECKING', 'OPEN', 'PAUSED'].includes(session.status))
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    await seatOf(tx, input);
    await admitSeat(tx, ctx, input.sessionId, input.seatId);
    return { answer: undefined, subject: { type: 'seat', id: input.seatId } };
  });
}

async function admitSeat(tx: Tx, ctx: Staff, sessionId: string, seatId: string): Promise<void> {
  await tx.admission.createMany({
    data: {
      courtId: ctx.principal.courtId,
      sessionId,
      seatId,
      admittedById: ctx.principal.staffUserId,
      at: new Date(),
    },
    skipDuplicates: true,
  });
}

/** While 核对中: the one seat that speaks with the host now. */
export function chooseCheckedSeat(ctx: Staff, input: { sessionId: string; seatId: string }): Promise<void> {
  return asHost(ctx, 'choose-checked-seat', input.sessionId, async (tx, { session }) => {
    if (session.status !== 'CHECKING')
      throw new DomainError('ILLEGAL_TRANSITION', { status: session.status });
    await seatOf(tx, input);
    await admitSeat(tx, ctx, input.sessionId, input.seatId);
    await tx.session.update({ where: { id: session.id }, data: { checkingSeatId: input.seatId } });
    await ctx.deps.jobs.enqueue(tx, 'video.refresh-grants', {
      courtId: session.courtId,
      sessionId: session.id,
    });
    return { answer: undefined, subject: { type: 'seat', id: input.seatId } };
  });
}

/** Warning against false mediation, rights notice: done by name, with the language and who read it out. */
export function completeCheck(
  ctx: Staff,
  input: { sessionId: string } & z.infer<typeof CheckInput>,
): Promise<void> {
  return asHost(ctx, 'complete-check', input.sessionId, async (tx, { session }) => {
    if (session.status !== 'CHECKING' && session.status !== 'SCHEDULED')
      throw new DomainError('ILLEGAL_TRANSITION', { status: session.status });
    await tx.checkItem.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        byId: ctx.principal.staffUserId,
        kind: input.kind,
        language: input.language,
        reader: input.reader,
        at: ctx.deps.clock.now(),
      },
    });
    return { answer: undefined, data: { kind: input.kind, language: input.language } };
  });
}

/** Opens the session when everything is done by name; CHECKLIST_INCOMPLETE names the first thing that is not. */
export function openSession(ctx: Staff, sessionId: string): Promise<void> {
  return asHost(ctx, 'open-session', sessionId, async (tx, { session }) => {
    await requireChecks(tx, sessionId);
    await transitionSession(tx, session, 'open', { openedAt: ctx.deps.clock.now(), checkingSeatId: null });
    await ctx.deps.jobs.enqueue(tx, 'video.refresh-grants', { courtId: session.courtId, sessionId });
    return { answer: undefined };
  });
}

async function requireChecks(tx: Tx, sessionId: string): Promise<void> {
  const missing = guardsOf(await loadSession(tx, sessionId)).find((guard) => !guard.done);
  if (!missing) return;
  const { kind, name, basis } = missing;
  throw new DomainError('CHECKLIST_INCOMPLETE', { kind, name, basis });
}

/** Media off for everybody, with the reason on every screen. */
export function pauseSession(ctx: Staff, input: { sessionId: string; reason: string }): Promise<void> {
  return asHost(ctx, 'pause', input.sessionId, async (tx, { session }) => {
    await transitionSession(tx, session, 'pause', { pausedBecause: input.reason });
    await ctx.deps.jobs.enqueue(tx, 'video.refresh-grants', {
      courtId: session.courtId,
      sessionId: session.id,
    });
    return { answer: undefined, personal: { reason: input.reason } };
  });
}

export function resumeSession(ctx: Staff, sessionId: string): Promise<void> {
  return asHost(ctx, 'resume', sessionId, async (tx, { session }) => {
    await transitionSession(tx, session, 'resume', { pausedBecause: null });
    await ctx.deps.jobs.enqueue(tx, 'video.refresh-grants', { courtId: session.courtId, sessionId });
    return { answer: undefined };
  });
}

/** The talks go on in one place, without video; before the session opened, after the same checks by name. */
export function goOnsite(ctx: Staff, sessionId: string): Promise<void> {
  return asHost(ctx, 'switch-onsite', sessionId, async (tx, { session }) => {
    if (session.status === 'CHECKING') await requireChecks(tx, sessionId);
    const openedAt = session.openedAt ?? ctx.deps.clock.now();
    await transitionSession(tx, session, 'go-onsite', { openedAt, checkingSeatId: null });
    await closeRoom(tx, ctx, session);
    return { answer: undefined };
  });
}

/** Ends the session with its result; the room is deleted and every token refused. */
export function endSession(
  ctx: Staff,
  input: { sessionId: string } & z.output<typeof EndSessionInput>,
): Promise<void> {
  return asHost(ctx, 'end', input.sessionId, async (tx, { session, case: theCase }) => {
    const now = ctx.deps.clock.now();
    await transitionSession(tx, session, 'end', {
      result: input.result,
      endReason: input.reason || null,
      endedAt: now,
      checkingSeatId: null,
    });
    if (input.result === 'NO_AGREEMENT')
      await transitionCase(tx, theCase, 'fail', { endCode: 'DIVERGENCE', closedAt: now });
    if (input.result === 'TO_CONTINUE' && theCase.status === 'MEDIATING')
      await transitionCase(tx, theCase, 'continue-later');
    await tx.booking.updateMany({ where: { sessionId: session.id }, data: { active: false } });
    await tx.attendee.updateMany({
      where: { sessionId: session.id, leftAt: null },
      data: { leftAt: now, hasFloor: false },
    });
    await tx.gap.updateMany({ where: { sessionId: session.id, endedAt: null }, data: { endedAt: now } });
    await closeRoom(tx, ctx, session);
    return { answer: undefined, data: { result: input.result } };
  });
}

async function closeRoom(
  tx: Tx,
  ctx: Staff,
  session: { courtId: string; room: string | null; id: string },
): Promise<void> {
  if (session.room)
    await ctx.deps.jobs.enqueue(tx, 'video.delete-room', { courtId: session.courtId, room: session.room });
}

/** Somebody came to the station's screen: a party of the case, or another person by name. */
export function arrive(
  ctx: Staff,
  input: { sessionId: string; seatId: string; partyId?: string; name?: string },
): Promise<{ attendeeId: string }> {
  return asHost(ctx, 'seat-attendees', input.sessionId, async (tx, { session }) => {
    await seatOf(tx, input);
    const party = input.partyId
      ? await tx.party.findFirst({ where: { id: input.partyId, caseId: session.caseId } })
      : null;
    if (input.partyId && !party) throw new DomainError('NOT_FOUND');
    const name = party?.name ?? input.name;
    if (!name) throw new DomainError('BAD_REQUEST', { fields: ['name'] });
    const there = party
      ? await tx.attendee.findFirst({ where: { sessionId: session.id, partyId: party.id, leftAt: null } })
      : null;
    if (there) return { answer: { attendeeId: there.id } };
    const attendee = await tx.attendee.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        seatId: input.seatId,
        partyId: party?.id ?? null,
        name,
        duty: party ? 'PARTY' : 'INVITED',
        place: '站点',
        arrivedAt: ctx.deps.clock.now(),
      },
    });
    return {
      answer: { attendeeId: attendee.id },
      subject: { type: 'attendee', id: attendee.id },
      data: { seatId: input.seatId, partyId: party?.id ?? null },
    };
  });
}

export function depart(ctx: Staff, input: { sessionId: string; attendeeId: string }): Promise<void> {
  return asHost(ctx, 'seat-attendees', input.sessionId, async (tx, { session }) => {
    const changed = await tx.attendee.updateMany({
      where: { id: input.attendeeId, sessionId: session.id, leftAt: null },
      data: { leftAt: ctx.deps.clock.now(), hasFloor: false },
    });
    if (changed.count !== 1) throw new DomainError('NOT_FOUND');
    return { answer: undefined, subject: { type: 'attendee', id: input.attendeeId }, data: { left: true } };
  });
}

/** One tap says who is speaking at a shared seat. */
export function giveFloor(ctx: Staff, input: { sessionId: string; attendeeId: string }): Promise<void> {
  return asHost(ctx, 'seat-attendees', input.sessionId, async (tx, { session }) => {
    const attendee = await tx.attendee.findFirst({
      where: { id: input.attendeeId, sessionId: session.id, leftAt: null },
    });
    if (!attendee) throw new DomainError('NOT_FOUND');
    await tx.attendee.updateMany({ where: { seatId: attendee.seatId }, data: { hasFloor: false } });
    await tx.attendee.update({ where: { id: attendee.id }, data: { hasFloor: true } });
    return { answer: undefined, subject: { type: 'attendee', id: attendee.id }, data: { floor: true } };
  });
}

export function mute(
  ctx: Staff,
  input: { sessionId: string; seatId: string; kind: 'audio' | 'video' },
): Promise<void> {
  return asHost(ctx, 'mute', input.sessionId, async (tx, { session }) => {
    const seat = await seatOf(tx, input);
    await tx.seat.update({
      where: { id: seat.id },
      data: input.kind === 'audio' ? { micMutedByHost: true } : { camMutedByHost: true },
    });
    if (session.room) {
      await ctx.deps.jobs.enqueue(tx, 'video.mute', {
        courtId: session.courtId,
        room: session.room,
        identity: seat.identity,
        kind: input.kind,
      });
    }
    return { answer: undefined, subject: { type: 'seat', id: seat.id }, data: { kind: input.kind } };
  });
}

/** Removes for good: no new token, the open connection is cut, a refreshed LiveKit token does not bring them back. */
export function removeFromSession(
  ctx: Staff,
  input: { sessionId: string; seatId: string; reason: string },
): Promise<void> {
  return asHost(ctx, 'remove-participant', input.sessionId, async (tx, { session }) => {
    const seat = await seatOf(tx, input);
    await tx.denial.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        seatId: seat.id,
        byId: ctx.principal.staffUserId,
        reason: input.reason,
        at: new Date(),
      },
    });
    await tx.admission.deleteMany({ where: { seatId: seat.id } });
    await tx.seat.update({ where: { id: seat.id }, data: { leaseUntil: null, handRaisedAt: null } });
    if (session.room)
      await ctx.deps.jobs.enqueue(tx, 'video.remove', {
        courtId: session.courtId,
        room: session.room,
        identity: seat.identity,
      });
    return { answer: undefined, subject: { type: 'seat', id: seat.id }, personal: { reason: input.reason } };
  });
}

export function liftRemoval(ctx: Staff, input: { sessionId: string; seatId: string }): Promise<void> {
  return asHost(ctx, 'lift-removal', input.sessionId, async (tx, { session }) => {
    const changed = await tx.denial.updateMany({
      where: { seatId: input.seatId, sessionId: session.id, liftedAt: null },
      data: { liftedAt: new Date() },
    });
    if (changed.count === 0) throw new DomainError('NOT_FOUND');
    return { answer: undefined, subject: { type: 'seat', id: input.seatId } };
  });
}

/** Raises or lowers one's own hand; hands are served in order. */
export async function raiseHand(ctx: Ctx, input: { sessionId: string; raised: boolean }): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, session } = await authoriseSession(tx, ctx, 'raise-hand', input.sessionId);
    const seat = await mySeat(tx, ctx, session.id);
    await tx.seat.update({
      where: { id: seat.id },
      data: { handRaisedAt: input.raised ? new Date() : null },
    });
    await appendAudit(tx, ctx, {
      action: 'raise-hand',
      subject: { type: 'seat', id: seat.id },
      caseId: session.caseId,
      duty,
      data: { raised: input.raised },
      topics: [`session:${session.id}`],
    });
  });
}

async function seatOf(tx: Tx, input: { sessionId: string; seatId: string }) {
  const seat = await tx.seat.findFirst({ where: { id: input.seatId, sessionId: input.sessionId } });
  if (!seat) throw new DomainError('NOT_FOUND');
  return seat;
}
