import type { RecordedPerson, RecordingFacts } from '../../domain/recording/may-record.ts';
import { hasConsent } from '../case/read-case.ts';
import type { Tx } from '../context.ts';
import { isConnected } from '../session/read-session.ts';

/**
 * Everybody at the seats of a session with their yes or no to being recorded. An agent counts by the consent sheet of
 * the party for whom they act. `confirmed`: attendees without a sheet of their own whose yes the host entered.
 */
export async function recordingFacts(
  tx: Tx,
  sessionId: string,
  confirmed: readonly string[],
): Promise<RecordingFacts & { unasked: { attendeeId: string; name: string }[] }> {
  const session = await tx.session.findUniqueOrThrow({
    where: { id: sessionId },
    include: {
      caucuses: { where: { endedAt: null }, take: 1 },
      case: { include: { parties: { include: { agents: true, consents: { orderBy: { at: 'asc' } } } } } },
      seats: {
        where: { admissions: { some: {} }, denials: { none: { liftedAt: null } } },
        include: {
          party: true,
          agent: true,
          staffUser: true,
          attendees: { where: { leftAt: null }, orderBy: { arrivedAt: 'asc' } },
        },
      },
    },
  });
  const people = new Map<string, RecordedPerson>();
  const unasked: { attendeeId: string; name: string }[] = [];
  const party = (name: string, partyId: string | null, agentId: string | null) => {
    const whose = session.case.parties.find(
      (p) => p.id === partyId || p.agents.some((agent) => agent.id === agentId),
    );
    const agreed = whose !== undefined && hasConsent(whose, 'RECORDING');
    const key = agentId ? `agent:${agentId}` : `party:${partyId}`;
    people.set(key, { key, name, kind: 'PARTY', agreed });
  };
  const staff = (name: string, staffUserId: string) =>
    people.set(`staff:${staffUserId}`, { key: `staff:${staffUserId}`, name, kind: 'STAFF', agreed: true });
  for (const seat of session.seats) {
    for (const { id, name, partyId, agentId, staffUserId } of seat.attendees) {
      if (staffUserId) staff(name, staffUserId);
      else if (partyId || agentId) party(name, partyId, agentId);
      else {
        people.set(`other:${id}`, {
          key: `other:${id}`,
          name,
          kind: 'OTHER',
          agreed: confirmed.includes(id),
        });
        unasked.push({ attendeeId: id, name });
      }
    }
    // A seat that is connected with nobody by name at it is seen and heard all the same.
    if (seat.attendees.length > 0 || !isConnected(seat)) continue;
    if (seat.agent) party(seat.agent.name, null, seat.agent.id);
    else if (seat.party) party(seat.party.name, seat.party.id, null);
    else if (seat.staffUser) staff(seat.staffUser.name, seat.staffUser.id);
  }
  return {
    status: session.status,
    caucus: session.caucuses.length > 0,
    people: [...people.values()],
    unasked,
  };
}
