import { DomainError } from '../../domain/errors.ts';
import type { Attendee, Session } from '../../generated/prisma/client.ts';
import { followSide } from '../apart/move-between-rooms.ts';
import { lockCase } from '../apart/second-room.ts';
import { runningCaucus } from '../caucus/running-caucus.ts';
import type { Tx } from '../context.ts';
import { stopWithoutConsent } from '../recording/stop-recording.ts';
import type { Staff } from './as-host.ts';

/** A party of the case, who acts for one, or another person by name. */
export type Coming = { partyId?: string; agentId?: string; name?: string };

/** People come and go one after another, and only while there is a session to come to. */
export async function holdSeats(tx: Tx, session: Session): Promise<void> {
  await lockCase(tx, session.caseId);
  if (session.status === 'ENDED' || session.status === 'CANCELLED')
    throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
}

/** Who that is in this case, and as which attendee a party or agent already sits here. */
export async function whoComes(tx: Tx, session: Session, input: Coming) {
  const party = input.partyId
    ? await tx.party.findFirst({ where: { id: input.partyId, caseId: session.caseId } })
    : null;
  const agent =
    party && input.agentId
      ? await tx.agent.findFirst({ where: { id: input.agentId, partyId: party.id } })
      : null;
  if ((input.partyId && !party) || (input.agentId && !agent)) throw new DomainError('NOT_FOUND');
  const name = agent?.name ?? party?.name ?? input.name;
  if (!name) throw new DomainError('BAD_REQUEST', { fields: ['name'] });
  const row = agent ? { agentId: agent.id } : { partyId: party?.id ?? null, agentId: null };
  const there = party
    ? await tx.attendee.findFirst({ where: { sessionId: session.id, ...row, leftAt: null } })
    : null;
  return { name, party, agent, row, there: there?.id ?? null };
}

/** Writes the person at the seat, `cameFor` whom if it is a swap; what the host verb then answers and notes. */
export async function seatPerson(
  tx: Tx,
  ctx: Staff,
  session: Session,
  seatId: string,
  { name, party, agent, row }: Awaited<ReturnType<typeof whoComes>>,
  cameFor: Attendee | null,
) {
  // Whoever comes to a screen of a private talk would hear it.
  const running = await runningCaucus(tx, { sessionId: session.id });
  if (running?.seats.some((s) => s.seatId === seatId)) throw new DomainError('CAUCUS_RUNNING');
  const moved = party ? await followSide(tx, ctx, session, seatId, party.side) : null;
  const attendee = await tx.attendee.create({
    data: {
      courtId: session.courtId,
      sessionId: session.id,
      seatId,
      ...row,
      name,
      duty: agent ? 'AGENT' : party ? 'PARTY' : 'INVITED',
      place: cameFor?.place ?? '站点',
      // The very moment in which the other one left.
      arrivedAt: cameFor?.leftAt ?? ctx.deps.clock.now(),
      cameForId: cameFor?.id ?? null,
      hasFloor: cameFor?.hasFloor ?? false,
    },
  });
  await stopWithoutConsent(tx, ctx, session.id, 'ARRIVAL');
  return {
    answer: { attendeeId: attendee.id, moved },
    subject: { type: 'attendee', id: attendee.id },
    data: {
      seatId,
      partyId: party?.id ?? null,
      agentId: agent?.id ?? null,
      ...(cameFor ? { cameFor: cameFor.id } : {}),
    },
  };
}
