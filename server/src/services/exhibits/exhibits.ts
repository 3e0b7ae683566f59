import type { z } from 'zod';
import type { ExhibitView, MoveInput, ShowInput } from '../../contract/exhibit.ts';
import { DomainError } from '../../domain/errors.ts';
import { emitLive } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import { refuseDuringCaucus } from '../caucus/running-caucus.ts';
import type { Tx } from '../context.ts';
import { pagePictures } from '../documents/page-pictures.ts';
import type { Person } from '../record/open-record.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { mySeat } from '../session/my-seat.ts';
import { transact } from '../transact.ts';

const PAGE_WIDTH = 1200;
type Address = { sessionId: string; exhibitId: string };

/**
 * Shows one paper or photo of the case to chosen seats, in place of the one before. Identity papers are never shown
 * (FORBIDDEN); while a private talk runs nothing is (CAUCUS_RUNNING).
 */
export function showExhibit(
  ctx: Staff,
  input: { sessionId: string } & z.infer<typeof ShowInput>,
): Promise<{ exhibitId: string }> {
  return asHost(ctx, 'show-exhibit', input.sessionId, async (tx, { session }) => {
    if (session.status !== 'OPEN' && session.status !== 'CHECKING')
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    await refuseDuringCaucus(tx, session.caseId);
    const attachment = await tx.attachment.findFirst({
      where: { id: input.attachmentId, caseId: session.caseId },
    });
    if (!attachment) throw new DomainError('NOT_FOUND');
    if (attachment.kind === 'IDENTITY') throw new DomainError('FORBIDDEN', { reason: 'identity' });
    // The record names it.
    ctx.deps.documents.checkText(attachment.name);
    const chosen = await tx.seat.findMany({
      where: {
        id: { in: input.seatIds },
        sessionId: session.id,
        admissions: { some: {} },
        denials: { none: { liftedAt: null } },
      },
      select: { id: true },
    });
    if (chosen.length !== new Set(input.seatIds).size) throw new DomainError('NOT_ADMITTED');
    const own = await mySeat(tx, ctx, session.id);
    const now = ctx.deps.clock.now();
    await tx.exhibit.updateMany({
      where: { sessionId: session.id, endedAt: null },
      data: { endedAt: now },
    });
    const exhibit = await tx.exhibit.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        attachmentId: attachment.id,
        byId: ctx.principal.staffUserId,
        shownTo: [...new Set([...chosen.map((s) => s.id), own.id])],
        startedAt: now,
      },
    });
    return {
      answer: { exhibitId: exhibit.id },
      subject: { type: 'exhibit', id: exhibit.id },
      data: { attachmentId: attachment.id, sha256: attachment.sha256, seats: input.seatIds },
    };
  });
}

/** Page and pointer for everybody who sees it; whoever shows it moves them. */
export async function moveExhibit(ctx: Staff, input: Address & z.infer<typeof MoveInput>): Promise<void> {
  await transact(ctx, async (tx) => {
    const { session } = await authoriseSession(tx, ctx, 'show-exhibit', input.sessionId);
    const shown = await tx.exhibit.findFirst({
      where: { id: input.exhibitId, sessionId: session.id, byId: ctx.principal.staffUserId, endedAt: null },
      include: { attachment: { select: { pages: true } } },
    });
    if (!shown) throw new DomainError('NOT_FOUND');
    if (input.page > shown.attachment.pages) throw new DomainError('BAD_REQUEST', { fields: ['page'] });
    await tx.exhibit.update({
      where: { id: shown.id },
      data: {
        page: input.page,
        pointerX: input.pointer?.x ?? null,
        pointerY: input.pointer?.y ?? null,
      },
    });
    // Only that something moved: where is for those who may see the paper.
    await emitLive(tx, [`session:${session.id}`], 'exhibit.moved');
  });
}

/** Takes it away again. */
export function hideExhibit(ctx: Staff, input: Address): Promise<void> {
  return asHost(ctx, 'show-exhibit', input.sessionId, async (tx, { session }) => {
    const hidden = await tx.exhibit.updateMany({
      where: { id: input.exhibitId, sessionId: session.id, endedAt: null },
      data: { endedAt: ctx.deps.clock.now() },
    });
    if (hidden.count !== 1) throw new DomainError('NOT_FOUND');
    return { answer: undefined, subject: { type: 'exhibit', id: input.exhibitId }, data: { hidden: true } };
  });
}

/** What is shown to the asking seat now; to every other seat there is nothing. */
export async function readExhibit(ctx: Person, sessionId: string): Promise<ExhibitView> {
  return transact(ctx, async (tx) => {
    const shown = await shownTo(tx, ctx, sessionId);
    if (!shown) return { shown: null };
    const { exhibit } = shown;
    const { pointerX: x, pointerY: y } = exhibit;
    return {
      shown: {
        id: exhibit.id,
        name: exhibit.attachment.name,
        pages: exhibit.attachment.pages,
        page: exhibit.page,
        pointer: x === null || y === null ? null : { x, y },
        by: exhibit.by.name,
        mine: ctx.principal.kind === 'staff' && exhibit.byId === ctx.principal.staffUserId,
        seenBy: ctx.principal.kind === 'staff' ? [...new Set(exhibit.sights.map((sight) => sight.name))] : [],
      },
    };
  });
}

/** The picture of one page, for seats that it is shown to; who sits there has seen it from now on. */
export async function readExhibitPage(
  ctx: Person,
  input: Address & { page: number },
): Promise<{ bytes: Uint8Array; mime: string }> {
  const { attachment } = await transact(ctx, async (tx) => {
    const shown = await shownTo(tx, ctx, input.sessionId);
    if (shown?.exhibit.id !== input.exhibitId) throw new DomainError('NOT_FOUND');
    const { exhibit, seat } = shown;
    const people = await tx.attendee.findMany({ where: { seatId: seat.id, leftAt: null } });
    const names = people.map((p) => p.name);
    const fresh = names.filter((n) => !exhibit.sights.some((s) => s.seatId === seat.id && s.name === n));
    if (fresh.length > 0) {
      const at = ctx.deps.clock.now();
      await tx.exhibitSight.createMany({
        data: fresh.map((name) => ({
          courtId: exhibit.courtId,
          exhibitId: exhibit.id,
          seatId: seat.id,
          name,
          at,
        })),
        skipDuplicates: true,
      });
      await emitLive(tx, [`session:${input.sessionId}`], 'exhibit.seen');
    }
    return exhibit;
  });
  if (attachment.mime !== 'application/pdf') {
    if (input.page !== 1 || !attachment.derivativeKey) throw new DomainError('NOT_FOUND');
    return { bytes: await ctx.deps.storage.get(attachment.derivativeKey), mime: 'image/webp' };
  }
  const pictures = await pagePictures(ctx, {
    key: attachment.storageKey,
    sha256: attachment.sha256,
    widthPx: PAGE_WIDTH,
  });
  const picture = pictures[input.page - 1];
  if (!picture) throw new DomainError('NOT_FOUND');
  return { bytes: picture, mime: 'image/png' };
}

async function shownTo(tx: Tx, ctx: Person, sessionId: string) {
  const { session } = await authoriseSession(tx, ctx, 'read-session', sessionId);
  const seat = await mySeat(tx, ctx, session.id);
  const exhibit = await tx.exhibit.findFirst({
    where: {
      sessionId: session.id,
      endedAt: null,
      session: { status: { in: ['CHECKING', 'OPEN', 'PAUSED'] } },
    },
    include: { attachment: true, by: true, sights: true },
  });
  if (!exhibit || !(exhibit.shownTo as string[]).includes(seat.id)) return null;
  const removed = await tx.denial.count({ where: { seatId: seat.id, liftedAt: null } });
  return removed > 0 ? null : { exhibit, seat };
}
