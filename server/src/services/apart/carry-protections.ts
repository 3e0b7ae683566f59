import { randomUUID } from 'node:crypto';
import type { PartySide } from '../../contract/enums.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Tx } from '../context.ts';
import { noteAddress } from './protect-person.ts';

type Person = { side: PartySide; idNumberIndex: string | null; creditCode: string | null };

const isSame = (a: Person, b: Person): boolean =>
  (a.idNumberIndex !== null && a.idNumberIndex === b.idNumberIndex) ||
  (a.creditCode !== null && a.creditCode === b.creditCode);

/**
 * People who are kept apart in one case of the court are kept apart in the next one between them (mediated again after
 * a rejection, or a new dispute), until somebody lifts it there: of several cases the newest word on a person counts.
 * Known by identity number or credit code; the note stays in the earlier case, whose number it becomes here.
 */
export async function carryProtections(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  const { courtId } = ctx.principal;
  const parties = await tx.party.findMany({ where: { caseId } });
  const known = parties.flatMap((p) => [
    ...(p.idNumberIndex ? [{ idNumberIndex: p.idNumberIndex }] : []),
    ...(p.creditCode ? [{ creditCode: p.creditCode }] : []),
  ]);
  const earlier = await tx.protection.findMany({
    where: { caseId: { not: caseId }, case: { parties: { some: { OR: known } } } },
    include: { case: { include: { parties: true } } },
    orderBy: { at: 'desc' },
  });
  const decided = new Set<string | null>();
  for (const one of earlier) {
    const pairs = parties.filter((now) =>
      one.case.parties.some(
        (then) =>
          isSame(then, now) &&
          (one.partyId === null || one.partyId === then.id) &&
          one.case.parties.some(
            (foe) => foe.side !== then.side && parties.some((p) => p.side !== now.side && isSame(foe, p)),
          ),
      ),
    );
    const partyId = one.partyId === null ? null : (pairs[0]?.id ?? null);
    if (pairs.length === 0 || decided.has(partyId)) continue;
    decided.add(partyId);
    if (one.liftedAt) continue;
    const id = randomUUID();
    const note = ctx.deps.cipher.encrypt(noteAddress(courtId, id), `承前案：${one.case.number ?? ''}`);
    const { because, byId } = one;
    await tx.protection.create({
      data: {
        id,
        courtId,
        caseId,
        partyId,
        because,
        byId,
        noteEnc: Buffer.from(note),
        at: ctx.deps.clock.now(),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'system:kept-apart',
      subject: { type: 'protection', id },
      caseId,
      data: { because, carriedFrom: one.caseId },
    });
  }
}
