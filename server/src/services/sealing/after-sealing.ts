import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx } from '../context.ts';
import { queueSms } from '../sms/queue-sms.ts';
import { transact } from '../transact.ts';

/** Tells every party with a phone that the sealed agreement is there. Idempotent: a service is sent once. */
export async function afterSealing(ctx: Ctx, versionId: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const version = await tx.draftVersion.findUniqueOrThrow({
      where: { id: versionId },
      include: {
        agreement: {
          include: { case: { include: { services: { where: { sentAt: null } }, committee: true } } },
        },
      },
    });
    const { case: theCase } = version.agreement;
    for (const service of theCase.services) {
      const party = await tx.party.findUniqueOrThrow({ where: { id: service.partyId } });
      if (!party.phoneEnc) continue;
      const at = { courtId: party.courtId, table: 'Party', rowId: party.id, column: 'phoneEnc' };
      const sent = await tx.service.updateMany({
        where: { id: service.id, sentAt: null },
        data: { sentAt: new Date() },
      });
      if (sent.count !== 1) continue;
      await tx.service.updateMany({ where: { id: service.id, status: 'PENDING' }, data: { status: 'SENT' } });
      await queueSms(tx, ctx, {
        to: ctx.deps.cipher.decrypt(at, party.phoneEnc),
        template: 'sealed',
        values: {
          committee: theCase.committee.name,
          number: theCase.number ?? '',
          link: `${ctx.deps.settings.publicUrl}/p`,
        },
        caseId: theCase.id,
      });
    }
    await appendAudit(tx, ctx, {
      action: 'system:served',
      subject: { type: 'version', id: versionId },
      caseId: theCase.id,
    });
  });
}
