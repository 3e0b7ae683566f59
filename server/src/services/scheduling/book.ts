import { DomainError } from '../../domain/errors.ts';
import type { Tx } from '../context.ts';

const HOUR_MS = 3600_000;
const YEAR_MS = 366 * 24 * HOUR_MS;

/** A session is planned for the coming year, not for the past; what begins at once may have begun a moment ago. */
export function refuseFarTimes(startsAt: Date, now: Date): void {
  const ms = startsAt.getTime() - now.getTime();
  if (ms < -HOUR_MS || ms > YEAR_MS) throw new DomainError('BAD_REQUEST', { fields: ['plannedStart'] });
}

/** DOUBLE_BOOKED with the clashing time when a person or a screen is taken. */
export async function requireFree(
  tx: Tx,
  resources: string[],
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
): Promise<void> {
  const clash = await tx.booking.findFirst({
    where: { active: true, resource: { in: resources }, startsAt: { lt: endsAt }, endsAt: { gt: startsAt } },
    include: { session: { include: { case: true } } },
  });
  if (!clash) return;
  const [kind] = clash.resource.split(':');
  throw new DomainError('DOUBLE_BOOKED', {
    who: kind,
    startsAt: clash.startsAt.toISOString(),
    endsAt: clash.endsAt.toISOString(),
    number: clash.session.case.number,
  });
}

/** Takes the session's people and screens for its time. */
export async function book(
  tx: Tx,
  session: { id: string; courtId: string; plannedStart: Date; plannedEnd: Date },
  resources: string[],
): Promise<void> {
  await tx.booking.createMany({
    data: resources.map((resource) => ({
      courtId: session.courtId,
      sessionId: session.id,
      resource,
      startsAt: session.plannedStart,
      endsAt: session.plannedEnd,
    })),
  });
}
