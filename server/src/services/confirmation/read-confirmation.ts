import type { AgreementDocument } from '../../contract/agreement-document.ts';
import type { ConfirmationView } from '../../contract/confirmation.ts';
import { idDisclosureWordingV1 } from '../../contract/consent-wordings.ts';
import { confirmationStops } from '../../domain/confirmation/stops.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { authoriseCase } from '../authorise.ts';
import { isMine } from '../ceremony/load-ceremony.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import {
  effectiveAgreement,
  lastDayToApply,
  newestConfirmation,
  standingAnswers,
} from './load-confirmation.ts';

/**
 * Where judicial confirmation stands: whether it may be had at all, who answered what, how far the application has come.
 * NOT_FOUND before the agreement is in effect.
 */
export async function readConfirmation(ctx: Ctx, caseId: string): Promise<ConfirmationView> {
  return transact(ctx, async (tx) => {
    const { case: theCase } = await authoriseCase(tx, ctx, 'read-agreement', caseId);
    const { version, effectiveAt } = await effectiveAgreement(tx, caseId);
    const dueOn = await lastDayToApply(tx, caseId, effectiveAt);
    const found = await newestConfirmation(tx, caseId);
    const over = found?.status === 'REJECTED' || found?.status === 'WITHDRAWN';
    const answers = await standingAnswers(tx, caseId, over ? found.decidedAt : null);
    const me = ctx.principal.kind === 'party' ? ctx.principal.partyId : null;
    const mine = answers.find((a) => a.partyId === me);
    return {
      stops: version
        ? confirmationStops(theCase.disputeType, (version.document as unknown as AgreementDocument).terms)
        : [{ basis: '民事诉讼法第205条（须有书面调解协议）', term: null, words: '口头协议' }],
      dueOn,
      late: shanghaiDay(ctx.deps.clock.now()) > dueOn,
      answers: answers.map(({ partyId, name, choice }) => ({ partyId, name, choice, mine: partyId === me })),
      courtAccessMissing: me !== null && !(await courtAccess(tx, me)),
      disclosure:
        mine?.kind === 'PERSON' ? { zh: idDisclosureWordingV1.zh, en: idDisclosureWordingV1.en } : null,
      confirmation: found ? await confirmationOf(tx, ctx, found.id) : null,
    };
  });
}

async function courtAccess(tx: Tx, partyId: string): Promise<boolean> {
  const last = await tx.consent.findFirst({
    where: { partyId, item: 'COURT_ACCESS' },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  });
  return last?.agreed === true && last.withdrawnAt === null;
}

async function confirmationOf(
  tx: Tx,
  ctx: Ctx,
  id: string,
): Promise<NonNullable<ConfirmationView['confirmation']>> {
  const found = await tx.confirmation.findUniqueOrThrow({
    where: { id },
    include: { judge: true, version: { include: { signatures: { orderBy: { position: 'asc' } } } } },
  });
  const inquiry = await tx.session.findFirst({
    where: { caseId: found.caseId, kind: 'CONFIRMATION_INQUIRY', status: { not: 'CANCELLED' } },
    orderBy: { plannedStart: 'desc' },
  });
  return {
    id: found.id,
    status: found.status,
    medium: found.medium,
    number: found.number,
    appliedAt: found.appliedAt?.toISOString() ?? null,
    dueOn: found.dueOn?.toISOString().slice(0, 10) ?? null,
    decidedAt: found.decidedAt?.toISOString() ?? null,
    judge: found.judge?.name ?? null,
    reason: found.reason,
    ruling: found.rulingId !== null,
    nextWay: found.nextWay,
    pages: found.version?.pages ?? 1,
    signers: (found.version?.signatures ?? []).map((slot) => ({
      name: slot.signerName,
      partyId: slot.partyId,
      agentId: slot.agentId,
      signedAt: slot.signedAt?.toISOString() ?? null,
      mine: isMine(ctx.principal, slot),
    })),
    inquiry: inquiry
      ? { id: inquiry.id, status: inquiry.status, plannedStart: inquiry.plannedStart.toISOString() }
      : null,
  };
}
