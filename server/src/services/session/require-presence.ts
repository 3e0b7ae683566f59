import { DomainError } from '../../domain/errors.ts';
import { refuseDuringCaucus } from '../caucus/running-caucus.ts';
import type { Ctx, Tx } from '../context.ts';
import { isConnected } from './read-session.ts';

/**
 * No decision while a party is out: agreeing and freezing need every party of the case really there, or its express
 * waiver since it was last here (domain.md 7). Those in `mustBeHere` decide themselves: no waiver stands in for them.
 * SESSION_NOT_OPEN without an open session, PRESENCE_REQUIRED with the names of those who are out, CAUCUS_RUNNING.
 */
export async function requirePresence(
  tx: Tx,
  _ctx: Ctx,
  caseId: string,
  mustBeHere: string[],
  handedOver = false,
): Promise<void> {
  await refuseDuringCaucus(tx, caseId);
  const absent = await absentParties(tx, caseId, handedOver);
  const names = absent.filter((a) => !a.waived || mustBeHere.includes(a.partyId)).map((a) => a.name);
  if (names.length > 0) throw new DomainError('PRESENCE_REQUIRED', { names });
}

/**
 * Parties who are not really there: no seat of their own (or their agent's) that LiveKit says is connected, and not
 * attested by name at a connected station seat. A heartbeat alone is no presence. On site it is the people attested at
 * the station. A screen that the director handed over attests its person, and keeps the station's seat in use.
 */
export async function absentParties(
  tx: Tx,
  caseId: string,
  handedOver = false,
): Promise<{ partyId: string; name: string; waived: boolean }[]> {
  const session = await tx.session.findFirst({
    where: { caseId, status: { in: ['OPEN', 'ONSITE'] } },
    include: {
      presenceWaivers: true,
      seats: {
        where: { denials: { none: { liftedAt: null } } },
        include: { attendees: { include: { agent: true } } },
      },
    },
  });
  if (!session) throw new DomainError('SESSION_NOT_OPEN');
  const inHand =
    handedOver ||
    (await tx.partySession.count({
      where: { caseId, kind: 'HAND_OVER', revokedAt: null, expiresAt: { gt: new Date() } },
    })) > 0;
  const here = new Set<string | null>();
  const lastHere = new Map<string | null, number>();
  const seen = (partyId: string | null, at: Date | null) =>
    lastHere.set(partyId, Math.max(lastHere.get(partyId) ?? 0, at?.getTime() ?? 0));
  for (const seat of session.seats) {
    const station = seat.kind === 'STATION';
    const really = session.status === 'ONSITE' ? station : isConnected(seat) || (station && inHand);
    if (really) here.add(seat.partyId);
    seen(seat.partyId, seat.connectedAt);
    for (const { partyId, agent, leftAt } of seat.attendees) {
      const whose = partyId ?? agent?.partyId ?? null;
      if (really && leftAt === null) here.add(whose);
      seen(whose, leftAt ?? seat.connectedAt);
    }
  }
  const parties = await tx.party.findMany({
    where: { caseId, id: { notIn: [...here].filter((id) => id !== null) } },
    select: { id: true, name: true },
    orderBy: { position: 'asc' },
  });
  return parties.map(({ id, name }) => ({
    partyId: id,
    name,
    // Given before the person was last here, it is over.
    waived: session.presenceWaivers.some((w) => w.partyId === id && w.at.getTime() > (lastHere.get(id) ?? 0)),
  }));
}
