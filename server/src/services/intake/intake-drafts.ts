import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { IntakeContent, type IntakeDraftRow, type IntakeDraftView } from '../../contract/intake.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { transact } from '../transact.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;

/** How many a person may have open: a page left open by mistake fills nothing. */
const MOST_OPEN = 50;

const addressOf = (ctx: StaffCtx, id: string) => ({
  courtId: ctx.principal.courtId,
  table: 'IntakeDraft',
  rowId: id,
  column: 'dataEnc',
});
const sealed = (ctx: StaffCtx, id: string, content: IntakeContent) =>
  Buffer.from(ctx.deps.cipher.encrypt(addressOf(ctx, id), JSON.stringify(content)));
const opened = (ctx: StaffCtx, row: { id: string; dataEnc: Uint8Array }) =>
  IntakeContent.parse(JSON.parse(ctx.deps.cipher.decrypt(addressOf(ctx, row.id), row.dataEnc)));

/** A draft belongs to the person who types it, as long as they are director of its station. */
function mine(ctx: StaffCtx) {
  const stations = ctx.principal.duties.flatMap((d) =>
    d.duty === 'DIRECTOR' && d.stationId ? [d.stationId] : [],
  );
  return { staffUserId: ctx.principal.staffUserId, stationId: { in: stations } };
}

/** The asking person's open drafts, newest first. */
export async function listIntakeDrafts(ctx: StaffCtx): Promise<z.infer<typeof IntakeDraftRow>[]> {
  return transact(ctx, async (tx) => {
    authoriseCourt(ctx, 'register');
    const rows = await tx.intakeDraft.findMany({
      where: mine(ctx),
      include: { station: { select: { name: true } } },
      orderBy: { updatedAt: 'desc' },
    });
    return rows.map((row) => {
      const content = opened(ctx, row);
      return {
        id: row.id,
        stationId: row.stationId,
        stationName: row.station.name,
        names: content.parties.map((p) => p.name.trim()).filter((name) => name !== ''),
        disputeType: content.disputeType,
        updatedAt: row.updatedAt.toISOString(),
      };
    });
  });
}

/** One draft to go on with. NOT_FOUND for anybody else's. */
export async function readIntakeDraft(ctx: StaffCtx, id: string): Promise<z.infer<typeof IntakeDraftView>> {
  return transact(ctx, async (tx) => {
    authoriseCourt(ctx, 'register');
    const row = await tx.intakeDraft.findFirst({ where: { id, ...mine(ctx) } });
    if (!row) throw new DomainError('NOT_FOUND');
    return { id, stationId: row.stationId, version: row.version, content: opened(ctx, row) };
  });
}

/** The first save. NOT_FOUND for a station that is not the director's own. */
export async function startIntakeDraft(
  ctx: StaffCtx,
  input: { stationId: string; content: IntakeContent },
): Promise<{ id: string; version: number }> {
  return transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'register');
    const id = await insertDraft(tx, ctx, input.stationId, input.content);
    await appendAudit(tx, ctx, {
      action: 'register',
      subject: { type: 'intake-draft', id },
      duty,
      data: { draft: 'started' },
      topics: [`user:${ctx.principal.staffUserId}`],
    });
    return { id, version: 1 };
  });
}

/** One more draft of the asking director. NOT_FOUND for another's station, CONFLICT with too many open. */
export async function insertDraft(
  tx: Tx,
  ctx: StaffCtx,
  stationId: string,
  content: IntakeContent,
): Promise<string> {
  if (!mine(ctx).stationId.in.includes(stationId)) throw new DomainError('NOT_FOUND');
  if ((await tx.intakeDraft.count({ where: mine(ctx) })) >= MOST_OPEN)
    throw new DomainError('CONFLICT', { reason: 'too-many-drafts' });
  const id = randomUUID();
  const { courtId, staffUserId } = ctx.principal;
  const dataEnc = sealed(ctx, id, content);
  await tx.intakeDraft.create({ data: { id, courtId, staffUserId, stationId, dataEnc } });
  return id;
}

/**
 * Autosave. CONFLICT when another device has saved since, NOT_FOUND when the draft was registered or discarded there.
 * Single saves are no acts: the chain names when a draft began and how it ended.
 */
export async function saveIntakeDraft(
  ctx: StaffCtx,
  input: { id: string; version: number; content: IntakeContent },
): Promise<{ version: number }> {
  return transact(ctx, async (tx) => {
    authoriseCourt(ctx, 'register');
    const where = { id: input.id, ...mine(ctx) };
    const saved = await tx.intakeDraft.updateMany({
      where: { ...where, version: input.version },
      data: { dataEnc: sealed(ctx, input.id, input.content), version: { increment: 1 } },
    });
    if (saved.count === 0)
      throw new DomainError((await tx.intakeDraft.count({ where })) > 0 ? 'CONFLICT' : 'NOT_FOUND');
    return { version: input.version + 1 };
  });
}

/** Throws a draft away for good. */
export async function discardIntakeDraft(ctx: StaffCtx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'register');
    const gone = await tx.intakeDraft.deleteMany({ where: { id, ...mine(ctx) } });
    if (gone.count === 0) throw new DomainError('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'register',
      subject: { type: 'intake-draft', id },
      duty,
      data: { draft: 'discarded' },
      topics: [`user:${ctx.principal.staffUserId}`],
    });
  });
}

/** Part of registering: the draft becomes the case. CONFLICT when another device has registered or discarded it. */
export async function endDraft(tx: Tx, ctx: StaffCtx, id: string): Promise<void> {
  const gone = await tx.intakeDraft.deleteMany({ where: { id, ...mine(ctx) } });
  if (gone.count === 0) throw new DomainError('CONFLICT', { reason: 'draft-ended' });
}
