import type { AgreementDocument } from '../../contract/agreement-document.ts';
import { dayAsDate, lastDayOrEstimate, shanghaiDay } from '../../domain/deadlines.ts';
import { noConfirmation } from '../../domain/hard-stops.ts';
import { performanceItems } from '../../domain/performance/items.ts';
import { transitionCase } from '../case/transition-case.ts';
import type { Ctx, Tx } from '../context.ts';

/**
 * The agreement takes effect (人民调解法 29): moment and source in agreement and case, what is to be performed, whom to
 * serve, and the thirty days for a joint application for confirmation (人民调解法 33). The caller has set the status.
 */
export async function takeEffect(
  tx: Tx,
  ctx: Ctx,
  input: {
    agreementId: string;
    versionId: string;
    documentId: string;
    effectiveAt: Date;
    source: 'TIMESTAMP_TOKEN' | 'PAPER';
  },
): Promise<void> {
  const { courtId } = ctx.principal;
  const { agreementId, effectiveAt } = input;
  const agreement = await tx.agreement.update({
    where: { id: agreementId },
    data: { effectiveAt, effectiveSource: input.source },
    include: { case: { include: { parties: true } } },
  });
  const { case: theCase } = agreement;
  await transitionCase(tx, theCase, 'take-effect', {
    effectiveAt,
    endCode: 'AGREEMENT',
    medium: agreement.medium,
  });
  const version = await tx.draftVersion.findUniqueOrThrow({ where: { id: input.versionId } });
  const { terms } = version.document as unknown as AgreementDocument;
  const today = shanghaiDay(effectiveAt);
  const base = { courtId, caseId: theCase.id };
  for (const { label, due, amountFen, received } of performanceItems(terms, theCase.parties)) {
    await tx.performance.create({
      data: {
        ...base,
        label,
        dueOn: dayAsDate(due ?? today),
        ...(amountFen === null ? {} : { amountFen: BigInt(amountFen) }),
        ...(received ? { status: 'PERFORMED' as const, performedAt: effectiveAt } : {}),
      },
    });
  }
  for (const party of theCase.parties) {
    await tx.service.create({
      data: {
        ...base,
        documentId: input.documentId,
        partyId: party.id,
        channel: party.usesStation ? 'STATION' : 'SMS_LINK',
      },
    });
  }
  if (!noConfirmation(theCase.disputeType)) {
    const clock = lastDayOrEstimate('APPLY_CONFIRMATION', today);
    await tx.deadline.create({
      data: {
        ...base,
        kind: 'APPLY_CONFIRMATION',
        startsOn: dayAsDate(today),
        dueOn: dayAsDate(clock.day),
        basis: clock.basis,
      },
    });
  }
  await tx.deadline.updateMany({
    where: { caseId: theCase.id, kind: 'MEDIATION', metAt: null },
    data: { metAt: effectiveAt },
  });
  await ctx.deps.jobs.enqueue(tx, 'agreement.after-sealing', { courtId, versionId: input.versionId });
}
