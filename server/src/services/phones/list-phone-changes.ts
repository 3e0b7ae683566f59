import type { PhoneChangeView } from '../../contract/phones.ts';
import { maskPhone } from '../../domain/phone.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';

/** Changed numbers of a case, newest first, for those who may approve them. */
export async function listPhoneChanges(ctx: Ctx<StaffPrincipal>, caseId: string): Promise<PhoneChangeView[]> {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'approve-phone', caseId);
    const changes = await tx.phoneChange.findMany({
      where: { caseId },
      orderBy: { enteredAt: 'desc' },
      include: { party: true, agent: true, enteredBy: true, decidedBy: true },
    });
    return changes.map((change) => ({
      id: change.id,
      partyId: change.partyId,
      agentId: change.agentId,
      name: change.agent?.name ?? change.party.name,
      maskedPhone: maskPhone(
        ctx.deps.cipher.decrypt(
          { courtId: change.courtId, table: 'PhoneChange', rowId: change.id, column: 'phoneEnc' },
          change.phoneEnc,
        ),
      ),
      reason: change.reason,
      enteredBy: change.enteredBy.name,
      enteredAt: change.enteredAt.toISOString(),
      decidedBy: change.decidedBy?.name ?? null,
      decidedAt: change.decidedAt?.toISOString() ?? null,
      approved: change.approved,
      mine: change.enteredById === ctx.principal.staffUserId,
    }));
  });
}
