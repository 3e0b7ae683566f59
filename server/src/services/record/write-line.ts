import { DomainError } from '../../domain/errors.ts';
import { nextRecordStatus } from '../../domain/record/lifecycle.ts';
import type { Tx } from '../context.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { openRecord } from './open-record.ts';

const begun = ['CHECKING', 'OPEN', 'PAUSED', 'ONSITE', 'ENDED'];

/** Types one line, with who said it and the time; one taken over from drafts has the time at which it was said. */
export async function addLine(
  ctx: Staff,
  input: { sessionId: string; speaker: string; text: string; drafts: string[] },
): Promise<{ lineId: string }> {
  const store = ctx.deps.transcription?.drafts;
  const heard = store?.of(input.sessionId)?.lines.find((line) => input.drafts.includes(line.id));
  const added = await asHost(ctx, 'write-record', input.sessionId, async (tx, { session }) => {
    if (!begun.includes(session.status))
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    await requireWriting(tx, session);
    const last = await tx.recordLine.aggregate({
      where: { sessionId: session.id },
      _max: { position: true },
    });
    const line = await tx.recordLine.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        authorId: ctx.principal.staffUserId,
        position: (last._max.position ?? 0) + 1,
        at: heard?.at ?? ctx.deps.clock.now(),
        kind: input.speaker ? 'SAID' : 'NOTE',
        speaker: input.speaker || null,
        text: input.text,
      },
    });
    return {
      answer: { lineId: line.id },
      subject: { type: 'record-line', id: line.id },
      personal: { text: input.text },
    };
  });
  if (heard) store?.drop(input.sessionId, input.drafts);
  return added;
}

/** Corrects a line before it is read out; its time stays. What it said before stays in the audit log. */
export function correctLine(
  ctx: Staff,
  input: { sessionId: string; lineId: string; speaker: string; text: string },
): Promise<void> {
  return asHost(ctx, 'write-record', input.sessionId, async (tx, { session }) => {
    await requireWriting(tx, session);
    await lineOf(tx, input);
    await tx.recordLine.update({
      where: { id: input.lineId },
      data: {
        kind: input.speaker ? 'SAID' : 'NOTE',
        speaker: input.speaker || null,
        text: input.text,
      },
    });
    return {
      answer: undefined,
      subject: { type: 'record-line', id: input.lineId },
      data: { corrected: true },
      personal: { text: input.text },
    };
  });
}

/** Strikes a line before it is read out. */
export function strikeLine(ctx: Staff, input: { sessionId: string; lineId: string }): Promise<void> {
  return asHost(ctx, 'write-record', input.sessionId, async (tx, { session }) => {
    await requireWriting(tx, session);
    await lineOf(tx, input);
    await tx.recordLine.update({ where: { id: input.lineId }, data: { struckAt: ctx.deps.clock.now() } });
    return {
      answer: undefined,
      subject: { type: 'record-line', id: input.lineId },
      data: { struck: true },
    };
  });
}

async function requireWriting(tx: Tx, session: { id: string; courtId: string }): Promise<void> {
  const record = await openRecord(tx, session, 'TALKS');
  nextRecordStatus(record.status, 'write');
}

async function lineOf(tx: Tx, input: { sessionId: string; lineId: string }) {
  const line = await tx.recordLine.findFirst({
    where: { id: input.lineId, sessionId: input.sessionId, struckAt: null, kind: { in: ['SAID', 'NOTE'] } },
  });
  if (!line) throw new DomainError('NOT_FOUND');
}
