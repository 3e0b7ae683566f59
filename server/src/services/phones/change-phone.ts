import { randomUUID } from 'node:crypto';
import type { PhoneChangeInput } from '../../contract/phones.ts';
import { DomainError } from '../../domain/errors.ts';
import { isMobile } from '../../domain/phone.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';

/**
 * Enters another number for a party or agent after registration: it is nobody's before a second person approved it, and
 * signs nothing on that day (电子签名法 13). A newer entry takes the place of one that still waits.
 */
export async function changePhone(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; partyId: string } & PhoneChangeInput,
): Promise<{ id: string }> {
  if (!isMobile(input.phone)) throw new DomainError('BAD_REQUEST', { fields: ['phone'] });
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'change-phone', input.caseId);
    const party = await tx.party.findFirst({
      where: { id: input.partyId, caseId: input.caseId },
      include: { agents: true },
    });
    const agentId = input.agentId ?? null;
    if (!party || (agentId && !party.agents.some((a) => a.id === agentId)))
      throw new DomainError('NOT_FOUND');
    const { courtId, staffUserId } = ctx.principal;
    const now = ctx.deps.clock.now();
    await tx.phoneChange.updateMany({
      where: { partyId: party.id, agentId, decidedAt: null },
      data: { decidedAt: now, approved: false },
    });
    const id = randomUUID();
    const at = { courtId, table: 'PhoneChange', rowId: id, column: 'phoneEnc' };
    await tx.phoneChange.create({
      data: {
        id,
        courtId,
        caseId: theCase.id,
        partyId: party.id,
        agentId,
        enteredById: staffUserId,
        phoneEnc: Buffer.from(ctx.deps.cipher.encrypt(at, input.phone)),
        reason: input.reason,
        enteredAt: now,
      },
    });
    await appendAudit(tx, ctx, {
      action: 'change-phone',
      subject: { type: agentId ? 'agent' : 'party', id: agentId ?? party.id },
      caseId: theCase.id,
      duty,
      data: { changeId: id },
      personal: { phone: input.phone, reason: input.reason },
      topics: [`station:${theCase.stationId}`],
    });
    return { id };
  });
}
