import type { Context } from 'hono';
import { DomainError } from '../domain/errors.ts';
import type { Ctx } from '../services/context.ts';
import type { StaffPrincipal } from '../services/sign-in/start-session.ts';
import { type AppEnv, requestOf } from './app-env.ts';

/** The context of a staff session that may still owe its second factor. Only the verbs that take it use this. */
export function signInCtx(c: Context<AppEnv>): Ctx<StaffPrincipal> {
  const { principal } = c.var;
  if (c.var.handedOver) throw new DomainError('SCREEN_HANDED_OVER');
  if (principal?.kind !== 'staff') throw new DomainError('UNAUTHENTICATED');
  return { deps: c.var.deps, principal, ...requestOf(c) };
}
