import { DomainError } from '../../domain/errors.ts';
import type { PhoneChange } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { putOut } from '../session/seat-owner.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';

/**
 * A second person, not the one who entered it, says that the number is this person's, or that it is not. Approving ends
 * every link and phone session of the old number, and cuts its open connection. FORBIDDEN same-person; CONFLICT when somebody has decided already.
 */
export async function decidePhone(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; changeId: string; approve: boolean },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'approve-phone', input.caseId);
    const change = await tx.phoneChange.findFirst({ where: { id: input.changeId, caseId: input.caseId } });
    if (!change) throw new DomainError('NOT_FOUND');
    if (change.enteredById === ctx.principal.staffUserId)
      throw new DomainError('FORBIDDEN', { reason: 'same-person' });
    const decided = await tx.phoneChange.updateMany({
      where: { id: change.id, decidedAt: null },
      data: {
        decidedAt: ctx.deps.clock.now(),
        decidedById: ctx.principal.staffUserId,
        approved: input.approve,
      },
    });
    if (decided.count !== 1) throw new DomainError('CONFLICT');
    if (input.approve) await apply(tx, ctx, change);
    await appendAudit(tx, ctx, {
      action: 'approve-phone',
      subject: { type: change.agentId ? 'agent' : 'party', id: change.agentId ?? change.partyId },
      caseId: input.caseId,
      duty,
      data: { changeId: change.id, approved: input.approve },
      topics: [`station:${theCase.stationId}`],
    });
  });
}

async function apply(tx: Tx, ctx: Ctx, change: PhoneChange): Promise<void> {
  const { courtId } = change;
  const { cipher } = ctx.deps;
  const phone = cipher.decrypt(
    { courtId, table: 'PhoneChange', rowId: change.id, column: 'phoneEnc' },
    change.phoneEnc,
  );
  const sealedFor = (table: 'Party' | 'Agent', rowId: string) => ({
    phoneEnc: Buffer.from(cipher.encrypt({ courtId, table, rowId, column: 'phoneEnc' }, phone)),
    phoneIndex: cipher.blindIndex(courtId, table, 'phone', phone),
    phoneChangedAt: ctx.deps.clock.now(),
  });
  const person = change.agentId ? { agentId: change.agentId } : { partyId: change.partyId, agentId: null };
  if (change.agentId)
    await tx.agent.update({ where: { id: change.agentId }, data: sealedFor('Agent', change.agentId) });
  else await tx.party.update({ where: { id: change.partyId }, data: sealedFor('Party', change.partyId) });
  const revokedAt = new Date();
  await tx.invitation.updateMany({ where: { ...person, revokedAt: null }, data: { revokedAt } });
  await tx.partySession.updateMany({
    where: { ...person, kind: 'LINK', revokedAt: null },
    data: { revokedAt },
  });
  // Whoever holds the old number may be in the room by it, on its browser or on the telephone.
  await putOut(tx, ctx, { ...person, session: { caseId: change.caseId } });
}
