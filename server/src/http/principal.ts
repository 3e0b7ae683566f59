import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { DomainError } from '../domain/errors.ts';
import { resolvePrincipal } from '../services/sign-in/resolve-principal.ts';
import type { AppEnv } from './app-env.ts';

export const cookieNames = { staff: 'tongxi_staff', party: 'tongxi_party', device: 'tongxi_device' } as const;

/** Finds who asks. The web's party entry says `x-tongxi-as: party` (event streams: `?as=party`). */
export const principalOf: MiddlewareHandler<AppEnv> = async (c, next) => {
  const as = (c.req.header('x-tongxi-as') ?? c.req.query('as')) === 'party' ? 'party' : 'staff';
  c.set('handedOver', false);
  try {
    const tokens = {
      staff: getCookie(c, cookieNames.staff),
      party: getCookie(c, cookieNames.party),
      device: getCookie(c, cookieNames.device),
    };
    c.set('principal', await resolvePrincipal(c.var.deps, tokens, as));
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'SCREEN_HANDED_OVER') throw error;
    c.set('principal', null);
    c.set('handedOver', true);
  }
  await next();
};
