import { DomainError } from '../../domain/errors.ts';
import { findAgreement } from '../agreement/open-agreement.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase, type CaseOfAct } from '../authorise.ts';
import { endTalks, stopSessions } from '../case/end-talks.ts';
import { transitionCase } from '../case/transition-case.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { voidCurrentVersion } from '../draft/void-version.ts';
import { transact } from '../transact.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;
type Reasoned = { caseId: string; reason: string };

/**
 * Suspected false mediation (参照在线调解规则 23): everything stops where it is, and station, mediator and judges are told.
 * Sessions end with their rooms, a text that waits for signatures is void, an agreement in effect stays as it is.
 * CONFLICT while the seal is being set.
 */
export async function suspendCase(ctx: StaffCtx, input: Reasoned): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'suspend', input.caseId);
    const agreement = await lockAgreement(tx, input.caseId);
    if (agreement?.status === 'SEALING') throw new DomainError('CONFLICT', { reason: 'sealing' });
    if (agreement?.status === 'FROZEN' || agreement?.status === 'SIGNING')
      await voidCurrentVersion(tx, ctx, agreement, input.reason, duty);
    await transitionCase(tx, theCase, 'suspend', {
      suspendedAt: ctx.deps.clock.now(),
      suspendReason: input.reason,
      suspendedDuty: duty,
    });
    await stopSessions(tx, ctx, theCase.id, input.reason);
    await appendAudit(tx, ctx, {
      action: 'suspend',
      subject: { type: 'case', id: theCase.id },
      caseId: theCase.id,
      duty,
      personal: { reason: input.reason },
      topics: everybodyOf(theCase),
    });
  });
}

/**
 * The suspicion was cleared up: the case goes on in the state that it was in. Only the duty that suspended it, or a
 * judge, says so (DUTY_MISSING).
 */
export async function resumeCase(ctx: StaffCtx, input: Reasoned): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'resume-case', input.caseId);
    await transitionCase(tx, theCase, 'resume', {
      suspendedAt: null,
      suspendReason: null,
      suspendedDuty: null,
    });
    await appendAudit(tx, ctx, {
      action: 'resume-case',
      subject: { type: 'case', id: theCase.id },
      caseId: theCase.id,
      duty,
      personal: { reason: input.reason },
      topics: everybodyOf(theCase),
    });
  });
}

/** The matter goes on elsewhere (court, police, centre), with the reason; nothing goes on here. */
export async function transferCase(ctx: StaffCtx, input: Reasoned): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'transfer', input.caseId);
    await endTalks(tx, ctx, theCase, {
      event: 'transfer',
      duty,
      reason: input.reason,
      // How it ended is written once; going elsewhere afterwards does not rewrite it.
      also: theCase.endCode
        ? {}
        : { endCode: 'OTHER' as const, endReason: input.reason, closedAt: ctx.deps.clock.now() },
    });
    await appendAudit(tx, ctx, {
      action: 'transfer',
      subject: { type: 'case', id: theCase.id },
      caseId: theCase.id,
      duty,
      personal: { reason: input.reason },
      topics: everybodyOf(theCase),
    });
  });
}

/** The living agreement under a lock: signers and the seal-holder write the same row. */
export async function lockAgreement(tx: Tx, caseId: string) {
  const found = await findAgreement(tx, caseId);
  if (!found) return null;
  await tx.$queryRaw`SELECT id FROM "Agreement" WHERE id = ${found.id}::uuid FOR UPDATE`;
  return tx.agreement.findUniqueOrThrow({ where: { id: found.id } });
}

export const everybodyOf = (theCase: CaseOfAct): string[] => [
  `station:${theCase.stationId}`,
  ...theCase.appointments.map((a) => `user:${a.staffUserId}`),
];
