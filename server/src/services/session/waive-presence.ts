import type { z } from 'zod';
import type { PlaceInput, WaiverInput } from '../../contract/record.ts';
import { DomainError } from '../../domain/errors.ts';
import { asHost, type Staff } from './as-host.ts';
import { absentParties } from './require-presence.ts';

/**
 * A party who is out said expressly (by telephone, say) that the others may go on: until it is back, its absence does
 * not stop the others from agreeing and freezing. CONFLICT for a party who is here.
 */
export function waivePresence(
  ctx: Staff,
  input: { sessionId: string } & z.infer<typeof WaiverInput>,
): Promise<void> {
  return asHost(ctx, 'waive-presence', input.sessionId, async (tx, { session }) => {
    const party = await tx.party.findFirst({ where: { id: input.partyId, caseId: session.caseId } });
    if (!party) throw new DomainError('NOT_FOUND');
    const absent = await absentParties(tx, session.caseId);
    if (!absent.some((a) => a.partyId === party.id)) throw new DomainError('CONFLICT', { reason: 'present' });
    await tx.presenceWaiver.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        partyId: party.id,
        byId: ctx.principal.staffUserId,
        how: input.how,
        at: ctx.deps.clock.now(),
      },
    });
    return {
      answer: undefined,
      subject: { type: 'party', id: party.id },
      data: { partyId: party.id },
      personal: { how: input.how },
    };
  });
}

/** Where somebody really is: the record names each online place (domain.md 4, 5.2). */
export function statePlace(
  ctx: Staff,
  input: { sessionId: string; attendeeId: string } & z.infer<typeof PlaceInput>,
): Promise<void> {
  return asHost(ctx, 'seat-attendees', input.sessionId, async (tx, { session }) => {
    const changed = await tx.attendee.updateMany({
      where: { id: input.attendeeId, sessionId: session.id },
      data: { place: input.place },
    });
    if (changed.count !== 1) throw new DomainError('NOT_FOUND');
    return {
      answer: undefined,
      subject: { type: 'attendee', id: input.attendeeId },
      personal: { place: input.place },
    };
  });
}
