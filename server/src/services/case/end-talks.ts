import type { Duty } from '../../contract/enums.ts';
import type { CaseEvent } from '../../domain/case/lifecycle.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { findAgreement } from '../agreement/open-agreement.ts';
import { transitionAgreement } from '../agreement/transition-agreement.ts';
import type { CaseOfAct } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { forgetTalks } from '../draft/forget-talks.ts';
import { voidCurrentVersion } from '../draft/void-version.ts';
import { closeSession } from '../session/close-session.ts';
import { transitionCase } from './transition-case.ts';

type End = {
  event: CaseEvent;
  duty: Duty;
  /** Why, in words; kept with the voided text. */
  reason: string;
  also?: Prisma.CaseUncheckedUpdateManyInput;
};

/**
 * Ends the talks of a case by whatever event: nothing of them goes on by itself. Sessions end with their rooms, what
 * was planned is cancelled, open offers to mediators lapse, a text that waits for signatures is void (and every
 * signature on it). While the seal is being set nobody ends anything: CONFLICT; the agreement is about to take effect.
 */
export async function endTalks(tx: Tx, ctx: Ctx, theCase: CaseOfAct, end: End): Promise<void> {
  await abandonAgreement(tx, ctx, theCase.id, end);
  await forgetTalks(tx, theCase.id);
  await transitionCase(tx, theCase, end.event, end.also);
  await stopSessions(tx, ctx, theCase.id, end.reason);
  await tx.appointment.updateMany({
    where: { caseId: theCase.id, status: 'OFFERED' },
    data: { status: 'REPLACED', respondedAt: ctx.deps.clock.now() },
  });
}

/** Ends or cancels every living session of the case. */
export async function stopSessions(tx: Tx, ctx: Ctx, caseId: string, reason: string): Promise<void> {
  const sessions = await tx.session.findMany({
    where: { caseId, status: { notIn: ['ENDED', 'CANCELLED'] } },
  });
  for (const session of sessions) {
    const event = session.status === 'SCHEDULED' ? 'cancel' : 'end';
    await closeSession(tx, ctx, session, event, { endReason: reason });
  }
}

/** The agreement that is not in effect yet never will be. CONFLICT while its seal is being set. */
async function abandonAgreement(tx: Tx, ctx: Ctx, caseId: string, { reason, duty }: End): Promise<void> {
  const found = await findAgreement(tx, caseId);
  if (!found) return;
  // Signers and the seal-holder write the same row: one of us is first.
  await tx.$queryRaw`SELECT id FROM "Agreement" WHERE id = ${found.id}::uuid FOR UPDATE`;
  const agreement = await tx.agreement.findUniqueOrThrow({ where: { id: found.id } });
  switch (agreement.status) {
    case 'SEALING':
      throw new DomainError('CONFLICT', { reason: 'sealing' });
    case 'FROZEN':
    case 'SIGNING':
      return voidCurrentVersion(tx, ctx, agreement, reason, duty, 'abandon');
    case 'DRAFTING':
      await transitionAgreement(tx, agreement, 'abandon');
  }
}
