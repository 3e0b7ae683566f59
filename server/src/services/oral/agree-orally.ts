import type { z } from 'zod';
import type { OralAgreementInput } from '../../contract/after-effect.ts';
import { DomainError } from '../../domain/errors.ts';
import { oralStop } from '../../domain/oral.ts';
import { openAgreement } from '../agreement/open-agreement.ts';
import { transitionAgreement } from '../agreement/transition-agreement.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { stopSessions } from '../case/end-talks.ts';
import { transitionCase } from '../case/transition-case.ts';
import type { Ctx, Principal } from '../context.ts';
import { requireLooks } from '../flags/case-flags.ts';
import { transact } from '../transact.ts';

/**
 * An oral agreement, recorded on its form: in effect the moment everybody agreed (人民调解法 30), performed at once, so
 * the case is closed with it. ORAL_NOT_ALLOWED with the article, CONFLICT once a text is frozen.
 */
export async function agreeOrally(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  input: { caseId: string } & z.output<typeof OralAgreementInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'agree-orally', input.caseId);
    const parties = await tx.party.findMany({ where: { caseId: theCase.id } });
    const everybody = parties.every((p) => input.agreedBy.includes(p.id));
    const stop = oralStop({ ...input, everybody, disputeType: theCase.disputeType });
    if (stop) throw new DomainError('ORAL_NOT_ALLOWED', stop);
    const doubted = parties.find((p) => p.capacityDoubtAt);
    if (doubted)
      throw new DomainError('CAPACITY_DOUBTED', { name: doubted.name, basis: '民法典第21、22、24条' });
    await requireLooks(tx, ctx, theCase.id);
    const agreement = await openAgreement(tx, theCase.courtId, theCase.id);
    if (agreement.status !== 'DRAFTING') throw new DomainError('CONFLICT', { status: agreement.status });
    const now = ctx.deps.clock.now();
    await transitionAgreement(tx, agreement, 'agree-orally', {
      medium: 'ORAL',
      effectiveAt: now,
      effectiveSource: 'ORAL',
    });
    await tx.oralAgreement.create({
      data: {
        courtId: theCase.courtId,
        agreementId: agreement.id,
        recordedById: ctx.principal.staffUserId,
        content: input.content,
        performed: input.performed,
        agreedAt: now,
      },
    });
    await tx.performance.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        recordedById: ctx.principal.staffUserId,
        label: input.performed.slice(0, 200),
        status: 'PERFORMED',
        performedAt: now,
      },
    });
    await transitionCase(tx, theCase, 'agree-orally', {
      effectiveAt: now,
      endCode: 'AGREEMENT',
      medium: 'ORAL',
    });
    await transitionCase(tx, theCase, 'perform', { closedAt: now });
    await tx.deadline.updateMany({
      where: { caseId: theCase.id, kind: 'MEDIATION', metAt: null },
      data: { metAt: now },
    });
    await stopSessions(tx, ctx, theCase.id, '达成口头协议');
    await appendAudit(tx, ctx, {
      action: 'agree-orally',
      subject: { type: 'agreement', id: agreement.id },
      caseId: theCase.id,
      duty,
      data: { agreedBy: input.agreedBy },
      topics: [`station:${theCase.stationId}`],
    });
  });
}
