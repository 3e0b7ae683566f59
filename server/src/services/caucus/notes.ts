import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { CaucusNotes } from '../../contract/caucus.ts';
import { DomainError } from '../../domain/errors.ts';
import { authoriseSession } from '../authorise.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { transact } from '../transact.ts';
import type { CaucusPeople } from './running-caucus.ts';

const address = (courtId: string, rowId: string) => ({
  courtId,
  table: 'CaucusNote',
  rowId,
  column: 'textEnc',
});

/** Keeps the mediator's note of a private talk that they hold: sealed at rest, and the log says only that there is one. */
export function keepNote(
  ctx: Staff,
  input: { sessionId: string; caucusId: string; text: string },
): Promise<void> {
  return asHost(ctx, 'keep-caucus-note', input.sessionId, async (tx, { session }) => {
    const { staffUserId: authorId, courtId } = ctx.principal;
    const caucus = await tx.caucus.findFirst({
      where: { id: input.caucusId, sessionId: session.id, byId: authorId, kind: 'TALK' },
    });
    if (!caucus) throw new DomainError('NOT_FOUND');
    const there = await tx.caucusNote.findFirst({ where: { caucusId: caucus.id, authorId } });
    const id = there?.id ?? randomUUID();
    const textEnc = Buffer.from(ctx.deps.cipher.encrypt(address(courtId, id), input.text));
    const at = ctx.deps.clock.now();
    await tx.caucusNote.upsert({
      where: { id },
      create: { id, courtId, caucusId: caucus.id, authorId, textEnc, at },
      update: { textEnc, at },
    });
    return { answer: undefined, subject: { type: 'caucus', id: caucus.id } };
  });
}

/** One's own notes of this session's private talks: nobody else's, whatever the duty. */
export async function readNotes(ctx: Staff, sessionId: string): Promise<z.infer<typeof CaucusNotes>> {
  return transact(ctx, async (tx) => {
    await authoriseSession(tx, ctx, 'keep-caucus-note', sessionId);
    const { staffUserId: authorId, courtId } = ctx.principal;
    const held = await tx.caucus.findMany({
      where: { sessionId, byId: authorId, kind: 'TALK' },
      orderBy: { startedAt: 'asc' },
      include: { notes: { where: { authorId } } },
    });
    return held.map((caucus) => {
      const note = caucus.notes[0];
      return {
        caucusId: caucus.id,
        since: caucus.startedAt.toISOString(),
        until: caucus.endedAt?.toISOString() ?? null,
        hears: (caucus.members as CaucusPeople).hears,
        text: note ? ctx.deps.cipher.decrypt(address(courtId, note.id), note.textEnc) : '',
      };
    });
  });
}
