import { DomainError } from '../../domain/errors.ts';
import type { Ctx, Tx } from '../context.ts';
import { isConnected } from './read-session.ts';

/**
 * Agreeing and freezing need people who are really there: a seat of the party's own (or its agent's) that LiveKit says
 * is connected, or the party attested by name at a connected station seat. A heartbeat alone is no presence. On site
 * it is the people attested at the station. With `handedOver` the attested attendee is enough: the director handed
 * that very person the station's screen. SESSION_NOT_OPEN without an open session, PRESENCE_REQUIRED with the names.
 */
export async function requirePresence(
  tx: Tx,
  _ctx: Ctx,
  caseId: string,
  partyIds: string[],
  handedOver = false,
): Promise<void> {
  const session = await tx.session.findFirst({
    where: { caseId, status: { in: ['OPEN', 'ONSITE'] } },
    include: {
      seats: {
        where: { denials: { none: { liftedAt: null } } },
        include: { attendees: { where: { leftAt: null } } },
      },
    },
  });
  if (!session) throw new DomainError('SESSION_NOT_OPEN');
  const here = new Set<string | null>();
  for (const seat of session.seats) {
    const station = seat.kind === 'STATION';
    const really = session.status === 'ONSITE' ? station : isConnected(seat) || (station && handedOver);
    if (!really) continue;
    here.add(seat.partyId);
    for (const attendee of seat.attendees) here.add(attendee.partyId);
  }
  const missing = partyIds.filter((id) => !here.has(id));
  if (missing.length === 0) return;
  const people = await tx.party.findMany({ where: { id: { in: missing } }, select: { name: true } });
  throw new DomainError('PRESENCE_REQUIRED', { names: people.map((p) => p.name) });
}
