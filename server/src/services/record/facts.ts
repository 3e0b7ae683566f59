import { DomainError } from '../../domain/errors.ts';
import { partyOf } from '../attachments/upload-attachment.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { transact } from '../transact.ts';

/** Marks, while the talks go on, what nobody disputes. */
export function markFact(
  ctx: Staff,
  input: { sessionId: string; text: string; support: string },
): Promise<{ factId: string }> {
  return asHost(ctx, 'mark-fact', input.sessionId, async (tx, { session }) => {
    if (!['OPEN', 'PAUSED', 'ONSITE'].includes(session.status))
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    const fact = await tx.fact.create({
      data: {
        courtId: session.courtId,
        caseId: session.caseId,
        sessionId: session.id,
        authorId: ctx.principal.staffUserId,
        text: input.text,
        support: input.support,
        at: ctx.deps.clock.now(),
      },
    });
    return {
      answer: { factId: fact.id },
      subject: { type: 'fact', id: fact.id },
      personal: { text: input.text, support: input.support },
    };
  });
}

/** Takes a marked fact back. */
export function dropFact(ctx: Staff, input: { sessionId: string; factId: string }): Promise<void> {
  return asHost(ctx, 'mark-fact', input.sessionId, async (tx, { session }) => {
    const dropped = await tx.fact.updateMany({
      where: { id: input.factId, caseId: session.caseId, droppedAt: null },
      data: { droppedAt: ctx.deps.clock.now() },
    });
    if (dropped.count !== 1) throw new DomainError('NOT_FOUND');
    return { answer: undefined, subject: { type: 'fact', id: input.factId }, data: { dropped: true } };
  });
}

/** A party's own answer: true, or not. An agent answers only with the power to admit (民诉法 62, by analogy). */
export async function answerFact(
  ctx: Ctx<Extract<Principal, { kind: 'party' }>>,
  input: { sessionId: string; factId: string; agreed: boolean },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, session } = await authoriseSession(tx, ctx, 'confirm-facts', input.sessionId);
    const fact = await tx.fact.findFirst({
      where: { id: input.factId, caseId: session.caseId, droppedAt: null },
    });
    const partyId = await partyOf(tx, ctx.principal);
    if (!fact || !partyId) throw new DomainError('NOT_FOUND');
    const answer = { agreed: input.agreed, agentId: ctx.principal.agentId, at: ctx.deps.clock.now() };
    await tx.factAnswer.upsert({
      where: { courtId_factId_partyId: { courtId: session.courtId, factId: fact.id, partyId } },
      create: { courtId: session.courtId, factId: fact.id, partyId, ...answer },
      update: answer,
    });
    await appendAudit(tx, ctx, {
      action: 'confirm-facts',
      subject: { type: 'fact', id: fact.id },
      caseId: session.caseId,
      duty,
      data: { partyId, agreed: input.agreed },
      topics: [`session:${session.id}`],
    });
  });
}
