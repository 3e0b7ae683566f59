import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../domain/errors.ts';
import type { AppEnv } from './app-env.ts';

/** Bytes of a JSON body; uploads have their own route and limit. */
const JSON_LIMIT = 1024 * 1024;
export const UPLOAD_LIMIT = 21 * 1024 * 1024;

export const requestContext: MiddlewareHandler<AppEnv> = async (c, next) => {
  const requestId = randomUUID();
  c.set('requestId', requestId);
  c.set('ip', addressOf(c));
  c.header('x-request-id', requestId);
  const started = performance.now();
  await next();
  const { log } = c.var.deps;
  const route = c.req.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');
  log.info(
    {
      requestId,
      method: c.req.method,
      route,
      status: c.res.status,
      ms: Math.round(performance.now() - started),
    },
    'request',
  );
};

function addressOf(c: Parameters<MiddlewareHandler<AppEnv>>[0]): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown';
  } catch {
    return 'unknown'; // app.request() in tests has no socket
  }
}

/** Writes must come from our own pages: custom header plus the browser's own word on the origin. */
export const sameOriginWrites: MiddlewareHandler<AppEnv> = async (c, next) => {
  const write = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method);
  if (write && !c.req.path.startsWith('/api/webhooks/') && !isPublicApi(c.req.path)) {
    const site = c.req.header('sec-fetch-site');
    if (c.req.header('x-tongxi') !== '1' || (site && site !== 'same-origin'))
      throw new DomainError('FORBIDDEN', { reason: 'origin' });
  }
  await next();
};

const isPublicApi = (path: string): boolean => /^\/api\/verify(\/pages)?$/.test(path);

/**
 * U+0000 has no place in any text of ours and PostgreSQL stores none: refused here once, in address and JSON body, so
 * that no field can forget it.
 */
export const refuseNul: MiddlewareHandler<AppEnv> = async (c, next) => {
  const json = c.req.header('content-type')?.includes('json') ?? false;
  if (/%00|\0/.test(c.req.url) || (json && /\\u0000|\0/.test(await c.req.text())))
    throw new DomainError('BAD_REQUEST', { reason: 'nul' });
  await next();
};

export const limitBody: MiddlewareHandler<AppEnv> = (c, next) =>
  bodyLimit({
    maxSize: /\/attachments$|\/verify(\/pages)?$|\/scans$/.test(c.req.path) ? UPLOAD_LIMIT : JSON_LIMIT,
    onError: () => {
      throw new DomainError('TOO_LARGE');
    },
  })(c, next);

/** At most `points` requests per `seconds` from one address (or another key). */
export function rateLimit(
  points: number,
  seconds: number,
  keyOf?: (c: Parameters<MiddlewareHandler<AppEnv>>[0]) => string,
): MiddlewareHandler<AppEnv> {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return async (c, next) => {
    try {
      await limiter.consume(keyOf ? keyOf(c) : c.var.ip);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const wait = Math.ceil(refusal.msBeforeNext / 1000);
      c.header('retry-after', String(wait));
      throw new DomainError('RATE_LIMITED', { seconds: wait });
    }
    await next();
  };
}
