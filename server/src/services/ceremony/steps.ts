import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { DeclineInput, InkInput, QuestionsInput, ReadInput } from '../../contract/ceremony.ts';
import type { CeremonyStepKind } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { transitionAgreement } from '../agreement/transition-agreement.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { endApplication } from '../confirmation/end-application.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { authoriseSlot } from './authorise-slot.ts';

type Place = { caseId: string; fieldName: string };
type Authorised = Awaited<ReturnType<typeof authoriseSlot>>;

/** First step: the signer has the agreement before them. */
export function openSigning(ctx: Ctx, place: Place): Promise<void> {
  return takeStep(ctx, place, 'OPENED', () => ({
    via: ctx.principal.kind === 'party' ? ctx.principal.via : 'STAFF',
  }));
}

/** The whole text was read. VERSION_CHANGED when the browser's own hash is not that of the frozen text. */
export function recordReading(ctx: Ctx, place: Place, input: z.infer<typeof ReadInput>): Promise<void> {
  return takeStep(ctx, place, 'READ', ({ ceremony }) => {
    if (input.textSha256 !== ceremony.version.canonicalSha256) throw new DomainError('VERSION_CHANGED');
    return { textSha256: input.textSha256, how: input.how, language: input.language ?? null };
  });
}

/**
 * The three voluntariness questions. A no is recorded, stops this signer (CEREMONY_STEP_MISSING from then on) and
 * is shown to the mediator; answering anew after a talk is possible.
 */
export async function answerQuestions(
  ctx: Ctx,
  place: Place,
  input: z.infer<typeof QuestionsInput>,
): Promise<{ stopped: boolean }> {
  const stopped = !(input.understood && input.free && input.unpressed);
  if (!stopped) {
    await takeStep(ctx, place, 'QUESTIONS', () => ({ ...input }));
    return { stopped };
  }
  await transact(ctx, async (tx) => {
    const authorised = await authoriseSlot(tx, ctx, place, 'QUESTIONS');
    await audit(tx, ctx, authorised, 'answered-no', { ...input });
  });
  return { stopped };
}

/** Fresh strokes, not a line or a dot: enough points, enough extent. BAD_REQUEST says write again. */
export function recordInk(ctx: Ctx, place: Place, ink: z.infer<typeof InkInput>): Promise<void> {
  const points = ink.strokes.flat();
  const extent = (axis: 0 | 1) =>
    Math.max(...points.map((p) => p[axis])) - Math.min(...points.map((p) => p[axis]));
  if (points.length < 12 || points.length > 20_000 || extent(0) < 0.08 || extent(1) < 0.08) {
    throw new DomainError('BAD_REQUEST', { fields: ['strokes'], reason: 'not-legible' });
  }
  const json = JSON.stringify(ink);
  const inkSha256 = createHash('sha256').update(json).digest('hex');
  return takeStep(ctx, place, 'INK', async ({ slot }, tx) => {
    const at = { courtId: slot.courtId, table: 'Signature', rowId: slot.id, column: 'inkEnc' };
    const inkEnc = Buffer.from(ctx.deps.cipher.encrypt(at, json));
    await tx.signature.update({ where: { id: slot.id }, data: { inkEnc } });
    return { inkSha256, points: points.length };
  });
}

/**
 * Declines to sign, at any step, with a reason. The agreement ends as REFUSED with its own code; what others signed
 * and every step so far stay as evidence.
 */
export async function declineSigning(
  ctx: Ctx,
  place: Place,
  input: z.infer<typeof DeclineInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const authorised = await authoriseSlot(tx, ctx, place, 'OPENED');
    const { slot, ceremony } = authorised;
    const at = ctx.deps.clock.now();
    await addStep(tx, authorised, 'DECLINED', {});
    await tx.signature.update({
      where: { id: slot.id },
      data: { declinedAt: at, declineReason: input.reason },
    });
    if (ceremony.application) await endApplication(tx, ctx, ceremony.application, input.reason);
    else await transitionAgreement(tx, ceremony.agreement, 'refuse');
    await audit(tx, ctx, authorised, 'declined', {}, { reason: input.reason });
  });
}

async function takeStep(
  ctx: Ctx,
  place: Place,
  kind: CeremonyStepKind,
  work: (authorised: Authorised, tx: Tx) => Prisma.InputJsonObject | Promise<Prisma.InputJsonObject>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const authorised = await authoriseSlot(tx, ctx, place, kind);
    const data = await work(authorised, tx);
    await addStep(tx, authorised, kind, data);
    await audit(tx, ctx, authorised, kind.toLowerCase(), data);
  });
}

/** Persists one step. Real time: what the ceremony proves does not follow a shifted domain clock. */
export async function addStep(
  tx: Tx,
  { slot }: Pick<Authorised, 'slot'>,
  kind: CeremonyStepKind,
  data: Prisma.InputJsonObject,
): Promise<void> {
  await tx.ceremonyStep.create({
    data: {
      courtId: slot.courtId,
      versionId: slot.versionId,
      fieldName: slot.fieldName,
      kind,
      at: new Date(),
      data,
    },
  });
}

function audit(
  tx: Tx,
  ctx: Ctx,
  { slot, duty, ceremony }: Authorised,
  what: string,
  data: Record<string, unknown>,
  personal: Record<string, string> = {},
): Promise<void> {
  return appendAudit(tx, ctx, {
    action: `system:ceremony-${what}`,
    subject: { type: 'signature', id: slot.id },
    caseId: ceremony.agreement.caseId,
    duty,
    data: { ...data, field: slot.fieldName, role: slot.role, versionId: slot.versionId },
    personal,
  });
}
