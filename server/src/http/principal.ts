import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { DomainError } from '../domain/errors.ts';
import type { Principal } from '../services/context.ts';
import { resolvePrincipal } from '../services/sign-in/resolve-principal.ts';
import type { AppEnv } from './app-env.ts';

export const cookieNames = { staff: 'tongxi_staff', party: 'tongxi_party', device: 'tongxi_device' } as const;

/** Finds who asks. The web's party entry says `x-tongxi-as: party` (event streams: `?as=party`). */
export const principalOf: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { principal, handedOver } = await whoAsks(c);
  c.set('principal', principal);
  c.set('handedOver', handedOver);
  await next();
};

/** Who the request's cookies stand for now. `quietly` does not count as use: an open page alone keeps nobody signed in. */
export async function whoAsks(
  c: Context<AppEnv>,
  quietly = false,
): Promise<{ principal: Principal | null; handedOver: boolean }> {
  const as = (c.req.header('x-tongxi-as') ?? c.req.query('as')) === 'party' ? 'party' : 'staff';
  const tokens = {
    staff: getCookie(c, cookieNames.staff),
    party: getCookie(c, cookieNames.party),
    device: getCookie(c, cookieNames.device),
  };
  try {
    return { principal: await resolvePrincipal(c.var.deps, tokens, as, quietly), handedOver: false };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'SCREEN_HANDED_OVER') throw error;
    return { principal: null, handedOver: true };
  }
}
