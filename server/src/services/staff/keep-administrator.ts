import { DomainError } from '../../domain/errors.ts';
import type { Ctx, Tx } from '../context.ts';

/**
 * Refuses (CONFLICT last-administrator) a state in which nobody could administer the court any more. Call it after
 * the change: changes of this kind queue up behind the lock, so two administrators cannot remove each other.
 */
export async function keepAdministrator(tx: Tx): Promise<void> {
  const left = await tx.staffUser.count({
    where: {
      disabledAt: null,
      duties: { some: { duty: 'ADMINISTRATOR', OR: [{ until: null }, { until: { gt: new Date() } }] } },
    },
  });
  if (left === 0) throw new DomainError('CONFLICT', { reason: 'last-administrator' });
}

export async function lockStaffChanges(tx: Tx, ctx: Ctx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`staff|${ctx.principal.courtId}`}, 0))`;
}
