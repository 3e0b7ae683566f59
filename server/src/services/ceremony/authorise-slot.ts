import type { Action } from '../../contract/actions.ts';
import type { CeremonyStepKind } from '../../contract/enums.ts';
import { missingBefore } from '../../domain/agreement/ceremony-plan.ts';
import { DomainError } from '../../domain/errors.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { isMine, isSignable, isTurn, loadCeremony, type Slot, slotOf } from './load-ceremony.ts';
import { hurdlesOf } from './slot-hurdles.ts';
import { planContext, planOf } from './slot-plan.ts';

export type Place = { caseId: string; fieldName: string };

const actionOf: Record<string, Action> = {
  party: 'sign-as-party',
  agent: 'sign-as-agent',
  mediator: 'sign-as-mediator',
  recorder: 'sign-as-recorder',
};

/**
 * The one gate of every step that a signer takes: permission, own place, right turn, electronic medium, no hurdle, the
 * step in this signer's plan, and the earlier ones done. Refusals: FORBIDDEN, NOT_FOUND, NOT_YOUR_TURN, ALREADY_SIGNED,
 * MEDIUM_MIXED, ILLEGAL_TRANSITION, CEREMONY_STEP_MISSING and those of signing-hurdles.
 */
export async function authoriseSlot(tx: Tx, ctx: Ctx, input: Place, step: CeremonyStepKind) {
  const ceremony = await loadCeremony(tx, input.caseId, input.fieldName);
  const slot = slotOf(ceremony, input.fieldName);
  const action = actionOf[slot.role];
  if (!action) throw new DomainError('FORBIDDEN');
  const { duty, case: theCase } = await authoriseCase(tx, ctx, action, input.caseId);
  if (!isMine(ctx.principal, slot)) throw new DomainError('FORBIDDEN', { reason: 'not-your-place' });
  refuseClosed(ceremony, slot);
  if (!isTurn(ceremony, slot)) throw new DomainError('NOT_YOUR_TURN');
  const [hurdle] = await hurdlesOf(tx, ctx, slot);
  if (hurdle) throw new DomainError(hurdle.code, { basis: hurdle.basis });
  const { plan, done, because } = planOf(ceremony, slot, await planContext(tx, ctx, ceremony));
  if (!plan.some(({ kind }) => kind === step)) throw new DomainError('FORBIDDEN', { reason: 'not-in-plan' });
  const missing = missingBefore(plan, done, step);
  if (missing) throw new DomainError('CEREMONY_STEP_MISSING', { step: missing });
  return { duty, case: theCase, ceremony, slot, plan, done, because };
}

/**
 * The gate of what staff do about somebody else's place (questions aloud, a talk alone, comparing a seal): permission in
 * the case, and a party's or agent's place that still waits. FORBIDDEN for one's own place.
 */
export async function authoriseAbout(tx: Tx, ctx: Ctx, action: Action, input: Place) {
  const { duty, case: theCase } = await authoriseCase(tx, ctx, action, input.caseId);
  const ceremony = await loadCeremony(tx, input.caseId, input.fieldName);
  const slot = slotOf(ceremony, input.fieldName);
  if (slot.role !== 'party' && slot.role !== 'agent') throw new DomainError('FORBIDDEN');
  refuseClosed(ceremony, slot);
  const { plan, done, because } = planOf(ceremony, slot, await planContext(tx, ctx, ceremony));
  return { duty, case: theCase, ceremony, slot, plan, done, because };
}

type Loaded = Awaited<ReturnType<typeof loadCeremony>>;
export function refuseClosed(ceremony: Loaded, slot: Slot): void {
  const { medium, status } = ceremony.application ?? ceremony.agreement;
  if (medium !== 'ELECTRONIC') throw new DomainError('MEDIUM_MIXED');
  if (slot.signedAt) throw new DomainError('ALREADY_SIGNED');
  if (!isSignable(ceremony)) throw new DomainError('ILLEGAL_TRANSITION', { status });
}
