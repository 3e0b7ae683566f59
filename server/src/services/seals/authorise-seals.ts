import type { Duty } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';

export type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;

/** Committees whose seals one may manage: an administrator all of the court (null), a seal-holder the own ones. */
export function sealCommittees(ctx: StaffCtx): { duty: Duty; ids: string[] | null } {
  const duty = authoriseCourt(ctx, 'manage-seals');
  const { duties } = ctx.principal;
  if (duties.some((one) => one.duty === 'ADMINISTRATOR')) return { duty, ids: null };
  const own = duties.filter((one) => one.duty === 'SEAL_HOLDER');
  return { duty, ids: own.flatMap(({ committeeId }) => (committeeId ? [committeeId] : [])) };
}

/** The same for one committee; FORBIDDEN for another's. */
export function authoriseSeal(ctx: StaffCtx, committeeId: string): Duty {
  const { duty, ids } = sealCommittees(ctx);
  if (ids !== null && !ids.includes(committeeId)) throw new DomainError('FORBIDDEN');
  return duty;
}
