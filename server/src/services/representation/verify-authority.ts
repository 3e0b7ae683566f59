import type { AuthorityInput } from '../../contract/representation.ts';
import { dayAsDate } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { sealedNumbers } from './add-agent.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;

/**
 * Verifies a power of attorney (授权委托书) or the proof of guardianship, from the paper: powers one by one and its period.
 * Somebody else than who entered it reads it (FORBIDDEN same-person); the paper is an attachment of this case
 * (NOT_FOUND). A text that was frozen before keeps its signers: CONFLICT while one waits for signatures.
 */
export async function verifyAuthority(
  ctx: StaffCtx,
  input: { caseId: string; partyId: string; agentId: string } & AuthorityInput,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'verify-agent', input.caseId);
    const agent = await tx.agent.findFirst({
      where: { id: input.agentId, partyId: input.partyId, caseId: input.caseId },
    });
    const proof = await tx.attachment.count({
      where: { id: input.proofId, caseId: input.caseId, kind: 'AUTHORITY' },
    });
    if (!agent || proof !== 1) throw new DomainError('NOT_FOUND');
    if (agent.enteredById === ctx.principal.staffUserId)
      throw new DomainError('FORBIDDEN', { reason: 'same-person' });
    const signing = await tx.agreement.count({
      where: { caseId: input.caseId, status: { in: ['FROZEN', 'SIGNING', 'SEALING'] } },
    });
    if (signing > 0) throw new DomainError('CONFLICT', { reason: 'text-frozen' });
    const byAttorney = agent.kind === 'AUTHORISED';
    await tx.agent.update({
      where: { id: agent.id },
      data: {
        ...sealedNumbers(ctx, agent.id, input, ''),
        ...(input.phone ? { phoneChangedAt: ctx.deps.clock.now() } : {}),
        proofId: input.proofId,
        verifiedById: ctx.principal.staffUserId,
        verifiedAt: ctx.deps.clock.now(),
        special: byAttorney && input.special,
        powers: byAttorney ? input.powers : [],
        validFrom: input.validFrom ? dayAsDate(input.validFrom) : null,
        validTo: input.validTo ? dayAsDate(input.validTo) : null,
      },
    });
    await appendAudit(tx, ctx, {
      action: 'verify-agent',
      subject: { type: 'agent', id: agent.id },
      caseId: input.caseId,
      duty,
      data: {
        kind: agent.kind,
        special: input.special,
        powers: input.powers,
        validFrom: input.validFrom ?? null,
        validTo: input.validTo ?? null,
        proofId: input.proofId,
      },
      topics: [`station:${theCase.stationId}`],
    });
  });
}
