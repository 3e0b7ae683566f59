import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { MessageInput, MessageView } from '../../contract/caucus.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Message } from '../../generated/prisma/client.ts';
import { refuseWhenApart } from '../apart/second-room.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import type { Deps, Tx } from '../context.ts';
import type { Person } from '../record/open-record.ts';
import { isHostSeat } from '../session/host-seat.ts';
import { mySeat } from '../session/my-seat.ts';
import { refuseObserver } from '../session/raise-hand.ts';
import { transact } from '../transact.ts';
import { runningCaucus } from './running-caucus.ts';

/** The text of a message, opened. */
export function messageText(deps: Deps, row: Message): string {
  const at = { courtId: row.courtId, table: 'Message', rowId: row.id, column: 'textEnc' };
  return deps.cipher.decrypt(at, row.textEnc);
}

/**
 * A text message: to all (part of the record), to the host alone, or inside a private talk. Whoever is in a private
 * talk writes there and nowhere else; others cannot write into it (FORBIDDEN).
 */
export async function sendMessage(
  ctx: Person,
  input: { sessionId: string } & z.infer<typeof MessageInput>,
): Promise<{ messageId: string }> {
  if (input.to === 'ALL') ctx.deps.documents.checkText(input.text);
  return transact(ctx, async (tx) => {
    const { duty, session } = await authoriseSession(tx, ctx, 'send-message', input.sessionId);
    if (session.status !== 'OPEN') throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    // What one side writes to all would reach the other: it goes to the host, who carries it over.
    if (ctx.principal.kind === 'party' && input.to === 'ALL') await refuseWhenApart(tx, ctx, session.caseId);
    const seat = await mySeat(tx, ctx, session.id);
    refuseObserver(seat);
    await requireInside(tx, seat.id);
    const running = await runningCaucus(tx, { sessionId: session.id });
    const inside = running?.seats.some((s) => s.seatId === seat.id) ?? false;
    if ((input.to === 'CAUCUS') !== inside) throw new DomainError('FORBIDDEN', { reason: 'caucus' });
    const id = randomUUID();
    const at = { courtId: session.courtId, table: 'Message', rowId: id, column: 'textEnc' };
    await tx.message.create({
      data: {
        id,
        courtId: session.courtId,
        sessionId: session.id,
        seatId: seat.id,
        caucusId: inside ? (running?.id ?? null) : null,
        to: input.to,
        name: ctx.principal.name,
        textEnc: Buffer.from(ctx.deps.cipher.encrypt(at, input.text)),
        at: ctx.deps.clock.now(),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'send-message',
      subject: { type: 'message', id },
      caseId: session.caseId,
      duty,
      data: { to: input.to },
      topics: [`session:${session.id}`],
    });
    return { messageId: id };
  });
}

/** Messages that the asking seat may read. Those of a private talk only inside it, and only while it runs. */
export async function readMessages(ctx: Person, sessionId: string): Promise<z.infer<typeof MessageView>[]> {
  return transact(ctx, async (tx) => {
    const { session } = await authoriseSession(tx, ctx, 'read-session', sessionId);
    const seat = await mySeat(tx, ctx, session.id);
    await requireInside(tx, seat.id);
    const running = await runningCaucus(tx, { sessionId });
    const inside = running?.seats.some((s) => s.seatId === seat.id) ? running.id : null;
    const seats = await tx.seat.findMany({ where: { sessionId }, select: { staffUserId: true } });
    const host = isHostSeat({ hostId: session.hostId, seats }, seat);
    const rows = await tx.message.findMany({
      where: {
        sessionId,
        OR: [
          { to: 'ALL' },
          { to: 'HOST', ...(host ? {} : { seatId: seat.id }) },
          ...(inside ? [{ to: 'CAUCUS' as const, caucusId: inside }] : []),
        ],
      },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    return rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      to: row.to,
      name: row.name,
      text: messageText(ctx.deps, row),
      mine: row.seatId === seat.id,
    }));
  });
}

async function requireInside(tx: Tx, seatId: string): Promise<void> {
  const seat = await tx.seat.findUniqueOrThrow({
    where: { id: seatId },
    include: { admissions: { take: 1 }, denials: { where: { liftedAt: null } } },
  });
  if (seat.denials.length > 0) throw new DomainError('REMOVED_FROM_SESSION');
  if (seat.admissions.length === 0) throw new DomainError('NOT_ADMITTED');
}
