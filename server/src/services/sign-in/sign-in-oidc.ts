import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps } from '../context.ts';
import { inCourt, locateCourt } from '../transact.ts';
import { asStaff, needsOwnFactor, startStaffSession } from './start-session.ts';

/** How long somebody may take at the identity service. */
export const OIDC_MEMORY_MS = 10 * 60_000;

export const callbackOf = (deps: Deps): string => `${deps.settings.publicUrl}/api/sign-in/oidc/callback`;

/** Sends the browser to the identity service. UNAVAILABLE (not-configured) where there is none. */
export async function startOidc(deps: Deps): Promise<{ url: string; memory: string }> {
  const { identityProvider } = deps;
  if (!identityProvider) throw new DomainError('UNAVAILABLE', { reason: 'not-configured' });
  const { url, memory } = await identityProvider.start(callbackOf(deps)).catch(() => {
    throw new DomainError('UNAVAILABLE', { reason: 'identity-service' });
  });
  return { url, memory: seal(deps, `${Date.now() + OIDC_MEMORY_MS}.${memory}`) };
}

/**
 * Takes the browser back. Whoever the service names must be one of our people (WRONG_CREDENTIALS). The session is
 * whole only when the service itself asked for two factors, and never for administrators and auditors.
 */
export async function finishOidc(
  deps: Deps,
  request: { requestId: string; ip: string },
  input: { query: string; memory: string | undefined },
): Promise<{ token: string; whole: boolean }> {
  const { identityProvider } = deps;
  if (!identityProvider) throw new DomainError('UNAVAILABLE', { reason: 'not-configured' });
  const memory = unseal(deps, input.memory);
  const claimed = await identityProvider
    .finish(new URL(`${callbackOf(deps)}${input.query}`), memory)
    .catch(() => {
      throw new DomainError('WRONG_CREDENTIALS', { reason: 'identity-service' });
    });
  const courtId = await locateCourt(deps.db, 'login', claimed.login);
  if (!courtId) throw new DomainError('WRONG_CREDENTIALS');
  const ctx: Ctx = { deps, principal: { kind: 'system', courtId }, ...request };
  return inCourt(deps.db, courtId, async (tx) => {
    const user = await tx.staffUser.findUniqueOrThrow({ where: { loginName: claimed.login } });
    if (user.disabledAt) throw new DomainError('WRONG_CREDENTIALS');
    if (user.lockedAt) throw new DomainError('ACCOUNT_LOCKED');
    const whole = claimed.strong && !(await needsOwnFactor(tx, user.id));
    const token = await startStaffSession(tx, deps, {
      courtId,
      staffUserId: user.id,
      method: 'OIDC',
      secondFactor: whole,
    });
    await appendAudit(tx, asStaff(ctx, user.id), {
      action: 'sign-in:oidc',
      subject: { type: 'staff', id: user.id },
      data: { strong: claimed.strong },
    });
    return { token, whole };
  });
}

const macOf = (deps: Deps, text: string): string =>
  createHmac('sha256', deps.settings.tokenKey).update(`oidc\n${text}`).digest('base64url');

const seal = (deps: Deps, text: string): string => `${macOf(deps, text)}.${text}`;

function unseal(deps: Deps, sealed: string | undefined): string {
  const [mac = '', until = '', ...rest] = (sealed ?? '').split('.');
  const memory = rest.join('.');
  const expected = macOf(deps, `${until}.${memory}`);
  const genuine = mac.length === expected.length && timingSafeEqual(Buffer.from(mac), Buffer.from(expected));
  if (!genuine || Number(until) < Date.now()) throw new DomainError('CODE_EXPIRED');
  return memory;
}
