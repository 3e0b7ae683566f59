import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { DomainError } from '../domain/errors.ts';
import type { Principal } from '../services/context.ts';
import { inCourt } from '../services/transact.ts';
import type { AppEnv } from './app-env.ts';

/** A request that died with its process frees its key after this many milliseconds. */
const STALE_MS = 60_000;

/**
 * The same write sent twice (a tap repeated, a lost answer) acts once: the second gets the first's answer.
 * The key is the client's `Idempotency-Key`; another body under the same key is refused. Answers may hold what is shown
 * once (passwords, links, tokens): they are kept encrypted, and for a day (expire-answers.ts).
 */
export const idempotentWrites: MiddlewareHandler<AppEnv> = async (c, next) => {
  const key = c.req.header('idempotency-key');
  const principal = c.var.principal;
  const json = c.req.header('content-type')?.startsWith('application/json') ?? false;
  if (!key || !principal || !json || c.req.method === 'GET') return next();
  if (key.length > 100) throw new DomainError('BAD_REQUEST', { fields: ['idempotency-key'] });
  const { db } = c.var.deps;
  const actor = actorOf(principal);
  const requestHash = createHash('sha256')
    .update(`${c.req.method} ${c.req.path}\n`)
    .update(await c.req.text())
    .digest('hex');
  const at = {
    courtId: principal.courtId,
    table: 'IdempotencyKey',
    rowId: `${actor}|${key}`,
    column: 'body',
  };
  const where = { courtId_actor_key: { courtId: principal.courtId, actor, key } };
  const earlier = await inCourt(db, principal.courtId, async (tx) => {
    const created = await tx.idempotencyKey.createMany({
      data: { courtId: principal.courtId, actor, key, requestHash },
      skipDuplicates: true,
    });
    if (created.count === 1) return null;
    const found = await tx.idempotencyKey.findUnique({ where });
    const stale = found?.status === null && found.createdAt.getTime() < Date.now() - STALE_MS;
    if (found && stale) await tx.idempotencyKey.update({ where, data: { createdAt: new Date() } });
    return stale ? null : found;
  });
  if (earlier) {
    if (earlier.requestHash !== requestHash || earlier.status === null)
      throw new DomainError('CONFLICT', { reason: 'repeated' });
    const { cipher } = c.var.deps;
    const answer: unknown = JSON.parse(cipher.decrypt(at, Buffer.from(String(earlier.body), 'base64')));
    return c.json(answer as object, earlier.status as 200);
  }
  await next();
  const status = c.res.status;
  const isJson = c.res.headers.get('content-type')?.startsWith('application/json') ?? false;
  await inCourt(db, principal.courtId, async (tx) => {
    // A refusal changed nothing, so the same key may be tried again.
    if (status >= 400 || !isJson)
      await tx.idempotencyKey.deleteMany({ where: { courtId: principal.courtId, actor, key } });
    else {
      const sealed = c.var.deps.cipher.encrypt(at, await c.res.clone().text());
      await tx.idempotencyKey.update({
        where,
        data: { status, body: Buffer.from(sealed).toString('base64') },
      });
    }
  });
};

function actorOf(principal: Principal): string {
  switch (principal.kind) {
    case 'staff':
      return `staff:${principal.sessionId}`;
    case 'party':
      return `party:${principal.partySessionId}`;
    case 'device':
      return `device:${principal.deviceId}`;
    case 'system':
      return 'system';
  }
}
