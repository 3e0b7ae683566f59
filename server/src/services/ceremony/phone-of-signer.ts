import { shanghaiDay } from '../../domain/deadlines.ts';
import type { Ctx, Tx } from '../context.ts';
import type { Slot } from './load-ceremony.ts';

type Row = { id: string; courtId: string; phoneEnc: Uint8Array | null };

/** The number in clear, or null. */
export function openPhone(ctx: Ctx, table: 'Party' | 'Agent', row: Row): string | null {
  if (!row.phoneEnc) return null;
  return ctx.deps.cipher.decrypt(
    { courtId: row.courtId, table, rowId: row.id, column: 'phoneEnc' },
    row.phoneEnc,
  );
}

/**
 * What stands against this signer's number: somebody else of the case has the same (the other side, another signer, a
 * member of staff), a change of it waits for its second person, or it is of today. 电子签名法 13: one's own, alone.
 */
export async function phoneFacts(
  tx: Tx,
  ctx: Ctx,
  slot: Slot,
): Promise<{ shared: boolean; waits: boolean; isNew: boolean }> {
  const party = await tx.party.findUniqueOrThrow({
    where: { id: slot.partyId ?? '' },
    include: { agents: true },
  });
  const me = slot.agentId ? party.agents.find((a) => a.id === slot.agentId) : party;
  const phone = me ? openPhone(ctx, slot.agentId ? 'Agent' : 'Party', me) : null;
  const waits = await tx.phoneChange.count({
    where: { partyId: party.id, agentId: slot.agentId, decidedAt: null },
  });
  const today = shanghaiDay(ctx.deps.clock.now());
  return {
    shared:
      phone !== null && (await isShared(tx, ctx, slot, { phone, caseId: party.caseId, side: party.side })),
    waits: waits > 0,
    isNew: me?.phoneChangedAt != null && shanghaiDay(me.phoneChangedAt) >= today,
  };
}

async function isShared(
  tx: Tx,
  ctx: Ctx,
  slot: Slot,
  of: { phone: string; caseId: string; side: string },
): Promise<boolean> {
  const index = (table: string) => ctx.deps.cipher.blindIndex(slot.courtId, table, 'phone', of.phone);
  if ((await tx.staffUser.count({ where: { phoneIndex: index('StaffUser') } })) > 0) return true;
  const parties = await tx.party.findMany({ where: { caseId: of.caseId, phoneIndex: index('Party') } });
  const agents = await tx.agent.findMany({
    where: { caseId: of.caseId, phoneIndex: index('Agent') },
    include: { party: true },
  });
  const signers = await tx.signature.findMany({ where: { versionId: slot.versionId } });
  const others = [
    ...parties.map((p) => ({ side: p.side, personId: p.id })),
    ...agents.map((a) => ({ side: a.party.side, personId: a.id })),
  ].filter((one) => one.personId !== slot.personId);
  // One's own principal or ward does not sign beside its agent or guardian; another signer of the same side does.
  return others.some((one) => one.side !== of.side || signers.some((s) => s.personId === one.personId));
}
