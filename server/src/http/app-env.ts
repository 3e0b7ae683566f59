import { OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { DomainError } from '../domain/errors.ts';
import type { Ctx, Deps, Principal } from '../services/context.ts';

export type AppEnv = {
  Variables: {
    deps: Deps;
    requestId: string;
    ip: string;
    principal: Principal | null;
    /** Set when the staff session's screen is handed over: every staff verb answers SCREEN_HANDED_OVER. */
    handedOver: boolean;
  };
};

type PrincipalOf<K extends Principal['kind']> = Extract<Principal, { kind: K }>;

/** The context of a request whose principal is one of `kinds`, else UNAUTHENTICATED. */
export function ctxOf<K extends Principal['kind']>(c: Context<AppEnv>, ...kinds: K[]): Ctx<PrincipalOf<K>> {
  const principal = c.var.principal;
  if (c.var.handedOver && kinds.includes('staff' as K)) throw new DomainError('SCREEN_HANDED_OVER');
  if (!principal || !kinds.includes(principal.kind as K)) throw new DomainError('UNAUTHENTICATED');
  if (principal.kind === 'staff' && !principal.secondFactor) throw new DomainError('SECOND_FACTOR_REQUIRED');
  return {
    deps: c.var.deps,
    principal: principal as PrincipalOf<K>,
    requestId: c.var.requestId,
    ip: c.var.ip,
    userAgent: (c.req.header('user-agent') ?? '').slice(0, 300),
  };
}

/** A resource's sub-app. A body, query or parameter that does not fit its schema answers BAD_REQUEST with the field. */
export function resource(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw new DomainError('BAD_REQUEST', { fields: fieldsOf(result.error) });
    },
  });
}

function fieldsOf(error: z.ZodError): string[] {
  return error.issues.slice(0, 10).map((issue) => issue.path.join('.'));
}

/** What a service needs of a request before anybody is known. */
export function requestOf(c: Context<AppEnv>): { requestId: string; ip: string } {
  return { requestId: c.var.requestId, ip: c.var.ip };
}
