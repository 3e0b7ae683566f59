import { lastDayOrEstimate, shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Tx } from '../context.ts';

/** The agreement in effect with the text that took effect. NOT_FOUND before. */
export async function effectiveAgreement(tx: Tx, caseId: string) {
  const agreement = await tx.agreement.findFirst({ where: { caseId, status: 'EFFECTIVE' } });
  if (!agreement?.effectiveAt) throw new DomainError('NOT_FOUND');
  const version = agreement.currentVersionId
    ? await tx.draftVersion.findUnique({ where: { id: agreement.currentVersionId } })
    : null;
  return { agreement, version, effectiveAt: agreement.effectiveAt };
}

/** The confirmation that is being signed or decided, or the newest one that ended; null when there never was one. */
export async function newestConfirmation(tx: Tx, caseId: string) {
  return tx.confirmation.findFirst({ where: { caseId }, orderBy: { createdAt: 'desc' } });
}

/** The living one. NOT_FOUND when none is. */
export async function livingConfirmation(tx: Tx, caseId: string) {
  const found = await tx.confirmation.findFirst({ where: { caseId, decidedAt: null } });
  if (!found) throw new DomainError('NOT_FOUND');
  return found;
}

/** Last day of the joint application (人民调解法 33): the stored clock, else counted from the moment of effect. */
export async function lastDayToApply(tx: Tx, caseId: string, effectiveAt: Date): Promise<string> {
  const clock = await tx.deadline.findFirst({ where: { caseId, kind: 'APPLY_CONFIRMATION' } });
  return (
    clock?.dueOn.toISOString().slice(0, 10) ??
    lastDayOrEstimate('APPLY_CONFIRMATION', shanghaiDay(effectiveAt)).day
  );
}

/** Each party's newest answer, counted only after `since`: an application that ended asks anew. */
export async function standingAnswers(tx: Tx, caseId: string, since: Date | null) {
  const parties = await tx.party.findMany({
    where: { caseId },
    orderBy: { position: 'asc' },
    include: {
      confirmationAnswers: {
        ...(since ? { where: { at: { gt: since } } } : {}),
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: 1,
      },
    },
  });
  return parties.map((party) => ({
    partyId: party.id,
    name: party.name,
    kind: party.kind,
    choice: party.confirmationAnswers[0]?.choice ?? null,
  }));
}
