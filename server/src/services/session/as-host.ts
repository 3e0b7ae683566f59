import type { Action } from '../../contract/actions.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { transact } from '../transact.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;
export type Staff = Ctx<StaffPrincipal>;
type Authorised = Awaited<ReturnType<typeof authoriseSession>>;

type Done<T> = {
  answer: T;
  subject?: { type: string; id: string };
  data?: Record<string, unknown>;
  personal?: Record<string, string>;
};

/** The order of every host verb: permission, work, audit with the session's topic, all in one transaction. */
export function asHost<T>(
  ctx: Staff,
  action: Action,
  sessionId: string,
  work: (tx: Tx, authorised: Authorised) => Promise<Done<T>>,
): Promise<T> {
  return transact(ctx, async (tx) => {
    const authorised = await authoriseSession(tx, ctx, action, sessionId);
    const { answer, subject, data, personal } = await work(tx, authorised);
    await appendAudit(tx, ctx, {
      action,
      subject: subject ?? { type: 'session', id: sessionId },
      caseId: authorised.session.caseId,
      duty: authorised.duty,
      ...(data ? { data } : {}),
      ...(personal ? { personal } : {}),
      topics: [`session:${sessionId}`, `station:${authorised.case.stationId}`],
    });
    return answer;
  });
}

/** A seat of this session; NOT_FOUND for any other. */
export async function seatOf(tx: Tx, input: { sessionId: string; seatId: string }) {
  const seat = await tx.seat.findFirst({ where: { id: input.seatId, sessionId: input.sessionId } });
  if (!seat) throw new DomainError('NOT_FOUND');
  return seat;
}

/** Gives everybody in the room the grants of what was just decided, once this transaction has committed. */
export async function refreshGrantsSoon(
  tx: Tx,
  ctx: Staff,
  session: { id: string; courtId: string },
): Promise<void> {
  await ctx.deps.jobs.enqueue(tx, 'video.refresh-grants', {
    courtId: session.courtId,
    sessionId: session.id,
  });
}
