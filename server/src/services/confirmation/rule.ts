import type { z } from 'zod';
import type { AgreementDocument } from '../../contract/agreement-document.ts';
import type { RuleConfirmationInput } from '../../contract/confirmation.ts';
import { nextConfirmationStatus } from '../../domain/confirmation/lifecycle.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { rulingForm } from '../../domain/documents/ruling.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { formFacts } from '../documents/form-facts.ts';
import { serveDocument } from '../service/serve-document.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';
import { cancelPlannedInquiry } from './cancel-planned-inquiry.ts';
import { effectiveAgreement, livingConfirmation } from './load-confirmation.ts';
import { transitionConfirmation } from './transition-confirmation.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;
type Input = { caseId: string } & z.output<typeof RuleConfirmationInput>;

/**
 * The court's ruling: valid, or the application rejected with its reason. Its text is kept and served on every applicant.
 * After a rejection people mediate again or sue (民事诉讼法 206); either may object within the time of 民诉法解释 372.
 */
export async function ruleOnConfirmation(ctx: StaffCtx, input: Input): Promise<void> {
  const event = input.ruling === 'CONFIRM' ? 'confirm' : 'reject';
  const at = ctx.deps.clock.now();
  const content = await transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'rule-confirmation', input.caseId);
    nextConfirmationStatus((await livingConfirmation(tx, input.caseId)).status, event);
    return contentOf(tx, ctx, input, at);
  });
  const pdf = await ctx.deps.documents.drawForm(content);
  const storageKey = await storeFile(ctx, 'confirmation', pdf, '.pdf');
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'rule-confirmation', input.caseId);
    const confirmation = await livingConfirmation(tx, input.caseId);
    // Docketed between reading and ruling: the text would lack its number.
    if ((confirmation.number ?? '') !== content.number) throw new DomainError('CONFLICT');
    const document = await serveDocument(tx, theCase, { kind: 'CONFIRMATION_RULING', pdf, storageKey });
    await transitionConfirmation(tx, confirmation, event, {
      decidedAt: at,
      judgeId: ctx.principal.staffUserId,
      rulingId: document.id,
      ...(input.ruling === 'REJECT' ? { reason: input.reason } : {}),
    });
    await cancelPlannedInquiry(tx, theCase.id, '法院已裁定');
    await tx.deadline.updateMany({
      where: { caseId: theCase.id, kind: 'DECIDE_CONFIRMATION', metAt: null },
      data: { metAt: at },
    });
    await appendAudit(tx, ctx, {
      action: 'rule-confirmation',
      subject: { type: 'confirmation', id: confirmation.id },
      caseId: theCase.id,
      duty,
      data: { step: input.ruling, sha256: document.sha256 },
      ...(input.ruling === 'REJECT' ? { personal: { reason: input.reason } } : {}),
      topics: [`station:${theCase.stationId}`],
    });
  });
}

async function contentOf(tx: Tx, ctx: StaffCtx, input: Input, at: Date) {
  const facts = await formFacts(tx, ctx, input.caseId);
  const confirmation = await livingConfirmation(tx, input.caseId);
  const { version, effectiveAt } = await effectiveAgreement(tx, input.caseId);
  const court = await tx.court.findUniqueOrThrow({ where: { id: ctx.principal.courtId } });
  const judge = await tx.staffUser.findUniqueOrThrow({ where: { id: ctx.principal.staffUserId } });
  const agreed = version?.document as unknown as AgreementDocument | undefined;
  return rulingForm(
    {
      courtName: court.name,
      number: confirmation.number,
      applicants: facts.parties,
      acceptedOn: confirmation.acceptedAt ? shanghaiDay(confirmation.acceptedAt) : null,
      disputeType: facts.disputeType,
      agreedOn: shanghaiDay(effectiveAt),
      committeeName: facts.committeeName,
      agreementNumber: facts.caseNumber,
      clauses: agreed?.terms.map((term) => term.text) ?? [],
      judge: judge.name,
      on: shanghaiDay(at),
      demo: facts.demo,
    },
    input,
  );
}

/** The text of the newest ruling. NOT_FOUND before there is one. */
export async function downloadRuling(
  ctx: StaffCtx,
  caseId: string,
): Promise<{ bytes: Uint8Array; name: string }> {
  const storageKey = await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'read-agreement', caseId);
    const ruled = await tx.confirmation.findFirst({
      where: { caseId, rulingId: { not: null } },
      orderBy: { createdAt: 'desc' },
      include: { ruling: true },
    });
    if (!ruled?.ruling) throw new DomainError('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'read-agreement',
      subject: { type: 'document', id: ruled.ruling.id },
      caseId,
      duty,
      data: { sha256: ruled.ruling.sha256 },
    });
    return ruled.ruling.storageKey;
  });
  return { bytes: await ctx.deps.storage.get(storageKey), name: '民事裁定书（文本）.pdf' };
}
