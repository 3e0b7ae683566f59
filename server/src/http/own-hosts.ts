import type { Context, MiddlewareHandler } from 'hono';
import { isLoopback } from '../config.ts';
import { DomainError } from '../domain/errors.ts';
import type { AppEnv } from './app-env.ts';

/** Load balancers ask these by address. */
const healthPaths = ['/healthz', '/readyz'];

/**
 * Answers only under names of our own (PUBLIC_URL's, this machine's, ALLOWED_HOSTS): a page of somebody else whose name
 * was pointed at us (DNS rebinding) is refused with FORBIDDEN.
 */
export function onlyOwnHosts(names: readonly string[]): MiddlewareHandler<AppEnv> {
  const own = new Set(names.map((name) => name.toLowerCase()));
  return async (c, next) => {
    const host = hostOf(c);
    if (!isLoopback(host) && !own.has(host) && !healthPaths.includes(c.req.path))
      throw new DomainError('FORBIDDEN', { reason: 'host' });
    await next();
  };
}

/** The name under which the browser asked, without port. */
export function hostOf(c: Context<AppEnv>): string {
  const header = c.req.header('host');
  const url = header === undefined ? c.req.url : `http://${header}`;
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : '';
}
