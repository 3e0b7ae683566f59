import type { Ctx, Principal, Tx } from '../context.ts';
import { queueSms } from '../sms/queue-sms.ts';
import { createInvitation } from './create-invitation.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/** Everybody with a phone gets a link in the name of `from`; people without come to the station. */
export async function inviteAll(
  tx: Tx,
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; from: string },
): Promise<void> {
  const parties = await tx.party.findMany({
    where: { caseId: input.caseId, usesStation: false },
    include: { agents: true },
  });
  for (const party of parties) {
    for (const agent of [null, ...party.agents]) {
      const row = agent ?? party;
      if (!row.phoneEnc) continue;
      const who = { caseId: input.caseId, partyId: party.id, ...(agent ? { agentId: agent.id } : {}) };
      const { link, spokenCode } = await createInvitation(tx, ctx, who);
      const at = {
        courtId: row.courtId,
        table: agent ? 'Agent' : 'Party',
        rowId: row.id,
        column: 'phoneEnc',
      };
      const values = { committee: input.from, link, spokenCode };
      await queueSms(tx, ctx, {
        to: ctx.deps.cipher.decrypt(at, row.phoneEnc),
        template: 'invitation',
        values,
        caseId: input.caseId,
      });
    }
  }
}
