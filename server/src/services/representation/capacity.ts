import { DomainError } from '../../domain/errors.ts';
import { isAuthorised } from '../../domain/representation.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';

/**
 * A verified guardian consents to what a person of 8 to 17 does itself, or takes that back (民法典 19). A guardian says so
 * itself; the host records what a guardian at the station says. FORBIDDEN for anybody else's word.
 */
export async function answerGuardianConsent(
  ctx: Ctx,
  input: { caseId: string; partyId: string; agentId: string; agreed: boolean },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'guardian-consent', input.caseId);
    if (ctx.principal.kind === 'party' && ctx.principal.agentId !== input.agentId)
      throw new DomainError('FORBIDDEN', { reason: 'not-your-word' });
    const guardian = await tx.agent.findFirst({
      where: { id: input.agentId, partyId: input.partyId, caseId: input.caseId, kind: 'GUARDIAN' },
    });
    if (!guardian) throw new DomainError('NOT_FOUND');
    const now = ctx.deps.clock.now();
    if (!isAuthorised(guardian, now)) throw new DomainError('AUTHORITY_UNVERIFIED');
    const signing = await tx.agreement.count({
      where: { caseId: input.caseId, status: { in: ['FROZEN', 'SIGNING', 'SEALING'] } },
    });
    if (input.agreed && signing > 0) throw new DomainError('CONFLICT', { reason: 'text-frozen' });
    await tx.agent.update({
      where: { id: guardian.id },
      data: { consentedAt: input.agreed ? now : null },
    });
    await appendAudit(tx, ctx, {
      action: 'guardian-consent',
      subject: { type: 'agent', id: guardian.id },
      caseId: input.caseId,
      duty,
      data: { agreed: input.agreed, partyId: input.partyId },
      topics: [`station:${theCase.stationId}`],
    });
  });
}

/**
 * Somebody doubts an adult's capacity to act, or the doubt is cleared up, with the reason (民法典 21–24): while it stands
 * nobody agrees, signs or seals in this case.
 */
export async function doubtCapacity(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  input: { caseId: string; partyId: string; doubted: boolean; reason: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'doubt-capacity', input.caseId);
    const changed = await tx.party.updateMany({
      where: {
        id: input.partyId,
        caseId: input.caseId,
        capacityDoubtAt: input.doubted ? null : { not: null },
      },
      data: input.doubted
        ? { capacityDoubtAt: ctx.deps.clock.now(), capacityDoubt: input.reason }
        : { capacityDoubtAt: null, capacityDoubt: null },
    });
    if (changed.count !== 1) {
      const known = await tx.party.count({ where: { id: input.partyId, caseId: input.caseId } });
      throw new DomainError(known === 1 ? 'CONFLICT' : 'NOT_FOUND');
    }
    await appendAudit(tx, ctx, {
      action: 'doubt-capacity',
      subject: { type: 'party', id: input.partyId },
      caseId: input.caseId,
      duty,
      data: { doubted: input.doubted },
      personal: { reason: input.reason },
      topics: [`station:${theCase.stationId}`],
    });
  });
}
