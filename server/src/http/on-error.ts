import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type ErrorCode, errorStatus } from '../contract/errors.ts';
import { DomainError } from '../domain/errors.ts';
import { auditRefusal } from '../services/audit/audit-refusal.ts';
import { isDatabaseAway } from '../services/transact.ts';
import type { AppEnv } from './app-env.ts';

/** The only place where an error becomes an HTTP answer: a code, a request id, never a raw message. */
export async function onError(error: Error, c: Context<AppEnv>): Promise<Response> {
  const requestId = c.var.requestId ?? 'none';
  const { code, details } = codeOf(error);
  const status = errorStatus[code];
  if (status >= 500) c.var.deps?.log.error({ err: error, requestId, path: c.req.path }, 'request failed');
  if (error instanceof DomainError && error.audited) {
    const { deps, ip, principal } = c.var;
    const route = c.req.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').slice(0, 200);
    const request = { requestId, ip, principal: principal ?? null, method: c.req.method, route };
    await auditRefusal(deps, request, error);
  }
  return c.json({ code, requestId, details }, status as ContentfulStatusCode);
}

function codeOf(error: Error): { code: ErrorCode; details: Record<string, unknown> } {
  if (error instanceof DomainError) return { code: error.code, details: error.details };
  if (error instanceof HTTPException) {
    if (error.status === 413) return { code: 'TOO_LARGE', details: {} };
    if (error.status < 500) return { code: 'BAD_REQUEST', details: {} };
  }
  if (isDatabaseAway(error)) return { code: 'UNAVAILABLE', details: { reason: 'database' } };
  return { code: 'INTERNAL', details: {} };
}
