import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { LiftInput, ProtectInput } from '../../contract/apart.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { closeCaucusesOf } from '../caucus/end-caucus.ts';
import type { Ctx, Tx } from '../context.ts';
import { currentFlags } from '../flags/case-flags.ts';
import { everybodyOf } from '../procedure/suspend.ts';
import type { Staff } from '../session/as-host.ts';
import { transact } from '../transact.ts';
import { keepRoomsApart, lockCase, standing } from './second-room.ts';

const living = { notIn: ['ENDED', 'CANCELLED'] } satisfies Prisma.EnumSessionStatusFilter;
export const noteAddress = (courtId: string, rowId: string) => ({
  courtId,
  table: 'Protection',
  rowId,
  column: 'noteEnc',
});

/**
 * From this commit on the sides of the case never share a room (反家庭暴力法 29 where there is a protection order): a
 * session that runs is parted at once, and handed-over screens of the case go back. CONFLICT for a person who is protected already; KEPT_APART while both sides sit
 * at one screen, or are in one place: then the talks are paused or ended first.
 */
export async function protectPerson(
  ctx: Staff,
  input: { caseId: string } & z.output<typeof ProtectInput>,
): Promise<{ protectionId: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'protect-person', input.caseId);
    const party = await tx.party.findFirst({ where: { id: input.partyId, caseId: theCase.id } });
    if (!party) throw new DomainError('NOT_FOUND');
    await lockCase(tx, theCase.id);
    if (await tx.protection.count({ where: { caseId: theCase.id, partyId: party.id, ...standing } }))
      throw new DomainError('CONFLICT');
    const id = randomUUID();
    const { cipher } = ctx.deps;
    await tx.protection.create({
      data: {
        id,
        courtId: theCase.courtId,
        caseId: theCase.id,
        partyId: party.id,
        because: input.because,
        noteEnc: input.note
          ? Buffer.from(cipher.encrypt(noteAddress(theCase.courtId, id), input.note))
          : null,
        byId: ctx.principal.staffUserId,
        at: ctx.deps.clock.now(),
      },
    });
    const sessions = await tx.session.findMany({ where: { caseId: theCase.id, status: living } });
    if (sessions.some((session) => session.status === 'ONSITE')) throw new DomainError('KEPT_APART');
    for (const session of sessions) await keepRoomsApart(tx, ctx, session.id);
    // A screen in somebody's hands may stand in the wrong room by now: it is handed over again, by today's rule.
    await tx.partySession.updateMany({
      where: { caseId: theCase.id, kind: 'HAND_OVER', revokedAt: null },
      data: { revokedAt: ctx.deps.clock.now() },
    });
    await appendAudit(tx, ctx, {
      action: 'protect-person',
      subject: { type: 'party', id: party.id },
      caseId: theCase.id,
      duty,
      data: { because: input.because },
      topics: [...everybodyOf(theCase), ...sessions.map((session) => `session:${session.id}`)],
    });
    return { protectionId: id };
  });
}

/** A mediator or judge found that the sides may meet; the last protection lifted brings them into one room again. */
export async function liftProtection(
  ctx: Staff,
  input: { caseId: string; protectionId: string } & z.infer<typeof LiftInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'lift-protection', input.caseId);
    await lockCase(tx, theCase.id);
    const lifted = await tx.protection.updateMany({
      where: { id: input.protectionId, caseId: theCase.id, ...standing },
      data: { liftedAt: ctx.deps.clock.now(), liftedById: ctx.principal.staffUserId },
    });
    if (lifted.count !== 1) throw new DomainError('NOT_FOUND');
    const sessions = await tx.session.findMany({ where: { caseId: theCase.id, status: living } });
    if ((await tx.protection.count({ where: { caseId: theCase.id, ...standing } })) === 0)
      for (const session of sessions) await closeCaucusesOf(tx, ctx.deps, session, 'APART');
    await appendAudit(tx, ctx, {
      action: 'lift-protection',
      subject: { type: 'protection', id: input.protectionId },
      caseId: theCase.id,
      duty,
      personal: { reason: input.reason },
      topics: [...everybodyOf(theCase), ...sessions.map((session) => `session:${session.id}`)],
    });
  });
}

/**
 * Where the papers themselves speak of violence (soft flag VIOLENCE) and nobody found nothing behind it, the sides are
 * kept apart before they first meet. Once lifted by a person, the flag does not raise it again.
 */
export async function protectByFlag(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  if ((await tx.protection.count({ where: { caseId } })) > 0) return;
  const flag = (await currentFlags(tx, ctx, caseId)).find((one) => one.flag === 'VIOLENCE');
  if (!flag) return;
  const clear = await tx.flagLook.count({
    where: { caseId, flag: 'VIOLENCE', subject: flag.subject, result: 'CLEAR' },
  });
  if (clear > 0) return;
  const { courtId } = ctx.principal;
  const row = await tx.protection.create({
    data: { courtId, caseId, because: 'FLAG', at: ctx.deps.clock.now() },
  });
  await appendAudit(tx, ctx, {
    action: 'system:kept-apart',
    subject: { type: 'protection', id: row.id },
    caseId,
    data: { because: 'FLAG' },
  });
}
