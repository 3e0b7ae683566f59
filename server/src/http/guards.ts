import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { clientAddress, type TrustedProxies } from '../client-address.ts';
import { DomainError } from '../domain/errors.ts';
import type { AppEnv } from './app-env.ts';

/** Bytes of a JSON body; uploads have their own route and limit. */
const JSON_LIMIT = 1024 * 1024;
export const UPLOAD_LIMIT = 21 * 1024 * 1024;

/** Request id, the client's address, the request's log line; what the API answers stays in no cache. */
export const requestContext =
  (proxies: TrustedProxies): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const requestId = randomUUID();
    c.set('requestId', requestId);
    c.set('ip', clientAddress(socketOf(c), c.req.header('x-forwarded-for'), proxies));
    c.header('x-request-id', requestId);
    const started = performance.now();
    await next();
    if (c.req.path.startsWith('/api/') && !c.res.headers.has('cache-control'))
      c.res.headers.set('cache-control', 'no-store');
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

function socketOf(c: Parameters<MiddlewareHandler<AppEnv>>[0]): string {
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

export const limitBody: MiddlewareHandler<AppEnv> = (c, next) =>
  bodyLimit({
    maxSize: /\/attachments$|\/verify(\/pages)?$|\/scans$|\/recorder\/pieces\/\d+$/.test(c.req.path)
      ? UPLOAD_LIMIT
      : JSON_LIMIT,
    onError: () => {
      throw new DomainError('TOO_LARGE');
    },
  })(c, next);

/** At most `points` requests per `seconds` from one address (or another key). */
export function rateLimit(
  points: number,
  seconds: number,
  keyOf?: (c: Parameters<MiddlewareHandler<AppEnv>>[0]) => string | Promise<string>,
): MiddlewareHandler<AppEnv> {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return async (c, next) => {
    try {
      await limiter.consume(keyOf ? await keyOf(c) : c.var.ip);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const wait = Math.ceil(refusal.msBeforeNext / 1000);
      c.header('retry-after', String(wait));
      throw new DomainError('RATE_LIMITED', { seconds: wait });
    }
    await next();
  };
}
