import type { z } from 'zod';
import type { AgreementDocument } from '../../contract/agreement-document.ts';
import type { AnswerConfirmationInput } from '../../contract/confirmation.ts';
import { idDisclosureWordingV1 } from '../../contract/consent-wordings.ts';
import { confirmationStops } from '../../domain/confirmation/stops.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { lockCase } from '../case/lock-case.ts';
import { standingWording } from '../consents/standing-wording.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import {
  effectiveAgreement,
  lastDayToApply,
  newestConfirmation,
  standingAnswers,
} from './load-confirmation.ts';
import { openApplication } from './open-application.ts';

type PartyCtx = Ctx<Extract<Principal, { kind: 'party' }>>;

/**
 * One side's answer to “是否现在共同申请司法确认？”. A yes needs the separate consent to show the identity number to the other
 * side (PIPL 23, 29) and the court's access to the file. When every side said yes, the application is drawn and waits for
 * signatures. NO_CONFIRMATION with the article, CONFIRMATION_LATE after 30 days (人民调解法 33), CONSENT_MISSING.
 */
export async function answerConfirmation(
  ctx: PartyCtx,
  input: { caseId: string } & z.output<typeof AnswerConfirmationInput>,
): Promise<{ waitsForSignature: boolean }> {
  const all = await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'apply-confirmation', input.caseId);
    // One answer at a time: of two last answers one sees the other.
    await lockCase(tx, theCase.id);
    const partyId = ctx.principal.partyId ?? '';
    const last = await newestConfirmation(tx, theCase.id);
    if (last && (last.decidedAt === null || last.status === 'CONFIRMED'))
      throw new DomainError('CONFLICT', { status: last.status });
    if (input.choice === 'YES') await requireYes(tx, ctx, theCase, input.discloseId);
    await tx.confirmationAnswer.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        partyId,
        agentId: ctx.principal.agentId,
        choice: input.choice,
        at: ctx.deps.clock.now(),
      },
    });
    const answers = await standingAnswers(tx, theCase.id, last?.decidedAt ?? null);
    const everybody = answers.every(({ choice }) => choice === 'YES');
    if (everybody)
      await ctx.deps.jobs.enqueue(tx, 'confirmation.open', { courtId: theCase.courtId, caseId: theCase.id });
    await appendAudit(tx, ctx, {
      action: 'apply-confirmation',
      subject: { type: 'party', id: partyId },
      caseId: theCase.id,
      duty,
      data: { choice: input.choice, discloseId: input.choice === 'YES' && input.discloseId },
      topics: [`station:${theCase.stationId}`],
    });
    return everybody;
  });
  if (all) await openApplication(ctx, input.caseId);
  return { waitsForSignature: all };
}

async function requireYes(
  tx: Tx,
  ctx: PartyCtx,
  theCase: { id: string; courtId: string; disputeType: Parameters<typeof confirmationStops>[0] },
  discloseId: boolean,
): Promise<void> {
  const { version, effectiveAt } = await effectiveAgreement(tx, theCase.id);
  if (!version) throw new DomainError('NO_CONFIRMATION', { basis: '民事诉讼法第205条', words: '口头协议' });
  const { terms } = version.document as unknown as AgreementDocument;
  const stop = confirmationStops(theCase.disputeType, terms)[0];
  if (stop) throw new DomainError('NO_CONFIRMATION', { ...stop });
  const dueOn = await lastDayToApply(tx, theCase.id, effectiveAt);
  if (shanghaiDay(ctx.deps.clock.now()) > dueOn)
    throw new DomainError('CONFIRMATION_LATE', { dueOn, basis: '人民调解法第33条' });
  const party = await tx.party.findUniqueOrThrow({ where: { id: ctx.principal.partyId ?? '' } });
  const access = await tx.consent.findFirst({
    where: { partyId: party.id, item: 'COURT_ACCESS' },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  });
  if (!access?.agreed || access.withdrawnAt)
    throw new DomainError('CONSENT_MISSING', { item: 'COURT_ACCESS', basis: '个人信息保护法第23条' });
  if (party.kind === 'ORGANISATION') return;
  if (!discloseId)
    throw new DomainError('CONSENT_MISSING', { item: 'ID_DISCLOSURE', basis: '个人信息保护法第23、29条' });
  await tx.consent.create({
    data: {
      courtId: theCase.courtId,
      caseId: theCase.id,
      partyId: party.id,
      agentId: ctx.principal.agentId,
      wordingId: await standingWording(tx, theCase.courtId, idDisclosureWordingV1),
      item: 'ID_DISCLOSURE',
      agreed: true,
      at: ctx.deps.clock.now(),
    },
  });
}
