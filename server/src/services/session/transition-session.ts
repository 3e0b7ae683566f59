import type { SessionStatus } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { nextSessionStatus, type SessionEvent } from '../../domain/session/lifecycle.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Tx } from '../context.ts';

/** The only writer of a session's status: table, then conditional update (CONFLICT for a lost race). */
export async function transitionSession(
  tx: Tx,
  session: { id: string; status: SessionStatus },
  event: SessionEvent,
  also: Prisma.SessionUncheckedUpdateManyInput = {},
): Promise<SessionStatus> {
  const to = nextSessionStatus(session.status, event);
  const changed = await tx.session.updateMany({
    where: { id: session.id, status: session.status },
    data: { ...also, status: to },
  });
  if (changed.count !== 1) throw new DomainError('CONFLICT');
  return to;
}
