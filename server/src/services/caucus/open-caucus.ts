import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { OpenCaucusInput } from '../../contract/caucus.ts';
import { DomainError } from '../../domain/errors.ts';
import type { RoomGrants } from '../../domain/room-grants.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Deps, Tx } from '../context.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { transact } from '../transact.ts';
import { grantsOfRecorder, recordersOf, recordingNow } from '../video/recorder-of.ts';
import { seatGrants } from '../video/seat-grants.ts';
import { untilConfirmed } from '../video/until-confirmed.ts';
import { closeCaucus } from './end-caucus.ts';
import type { CaucusPeople } from './running-caucus.ts';
import { whoHears } from './who-hears.ts';

/**
 * Opens a private talk with one side. First the list is written: from that commit on its members have no way into the
 * main room and no right in it. Then LiveKit takes their tracks away and must confirm that none is left; only then the
 * second room can be entered. Refusals: CAUCUS_OTHER_SIDE with the names of those of the other side who still sit
 * there, CONFLICT when others would hear than were confirmed or when one runs already, SESSION_NOT_OPEN; UNAVAILABLE
 * when LiveKit does not confirm: then nothing was opened.
 */
export async function openCaucus(
  ctx: Staff,
  input: { sessionId: string } & z.output<typeof OpenCaucusInput>,
): Promise<{ caucusId: string }> {
  const prepared = await prepare(ctx, input);
  const confirmed = await clearMainRoom(ctx.deps, prepared).catch((error: unknown) => {
    ctx.deps.log.warn({ err: error }, 'a private talk could not be prepared');
    return false;
  });
  await transact(ctx, async (tx) => {
    const { id: caucusId, sessionId, caseId } = prepared;
    if (confirmed) {
      const opened = await tx.caucus.updateMany({
        where: { id: caucusId, status: 'PREPARING', endedAt: null },
        data: { status: 'OPEN', openedAt: ctx.deps.clock.now() },
      });
      if (opened.count !== 1) throw new DomainError('CONFLICT');
    } else await closeCaucus(tx, ctx.deps, { id: caucusId, courtId: ctx.principal.courtId });
    await appendAudit(tx, ctx, {
      action: confirmed ? 'system:caucus-opened' : 'system:caucus-failed',
      subject: { type: 'caucus', id: caucusId },
      caseId,
      topics: [`session:${sessionId}`],
    });
  });
  if (!confirmed) throw new DomainError('UNAVAILABLE', { reason: 'media-not-confirmed' });
  return { caucusId: prepared.id };
}

type Prepared = {
  id: string;
  sessionId: string;
  caseId: string;
  mainRoom: string;
  room: string;
  identities: string[];
  /** Hidden participants that record: they receive nothing until the talk is over. */
  recorders: { identity: string; grants: RoomGrants }[];
  closedGrants: ReturnType<typeof seatGrants>;
};

function prepare(
  ctx: Staff,
  input: { sessionId: string } & z.output<typeof OpenCaucusInput>,
): Promise<Prepared> {
  return asHost(ctx, 'open-caucus', input.sessionId, async (tx, { session }) => {
    if (session.status !== 'OPEN' || !session.room)
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    await tx.$queryRaw`SELECT id FROM "Session" WHERE id = ${session.id}::uuid FOR UPDATE`;
    const running = await tx.caucus.findFirst({ where: { sessionId: session.id, endedAt: null } });
    if (running) throw new DomainError(running.kind === 'APART' ? 'KEPT_APART' : 'CAUCUS_RUNNING');
    const { seats, hears, mustLeave, otherSide } = await whoHears(tx, ctx, input);
    const still = [
      ...otherSide,
      ...mustLeave.filter((p) => !input.left.includes(p.attendeeId)).map((p) => p.name),
    ];
    if (still.length > 0) throw new DomainError('CAUCUS_OTHER_SIDE', { names: still });
    const names = hears.map((p) => p.name);
    if (names.toSorted().join('\n') !== input.hears.toSorted().join('\n'))
      throw new DomainError('CONFLICT', { reason: 'people', names });
    if (names.length < 2) throw new DomainError('BAD_REQUEST', { fields: ['seatIds'], reason: 'alone' });
    const left = mustLeave.filter((p) => input.left.includes(p.attendeeId));
    const now = ctx.deps.clock.now();
    await tx.attendee.updateMany({
      where: { id: { in: left.map((p) => p.attendeeId) } },
      data: { leftAt: now, hasFloor: false },
    });
    const people: CaucusPeople = { hears: names, left: left.map((p) => p.name) };
    const caucus = await tx.caucus.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        byId: ctx.principal.staffUserId,
        room: `c${randomBytes(15).toString('base64url')}`,
        members: people,
        startedAt: now,
      },
    });
    for (const seat of seats)
      await tx.caucusMember.create({
        data: { courtId: session.courtId, caucusId: caucus.id, seatId: seat.id },
      });
    // The proxy cuts their open connections, those still being let in as well.
    for (const { identity } of seats)
      await ctx.deps.jobs.enqueue(tx, 'video.remove', {
        courtId: session.courtId,
        room: session.room,
        identity,
      });
    const [first] = seats;
    if (!first) throw new DomainError('BAD_REQUEST', { fields: ['seatIds'] });
    return {
      answer: {
        id: caucus.id,
        sessionId: session.id,
        caseId: session.caseId,
        mainRoom: session.room,
        room: caucus.room,
        identities: seats.map((seat) => seat.identity),
        recorders: await recordersMeanwhile(tx, session.id),
        closedGrants: seatGrants({ ...session, seats: [] }, { ...first, caucuses: [caucus] }),
      },
      subject: { type: 'caucus', id: caucus.id },
      data: { seats: input.seatIds, left: input.left },
      ...(left.length > 0 ? { personal: { left: left.map((p) => p.name).join('、') } } : {}),
    };
  });
}

/** What the session's recorders may do from this transaction on, in which the talk is already on its list. */
async function recordersMeanwhile(tx: Tx, sessionId: string): Promise<Prepared['recorders']> {
  const session = await tx.session.findUniqueOrThrow({
    where: { id: sessionId },
    include: { caucuses: { where: { endedAt: null } }, recordings: recordingNow },
  });
  return recordersOf(session).flatMap((identity) => {
    const grants = grantsOfRecorder(session, identity);
    return grants ? [{ identity, grants }] : [];
  });
}

/** Takes every right and track of the members away in the main room; true when LiveKit confirms that nothing is left. */
async function clearMainRoom(deps: Deps, prepared: Prepared): Promise<boolean> {
  const { video } = deps;
  const { mainRoom, identities, recorders } = prepared;
  await Promise.all([
    video.createRoom(prepared.room),
    ...identities.map((identity) => video.updateGrants(mainRoom, identity, prepared.closedGrants)),
    ...recorders.map(({ identity, grants }) => video.updateGrants(mainRoom, identity, grants)),
  ]);
  return untilConfirmed(async () => {
    await Promise.all(identities.map((identity) => video.removeParticipant(mainRoom, identity)));
    const inside = await video.listParticipants(mainRoom);
    const records = inside.some(
      (p) => recorders.some((r) => r.identity === p.identity) && p.grants.canSubscribe,
    );
    return !records && !inside.some((p) => identities.includes(p.identity));
  });
}
