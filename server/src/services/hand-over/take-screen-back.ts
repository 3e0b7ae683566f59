import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps } from '../context.ts';
import { countFailure, forgetFailures } from '../sign-in/count-failure.ts';
import { verifyPassword } from '../sign-in/password.ts';
import { asStaff } from '../sign-in/start-session.ts';
import { inCourt } from '../transact.ts';
import { locateStaffSession } from './locate-staff-session.ts';

/**
 * The director's PIN takes the screen back and ends the person's session. PIN_WRONG; the fifth wrong one locks the
 * account and ends both sessions (ACCOUNT_LOCKED), so that a handed-over screen is never a way to guess.
 */
export async function takeScreenBack(
  deps: Deps,
  request: { requestId: string; ip: string },
  staffToken: string | undefined,
  input: { pin: string },
): Promise<{ caseId: string | null }> {
  const session = await locateStaffSession(deps, staffToken);
  if (!session) throw new DomainError('UNAUTHENTICATED');
  const { staffUser, courtId } = session;
  const right = await verifyPassword(input.pin, staffUser.pinHash);
  const system: Ctx = { deps, principal: { kind: 'system', courtId }, ...request };
  const outcome = await inCourt(deps.db, courtId, async (tx) => {
    const revokedAt = new Date();
    const [now] = await tx.$queryRaw<
      { locked: boolean }[]
    >`SELECT "lockedAt" IS NOT NULL AS locked FROM "StaffUser" WHERE id = ${staffUser.id}::uuid FOR UPDATE`;
    if (!now || now.locked) return 'ACCOUNT_LOCKED' as const;
    const endHandOvers = () =>
      tx.partySession.updateMany({
        where: { staffSessionId: session.id, kind: 'HAND_OVER', revokedAt: null },
        data: { revokedAt },
      });
    if (!right) {
      if (!(await countFailure(tx, system, staffUser.id, 'pin'))) return 'PIN_WRONG' as const;
      await endHandOvers();
      await tx.staffSession.update({ where: { id: session.id }, data: { revokedAt } });
      return 'ACCOUNT_LOCKED' as const;
    }
    await forgetFailures(tx, system, staffUser.id);
    await endHandOvers();
    await tx.staffSession.update({
      where: { id: session.id },
      data: { lastSeenAt: revokedAt, handedOverAt: null },
    });
    const caseId = session.handedOverAt ? (session.handOvers[0]?.caseId ?? null) : null;
    await appendAudit(tx, asStaff(system, staffUser.id), {
      action: 'take-screen-back',
      subject: { type: 'staff-session', id: session.id },
      duty: 'DIRECTOR',
      caseId,
    });
    return { caseId };
  });
  if (typeof outcome === 'string') throw new DomainError(outcome);
  return outcome;
}
