import { DomainError } from '../../domain/errors.ts';
import { transitionAgreement } from '../agreement/transition-agreement.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { isTurn, loadCeremony } from '../ceremony/load-ceremony.ts';
import type { Ctx } from '../context.ts';
import { standingSeal } from '../seals/standing-seal.ts';
import { transact } from '../transact.ts';
import { finishSealing } from './finish-sealing.ts';

/**
 * The committee's seal by its holder, after every signature and only once: of two at the same moment one wins, the
 * other gets CONFLICT. The decision commits first together with the job that finishes it, so a killed process
 * completes the seal exactly once after its restart. NOT_YOUR_TURN while a signature is missing, SEAL_NOT_REGISTERED
 * outside a demonstration without a registered seal.
 */
export async function seal(ctx: Ctx, input: { caseId: string }): Promise<{ status: string }> {
  const versionId = await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'seal', input.caseId);
    const ceremony = await loadCeremony(tx, input.caseId);
    const { agreement, version } = ceremony;
    const slot = version.signatures.find((s) => s.role === 'committee');
    if (!slot || agreement.medium !== 'ELECTRONIC') throw new DomainError('MEDIUM_MIXED');
    if (agreement.status === 'SEALING' || agreement.status === 'EFFECTIVE') throw new DomainError('CONFLICT');
    if (!isTurn(ceremony, slot)) throw new DomainError('NOT_YOUR_TURN');
    const registered = await standingSeal(tx, ctx, slot.personId);
    await transitionAgreement(tx, agreement, 'seal');
    const staffUserId = ctx.principal.kind === 'staff' ? ctx.principal.staffUserId : null;
    await tx.signature.update({ where: { id: slot.id }, data: { staffUserId, level: 'SERVER_KEY' } });
    await tx.ceremonyStep.create({
      data: {
        courtId: slot.courtId,
        versionId: version.id,
        fieldName: slot.fieldName,
        kind: 'OPENED',
        at: new Date(),
        data: {
          staffUserId,
          ...(registered ? { sealId: registered.id, sealSha256: registered.sha256 } : {}),
        },
      },
    });
    await ctx.deps.jobs.enqueue(tx, 'agreement.finish-sealing', {
      courtId: slot.courtId,
      versionId: version.id,
    });
    await appendAudit(tx, ctx, {
      action: 'seal',
      subject: { type: 'signature', id: slot.id },
      caseId: input.caseId,
      duty,
      data: { versionId: version.id, ...(registered ? { registeredSeal: registered.sha256 } : {}) },
    });
    return version.id;
  });
  return finishSealing(ctx, versionId);
}
