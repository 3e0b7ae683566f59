import type { z } from 'zod';
import type { CaucusPreview } from '../../contract/caucus.ts';
import type { PartySide } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { authoriseSession } from '../authorise.ts';
import type { Tx } from '../context.ts';
import type { Staff } from '../session/as-host.ts';
import { isMySeat } from '../session/my-seat.ts';
import { transact } from '../transact.ts';

const include = {
  party: true,
  agent: true,
  staffUser: true,
  admissions: { take: 1 },
  denials: { where: { liftedAt: null } },
  attendees: {
    where: { leftAt: null },
    include: { party: true, agent: { include: { party: true } } },
    orderBy: { arrivedAt: 'asc' },
  },
} as const;

type Input = { sessionId: string; seatIds: string[]; side: PartySide };

/** Names everybody who would hear a private talk with this side, before it opens. Changes nothing. */
export function previewCaucus(ctx: Staff, input: Input): Promise<z.infer<typeof CaucusPreview>> {
  return transact(ctx, async (tx) => {
    await authoriseSession(tx, ctx, 'open-caucus', input.sessionId);
    const { hears, mustLeave, otherSide } = await whoHears(tx, ctx, input);
    return { hears, mustLeave, otherSide };
  });
}

/**
 * Who sits at these seats: the one side and neutral people hear; people of the other side at a shared screen must have
 * left; a seat of the other side's own cannot be on the list. The asking mediator's own seat must be.
 */
export async function whoHears(tx: Tx, ctx: Staff, input: Input) {
  const session = await tx.session.findUniqueOrThrow({
    where: { id: input.sessionId },
    select: { stationId: true },
  });
  const seats = await tx.seat.findMany({
    where: { id: { in: input.seatIds }, sessionId: input.sessionId },
    include,
  });
  if (seats.length !== new Set(input.seatIds).size) throw new DomainError('NOT_FOUND');
  if (seats.some((s) => s.admissions.length === 0 || s.denials.length > 0))
    throw new DomainError('NOT_ADMITTED');
  if (!seats.some((seat) => isMySeat(ctx.principal, seat, session.stationId)))
    throw new DomainError('BAD_REQUEST', { fields: ['seatIds'], reason: 'own-seat' });
  const hears: { name: string; place: string }[] = [];
  const mustLeave: { attendeeId: string; name: string }[] = [];
  const otherSide: string[] = [];
  for (const seat of seats) {
    if (seat.party && seat.party.side !== input.side) otherSide.push(seat.agent?.name ?? seat.party.name);
    for (const person of seat.attendees) {
      const side = person.party?.side ?? person.agent?.party.side ?? null;
      if (side !== null && side !== input.side) mustLeave.push({ attendeeId: person.id, name: person.name });
      else hears.push({ name: person.name, place: person.place });
    }
    // A seat that is connected with nobody by name at it is still somebody's ear.
    if (seat.attendees.length === 0)
      hears.push({ name: seat.agent?.name ?? seat.party?.name ?? seat.staffUser?.name ?? '站点', place: '' });
  }
  return { seats, hears, mustLeave, otherSide };
}
