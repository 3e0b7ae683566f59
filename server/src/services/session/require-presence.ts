import { DomainError } from '../../domain/errors.ts';
import type { Ctx, Tx } from '../context.ts';
import { isConnected } from './read-session.ts';

/**
 * Agreeing and freezing need people who are really there: a seat of the party's own (or its agent's) that LiveKit says
 * is connected, or the party attested by name at a connected station seat. A heartbeat alone is no presence.
 * With `handedOver` the attested attendee is enough: the director handed that very person the station's screen.
 * SESSION_NOT_OPEN without an open session, PRESENCE_REQUIRED with the missing names.
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
    include: { seats: { include: { attendees: { where: { leftAt: null } } } } },
  });
  if (!session) throw new DomainError('SESSION_NOT_OPEN');
  const onsite = session.status === 'ONSITE';
  const here = new Set<string>();
  for (const seat of session.seats) {
    if (!onsite && !isConnected(seat) && !(handedOver && seat.kind === 'STATION')) continue;
    if (seat.partyId && isConnected(seat)) here.add(seat.partyId);
    for (const attendee of seat.attendees) if (attendee.partyId) here.add(attendee.partyId);
  }
  const missing = partyIds.filter((id) => !here.has(id));
  if (missing.length === 0) return;
  const people = await tx.party.findMany({ where: { id: { in: missing } }, select: { name: true } });
  throw new DomainError('PRESENCE_REQUIRED', { names: people.map((p) => p.name) });
}
