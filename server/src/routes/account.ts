import { createRoute, z } from '@hono/zod-openapi';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { PinInput } from '../contract/sign-in.ts';
import { Account, ChangePasswordInput } from '../contract/staff.ts';
import { DomainError } from '../domain/errors.ts';
import { ctxOf, requestOf, resource } from '../http/app-env.ts';
import { giveCookie } from '../http/cookies.ts';
import { rateLimit } from '../http/guards.ts';
import { cookieNames } from '../http/principal.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { changePassword } from '../services/account/change-password.ts';
import { changePin } from '../services/account/change-pin.ts';
import { finishPasskey, removePasskey, startPasskey } from '../services/account/passkeys.ts';
import { readAccount } from '../services/account/read-account.ts';
import { renewBackupCodes } from '../services/account/renew-backup-codes.ts';
import { revokeSession } from '../services/account/revoke-session.ts';
import { finishOidc, OIDC_MEMORY_MS, startOidc } from '../services/sign-in/sign-in-oidc.ts';
import { finishPasskeySignIn, startPasskeySignIn } from '../services/sign-in/sign-in-passkey.ts';
import { STAFF_SESSION_MS } from '../services/sign-in/start-session.ts';

/** Where the browser keeps what it must bring back from the identity service. */
const OIDC_COOKIE = 'tongxi_oidc';
const cookieSeconds = STAFF_SESSION_MS / 1000;

/** WebAuthn's own JSON (W3C, Level 3): the library makes and checks every part of it. */
const CreationOptions = z.custom<PublicKeyCredentialCreationOptionsJSON>().openapi({ type: 'object' });
const RequestOptions = z.custom<PublicKeyCredentialRequestOptionsJSON>().openapi({ type: 'object' });
const Credential = z.looseObject({
  id: z.string().max(1500),
  rawId: z.string().max(1500),
  type: z.literal('public-key'),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()),
});

const account = createRoute({
  method: 'get',
  path: '/account',
  summary: 'One’s own sign-in means and living sessions',
  responses: answers(Account, 'The account'),
});
const endSession = createRoute({
  method: 'delete',
  path: '/account/sessions/{sessionId}',
  summary: 'Ends one of one’s own sessions',
  request: { params: z.object({ sessionId: Id }) },
  responses: answers(Done, 'Ended'),
});
const password = createRoute({
  method: 'post',
  path: '/account/password',
  summary: 'Changes one’s own password and ends every other session',
  request: { body: body(ChangePasswordInput) },
  responses: answers(Done, 'Changed'),
});
const pin = createRoute({
  method: 'post',
  path: '/account/pin',
  summary: 'Sets the PIN that takes a handed-over screen back',
  request: { body: body(PinInput) },
  responses: answers(Done, 'Set'),
});
const backupCodes = createRoute({
  method: 'post',
  path: '/account/backup-codes',
  summary: 'Fresh backup codes, shown once',
  responses: answers(z.object({ backupCodes: z.array(z.string()) }), 'The codes'),
});
const passkeyStart = createRoute({
  method: 'post',
  path: '/account/passkeys/options',
  summary: 'What the browser needs to make a passkey',
  responses: answers(CreationOptions, 'Creation options (WebAuthn)'),
});
const passkeyFinish = createRoute({
  method: 'post',
  path: '/account/passkeys',
  summary: 'Keeps a passkey that the browser made',
  request: { body: body(z.object({ name: z.string().trim().min(1).max(60), response: Credential })) },
  responses: answers(z.object({ id: Id }), 'Kept'),
});
const passkeyRemove = createRoute({
  method: 'delete',
  path: '/account/passkeys/{passkeyId}',
  summary: 'Forgets a passkey',
  request: { params: z.object({ passkeyId: Id }) },
  responses: answers(Done, 'Forgotten'),
});
const signInStart = createRoute({
  method: 'post',
  path: '/sign-in/passkey/options',
  summary: 'A challenge for a passkey, as second factor or by login name',
  request: { body: body(z.object({ login: z.string().trim().max(80).optional() })) },
  responses: answers(RequestOptions, 'Request options (WebAuthn)'),
});
const signInFinish = createRoute({
  method: 'post',
  path: '/sign-in/passkey',
  summary: 'Signs in with the passkey’s answer',
  request: { body: body(z.object({ response: Credential })) },
  responses: answers(Done, 'Signed in'),
});
const oidcStart = createRoute({
  method: 'get',
  path: '/sign-in/oidc/start',
  summary: 'Sends the browser to the government identity service',
  responses: { 302: { description: 'To the service, or back to the sign-in page with an error code' } },
});
const oidcCallback = createRoute({
  method: 'get',
  path: '/sign-in/oidc/callback',
  summary: 'Takes the browser back from the identity service',
  responses: { 302: { description: 'To the app, or back to the sign-in page with an error code' } },
});

const signInPage = (error: unknown): string =>
  `/sign-in?error=${error instanceof DomainError ? error.code : 'INTERNAL'}`;

export function accountRoutes() {
  const app = resource();
  app.use('/sign-in/oidc/*', rateLimit(30, 60));
  return app
    .openapi(account, async (c) => c.json(await readAccount(ctxOf(c, 'staff')), 200))
    .openapi(endSession, async (c) => {
      await revokeSession(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(password, async (c) => {
      await changePassword(ctxOf(c, 'staff'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(pin, async (c) => {
      await changePin(ctxOf(c, 'staff'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(backupCodes, async (c) => c.json(await renewBackupCodes(ctxOf(c, 'staff')), 200))
    .openapi(passkeyStart, async (c) => c.json(await startPasskey(ctxOf(c, 'staff')), 200))
    .openapi(passkeyFinish, async (c) => {
      const { name, response } = c.req.valid('json');
      const input = { name, response: response as unknown as RegistrationResponseJSON };
      return c.json(await finishPasskey(ctxOf(c, 'staff'), input), 200);
    })
    .openapi(passkeyRemove, async (c) => {
      await removePasskey(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(signInStart, async (c) => {
      const started = await startPasskeySignIn(c.var.deps, c.var.principal, c.req.valid('json'));
      if (started.token) giveCookie(c, 'staff', started.token, 600);
      return c.json(started.options, 200);
    })
    .openapi(signInFinish, async (c) => {
      const response = c.req.valid('json').response as unknown as AuthenticationResponseJSON;
      const staffToken = getCookie(c, cookieNames.staff);
      const { token } = await finishPasskeySignIn(c.var.deps, requestOf(c), staffToken, { response });
      giveCookie(c, 'staff', token, cookieSeconds);
      return c.json(done, 200);
    })
    .openapi(oidcStart, async (c) => {
      try {
        const { url, memory } = await startOidc(c.var.deps);
        setCookie(c, OIDC_COOKIE, memory, {
          httpOnly: true,
          sameSite: 'Lax',
          path: '/api/sign-in/oidc',
          maxAge: OIDC_MEMORY_MS / 1000,
          secure: c.var.deps.settings.publicUrl.startsWith('https:'),
        });
        return c.redirect(url, 302);
      } catch (error) {
        return c.redirect(signInPage(error), 302);
      }
    })
    .openapi(oidcCallback, async (c) => {
      const memory = getCookie(c, OIDC_COOKIE);
      deleteCookie(c, OIDC_COOKIE, { path: '/api/sign-in/oidc' });
      try {
        const query = new URL(c.req.url).search;
        const { token, whole } = await finishOidc(c.var.deps, requestOf(c), { query, memory });
        giveCookie(c, 'staff', token, cookieSeconds);
        return c.redirect(whole ? '/' : '/sign-in', 302);
      } catch (error) {
        return c.redirect(signInPage(error), 302);
      }
    });
}
