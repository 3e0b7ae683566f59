import type { DomainError } from '../../domain/errors.ts';
import type { Ctx, Deps, Principal } from '../context.ts';
import { inCourt, refusedIn } from '../transact.ts';
import { appendAudit } from './append-audit.ts';

/**
 * Writes down that something was refused which is not the asker's to do: a wrong role, somebody else's case, a dead
 * link, a replayed code. In a transaction of its own, since the refused one is gone; without a case topic, so that no
 * page asks again because of it. Never fails the answer.
 */
export async function auditRefusal(
  deps: Deps,
  request: { requestId: string; ip: string; principal: Principal | null; method: string; route: string },
  refusal: DomainError,
): Promise<void> {
  const courtId = request.principal?.courtId ?? refusedIn(refusal);
  if (!refusal.audited || !courtId) return;
  const { requestId, ip, method, route } = request;
  const ctx: Ctx = { deps, principal: request.principal ?? { kind: 'system', courtId }, requestId, ip };
  const { reason } = refusal.details;
  await inCourt(deps.db, courtId, (tx) =>
    appendAudit(tx, ctx, {
      action: `refused:${refusal.code}`,
      subject: { type: 'request', id: null },
      data: { method, route, ...(typeof reason === 'string' ? { reason } : {}) },
    }),
  ).catch((error: unknown) =>
    deps.log.error({ err: error, requestId }, 'a refusal could not be written down'),
  );
}
