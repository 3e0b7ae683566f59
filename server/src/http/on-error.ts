import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type ErrorCode, errorStatus } from '../contract/errors.ts';
import { DomainError } from '../domain/errors.ts';
import type { AppEnv } from './app-env.ts';

/** The only place where an error becomes an HTTP answer: a code, a request id, never a raw message. */
export function onError(error: Error, c: Context<AppEnv>): Response {
  const requestId = c.var.requestId ?? 'none';
  const { code, details } = codeOf(error);
  const status = errorStatus[code];
  if (status >= 500) c.var.deps?.log.error({ err: error, requestId, path: c.req.path }, 'request failed');
  return c.json({ code, requestId, details }, status as ContentfulStatusCode);
}

function codeOf(error: Error): { code: ErrorCode; details: Record<string, unknown> } {
  if (error instanceof DomainError) return { code: error.code, details: error.details };
  if (error instanceof HTTPException) {
    if (error.status === 413) return { code: 'TOO_LARGE', details: {} };
    if (error.status < 500) return { code: 'BAD_REQUEST', details: {} };
  }
  return { code: 'INTERNAL', details: {} };
}
