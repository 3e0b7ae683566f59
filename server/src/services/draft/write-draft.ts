import * as Y from 'yjs';
import type { DraftContent } from '../../contract/draft.ts';
import type { DraftSource } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Agreement } from '../../generated/prisma/client.ts';
import { openAgreement } from '../agreement/open-agreement.ts';
import { emitLive } from '../audit/append-audit.ts';
import type { Ctx, Tx } from '../context.ts';
import { mergeUpdate, openDraft, writersOf } from './draft-document.ts';

/** Whose change it is: a member of staff, or the side whose offer was accepted. */
export type DraftAuthor = { source: DraftSource; staffAuthorId: string | null; partyAuthorId: string | null };

/** The case's living agreement, opened when there is none, under its row lock. */
export async function lockAgreement(tx: Tx, courtId: string, caseId: string): Promise<Agreement> {
  const { id } = await openAgreement(tx, courtId, caseId);
  await tx.$queryRaw`SELECT id FROM "Agreement" WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.agreement.findUniqueOrThrow({ where: { id } });
}

/** The same for acts that only a text being drafted allows: ILLEGAL_TRANSITION once it is frozen. */
export async function lockDraft(tx: Tx, courtId: string, caseId: string): Promise<Agreement> {
  const agreement = await lockAgreement(tx, courtId, caseId);
  if (agreement.status !== 'DRAFTING')
    throw new DomainError('ILLEGAL_TRANSITION', { status: agreement.status });
  return agreement;
}

/**
 * Stores one update on the locked agreement, stamped with its author, and tells the text's topic its number; its words
 * never travel in events. DRAFT_INVALID stores nothing: wrong bytes or values, or words in another author's name.
 */
export async function storeUpdate(
  tx: Tx,
  ctx: Ctx,
  agreement: Agreement,
  update: Uint8Array,
  author: DraftAuthor,
): Promise<{ seq: number; content: DraftContent }> {
  const { state, content } = mergeUpdate(agreement.draftState, update);
  const clients = await newWriters(tx, agreement, update, author);
  const seq = agreement.draftSeq + 1;
  await tx.agreement.update({
    where: { id: agreement.id },
    data: { draftState: Buffer.from(state), draftSeq: seq },
  });
  await tx.draftUpdate.create({
    data: {
      courtId: agreement.courtId,
      agreementId: agreement.id,
      ...author,
      clients,
      seq,
      bytes: Buffer.from(update),
      at: ctx.deps.clock.now(),
    },
  });
  await emitLive(tx, [`draft:${agreement.caseId}`], 'draft.update', { seq });
  return { seq, content };
}

/** Writers (Yjs client numbers) in the update that no earlier one has. A known one belongs to its author for good. */
async function newWriters(
  tx: Tx,
  agreement: Agreement,
  update: Uint8Array,
  author: DraftAuthor,
): Promise<bigint[]> {
  const writers = writersOf(agreement.draftState, update).map(BigInt);
  if (writers.length === 0) return [];
  const earlier = await tx.draftUpdate.findMany({
    where: { agreementId: agreement.id, clients: { hasSome: writers } },
    select: { clients: true, staffAuthorId: true, partyAuthorId: true },
  });
  if (
    earlier.some((e) => e.staffAuthorId !== author.staffAuthorId || e.partyAuthorId !== author.partyAuthorId)
  )
    throw new DomainError('DRAFT_INVALID', { reason: 'author' });
  const known = new Set(earlier.flatMap((e) => e.clients));
  return writers.filter((writer) => !known.has(writer));
}

/** Changes the locked draft by `change` and stores what that makes as one update. */
export async function changeDraft(
  tx: Tx,
  ctx: Ctx,
  agreement: Agreement,
  author: DraftAuthor,
  change: (doc: Y.Doc) => void,
): Promise<{ seq: number; content: DraftContent }> {
  const doc = openDraft(agreement.draftState);
  const before = Y.encodeStateVector(doc);
  doc.transact(() => change(doc));
  return storeUpdate(tx, ctx, agreement, Y.encodeStateAsUpdate(doc, before), author);
}
