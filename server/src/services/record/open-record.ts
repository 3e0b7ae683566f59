import type { RecordKind, RecordStatus } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { nextRecordStatus, type RecordEvent } from '../../domain/record/lifecycle.ts';
import type { Prisma, Record as RecordRow } from '../../generated/prisma/client.ts';
import type { Ctx, Principal, Tx } from '../context.ts';

/** The session's record of this kind, locked until the transaction ends; begun when there is none yet. */
export async function openRecord(
  tx: Tx,
  session: { id: string; courtId: string },
  kind: RecordKind,
): Promise<RecordRow> {
  const key = { courtId: session.courtId, sessionId: session.id, kind };
  await tx.record.createMany({ data: [key], skipDuplicates: true });
  const { id } = await tx.record.findFirstOrThrow({ where: key, select: { id: true } });
  await tx.$queryRaw`SELECT id FROM "Record" WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.record.findUniqueOrThrow({ where: { id } });
}

/** The only writer of a record's status: table, then conditional update (CONFLICT for a lost race). */
export async function transitionRecord(
  tx: Tx,
  record: { id: string; status: RecordStatus },
  event: RecordEvent,
  also: Prisma.RecordUncheckedUpdateManyInput = {},
): Promise<void> {
  const to = nextRecordStatus(record.status, event);
  const changed = await tx.record.updateMany({
    where: { id: record.id, status: record.status },
    data: { ...also, status: to },
  });
  if (changed.count !== 1) throw new DomainError('CONFLICT');
}

/** One person by name in the record: the agent, the party, the staff member. */
export function personKeyOf(principal: Principal): string | null {
  switch (principal.kind) {
    case 'party':
      return principal.agentId ? `agent:${principal.agentId}` : `party:${principal.partyId}`;
    case 'staff':
      return `staff:${principal.staffUserId}`;
    default:
      return null;
  }
}

export type Person = Ctx<Extract<Principal, { kind: 'staff' | 'party' }>>;
