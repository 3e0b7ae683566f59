import { type AuditCtx, appendAudit } from '../audit/append-audit.ts';
import type { Deps } from '../context.ts';
import { inCourt, locateCourt } from '../transact.ts';
import { freeAccount } from './release-lockout.ts';

/** Whoever has the machine takes every lock off an account, audited as the operator's act: the last administrator's way back. */
export async function releaseByOperator(
  deps: Pick<Deps, 'db' | 'cipher'>,
  login: string,
): Promise<'UNKNOWN' | 'NOT-LOCKED' | 'RELEASED'> {
  const courtId = await locateCourt(deps.db, 'login', login);
  if (!courtId) return 'UNKNOWN';
  const ctx: AuditCtx = { deps, principal: { kind: 'system', courtId }, requestId: 'operator' };
  return inCourt(deps.db, courtId, async (tx) => {
    const { id } = await tx.staffUser.findUniqueOrThrow({ where: { loginName: login } });
    if (!(await freeAccount(tx, id))) return 'NOT-LOCKED';
    await appendAudit(tx, ctx, {
      action: 'system:release-lockout',
      subject: { type: 'staff', id },
      data: { by: 'operator' },
      topics: ['court'],
    });
    return 'RELEASED';
  });
}
