import type { z } from 'zod';
import type { ConfirmationWay, RecordKind } from '../../contract/enums.ts';
import { type GivenWord, type Objection, RecordContent, type WordNoteInput } from '../../contract/record.ts';
import { DomainError } from '../../domain/errors.ts';
import { nextRecordStatus } from '../../domain/record/lifecycle.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { canonicalSha256 } from '../agreement/canonical-text.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { transact } from '../transact.ts';
import { openRecord, type Person, personKeyOf, transitionRecord } from './open-record.ts';

type Address = { sessionId: string; kind: RecordKind };

/**
 * “笔录已向我宣读，与我所述一致”: one person's word on the whole, once, bound to exactly the text that was read out.
 * VERSION_CHANGED for any other text, FORBIDDEN for somebody who did not take part, CONFLICT the second time. The
 * sheet of undisputed facts is an admission: an agent needs special authority for it.
 */
export async function confirmRecord(ctx: Person, input: Address & { contentSha256: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const action = input.kind === 'FACTS' ? ('confirm-facts' as const) : ('confirm-record' as const);
    const { duty, session } = await authoriseSession(tx, ctx, action, input.sessionId);
    const record = await openRecord(tx, session, input.kind);
    nextRecordStatus(record.status, 'give-word');
    if (record.contentSha256 !== input.contentSha256) throw new DomainError('VERSION_CHANGED');
    const key = personKeyOf(ctx.principal);
    const person = contentOf(record).people.find((p) => p.key === key);
    if (!person) throw new DomainError('FORBIDDEN', { reason: 'not-present' });
    const handedOver = ctx.principal.kind === 'party' && ctx.principal.via === 'HAND_OVER';
    await writeWord(tx, ctx, record, {
      ...person,
      way: handedOver ? 'HANDED_OVER' : 'OWN_SCREEN',
      note: null,
      recordedById: null,
    });
    await appendAudit(tx, ctx, {
      action,
      subject: { type: 'record', id: record.id },
      caseId: session.caseId,
      duty,
      data: { kind: input.kind, contentSha256: input.contentSha256, person: key, handedOver },
      topics: [`session:${session.id}`],
    });
  });
}

/**
 * Entered by staff for somebody without a screen of their own who confirmed in person, who refuses, or who has left.
 * Parties and agents always confirm by themselves. The sheet of undisputed facts needs everybody's own word.
 */
export function noteWord(ctx: Staff, input: Address & z.infer<typeof WordNoteInput>): Promise<void> {
  return asHost(ctx, 'note-confirmation', input.sessionId, async (tx, { session }) => {
    const record = await openRecord(tx, session, input.kind);
    nextRecordStatus(record.status, 'give-word');
    if (input.kind === 'FACTS') throw new DomainError('FORBIDDEN', { reason: 'own-word' });
    const person = contentOf(record).people.find((p) => p.key === input.key);
    if (!person) throw new DomainError('NOT_FOUND');
    if (input.way === 'IN_PERSON' && !person.key.startsWith('name:'))
      throw new DomainError('FORBIDDEN', { reason: 'own-word' });
    await writeWord(tx, ctx, record, {
      ...person,
      way: input.way,
      note: input.note,
      recordedById: ctx.principal.staffUserId,
    });
    return {
      answer: undefined,
      subject: { type: 'record', id: record.id },
      data: { kind: input.kind, person: person.key, way: input.way },
      personal: { note: input.note },
    };
  });
}

/** Opened again to put something right: every word given falls, and it is read out once more. */
export function reopenRecord(ctx: Staff, input: Address): Promise<void> {
  return asHost(ctx, 'reopen-record', input.sessionId, async (tx, { session }) => {
    const record = await openRecord(tx, session, input.kind);
    nextRecordStatus(record.status, 'reopen');
    const fallen = await tx.recordConfirmation.updateMany({
      where: { recordId: record.id, fallenAt: null },
      data: { fallenAt: ctx.deps.clock.now() },
    });
    await transitionRecord(tx, record, 'reopen', {
      content: Prisma.DbNull,
      contentSha256: null,
      readAt: null,
      language: null,
      reader: null,
      result: session.result,
    });
    return {
      answer: undefined,
      subject: { type: 'record', id: record.id },
      data: { kind: input.kind, fallen: fallen.count },
    };
  });
}

/** Objects to one line; the objection is written in beside it, and nothing of the line is lost. */
export async function objectToLine(
  ctx: Person,
  input: { sessionId: string; line: string; text: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, session } = await authoriseSession(tx, ctx, 'object-to-record', input.sessionId);
    const record = await openRecord(tx, session, 'TALKS');
    nextRecordStatus(record.status, 'object');
    const content = contentOf(record);
    const key = personKeyOf(ctx.principal);
    const person = content.people.find((p) => p.key === key);
    if (!person) throw new DomainError('FORBIDDEN', { reason: 'not-present' });
    if (content.kind !== 'TALKS' || !content.lines.some((line) => line.id === input.line))
      throw new DomainError('NOT_FOUND');
    const given = await tx.recordConfirmation.count({
      where: { recordId: record.id, personKey: person.key, fallenAt: null },
    });
    if (given > 0) throw new DomainError('CONFLICT', { reason: 'confirmed' });
    const last = await tx.recordLine.aggregate({
      where: { sessionId: session.id },
      _max: { position: true },
    });
    const row = await tx.recordLine.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        authorId: ctx.principal.kind === 'staff' ? ctx.principal.staffUserId : null,
        position: (last._max.position ?? 0) + 1,
        at: ctx.deps.clock.now(),
        kind: 'OBJECTION',
        speaker: person.name,
        text: input.text,
        line: input.line,
        personKey: person.key,
      },
    });
    await appendAudit(tx, ctx, {
      action: 'object-to-record',
      subject: { type: 'record-line', id: row.id },
      caseId: session.caseId,
      duty,
      data: { line: input.line, person: person.key },
      personal: { text: input.text },
      topics: [`session:${session.id}`],
    });
  });
}

type Row = Awaited<ReturnType<typeof openRecord>>;

/** The text that was read out. */
export function contentOf(record: { content: unknown }): RecordContent {
  return RecordContent.parse(record.content);
}

async function writeWord(
  tx: Tx,
  ctx: Ctx,
  record: Row,
  word: {
    key: string;
    name: string;
    duty: GivenWord['duty'];
    way: ConfirmationWay;
    note: string | null;
    recordedById: string | null;
  },
): Promise<void> {
  const { key, ...rest } = word;
  const at = ctx.deps.clock.now();
  await tx.recordConfirmation.create({
    data: {
      courtId: record.courtId,
      recordId: record.id,
      personKey: key,
      ...rest,
      contentSha256: record.contentSha256 ?? '',
      at,
    },
  });
  const words = await wordsOf(tx, record.id);
  const content = contentOf(record);
  if (!content.people.every((p) => words.some((w) => w.key === p.key))) return;
  const objections = await objectionsOf(tx, record);
  await transitionRecord(tx, record, 'complete', {
    confirmedAt: at,
    finalSha256: canonicalSha256({ content, objections, words }),
  });
  await ctx.deps.jobs.enqueue(tx, 'record.draw', { courtId: record.courtId, recordId: record.id });
}

/** Every word that stands, in the order given. */
export async function wordsOf(tx: Tx, recordId: string): Promise<GivenWord[]> {
  const rows = await tx.recordConfirmation.findMany({
    where: { recordId, fallenAt: null },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({
    key: row.personKey,
    name: row.name,
    duty: row.duty,
    way: row.way,
    note: row.note,
    at: row.at.toISOString(),
  }));
}

/** Objections that are written in. */
export async function objectionsOf(
  tx: Tx,
  record: { sessionId: string; kind: RecordKind },
): Promise<Objection[]> {
  if (record.kind !== 'TALKS') return [];
  const rows = await tx.recordLine.findMany({
    where: { sessionId: record.sessionId, kind: 'OBJECTION' },
    orderBy: { position: 'asc' },
  });
  return rows.map((row) => ({
    line: row.line ?? '',
    name: row.speaker ?? '',
    text: row.text,
    at: row.at.toISOString(),
  }));
}
