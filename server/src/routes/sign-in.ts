import { createRoute } from '@hono/zod-openapi';
import { getCookie } from 'hono/cookie';
import {
  DeviceCodeInput,
  DeviceSignIn,
  MaskedPhone,
  Me,
  PasswordInput,
  SignInOptions,
  StaffChoice,
  TotpInput,
} from '../contract/sign-in.ts';
import { EnrolInput } from '../contract/staff.ts';
import { ctxOf, requestOf, resource } from '../http/app-env.ts';
import { dropCookie, giveCookie } from '../http/cookies.ts';
import { rateLimit } from '../http/guards.ts';
import { cookieNames } from '../http/principal.ts';
import { answers, body, Done, done } from '../http/responses.ts';
import { signInCtx } from '../http/sign-in-ctx.ts';
import { enrolDevice } from '../services/devices/enrol-device.ts';
import { readHandOver } from '../services/hand-over/read-hand-over.ts';
import { giveTotp } from '../services/sign-in/give-totp.ts';
import { readMe } from '../services/sign-in/read-me.ts';
import { readOptions } from '../services/sign-in/read-options.ts';
import { readDeviceSignIn, requestDeviceCode, signInAtDevice } from '../services/sign-in/sign-in-device.ts';
import { signInWithPassword } from '../services/sign-in/sign-in-password.ts';
import { signOut } from '../services/sign-in/sign-out.ts';
import { STAFF_SESSION_MS } from '../services/sign-in/start-session.ts';

const DAY = 24 * 3600;
export const STAFF_COOKIE_SECONDS = STAFF_SESSION_MS / 1000;

const me = createRoute({
  method: 'get',
  path: '/me',
  summary: 'Who is asking: name, duties, station, what a session still owes, whom the screen is handed to',
  responses: answers(Me, 'The principal'),
});
const options = createRoute({
  method: 'get',
  path: '/sign-in/options',
  summary: 'Which ways of signing in this installation and this device have',
  responses: answers(SignInOptions, 'The ways'),
});
const password = createRoute({
  method: 'post',
  path: '/sign-in/password',
  summary: 'First factor of judges, mediators and remote staff',
  request: { body: body(PasswordInput) },
  responses: answers(Done, 'Now the second factor'),
});
const totp = createRoute({
  method: 'post',
  path: '/sign-in/totp',
  summary: 'Second factor: TOTP or backup code',
  request: { body: body(TotpInput) },
  responses: answers(Done, 'Signed in'),
});
const device = createRoute({
  method: 'get',
  path: '/sign-in/device',
  summary: 'The enrolled device’s station and its people',
  responses: answers(DeviceSignIn, 'Station and people'),
});
const deviceCode = createRoute({
  method: 'post',
  path: '/sign-in/device/code',
  summary: 'Sends the chosen person a code',
  request: { body: body(StaffChoice) },
  responses: answers(MaskedPhone, 'Where it went'),
});
const deviceVerify = createRoute({
  method: 'post',
  path: '/sign-in/device/verify',
  summary: 'Signs in at the station',
  request: { body: body(DeviceCodeInput) },
  responses: answers(Done, 'Signed in'),
});
const out = createRoute({
  method: 'post',
  path: '/sign-out',
  summary: 'Ends the asking session',
  responses: answers(Done, 'Signed out'),
});
const enrol = createRoute({
  method: 'post',
  path: '/devices/enrol',
  summary: 'This browser becomes the station device that the code names',
  request: { body: body(EnrolInput) },
  responses: answers(Done, 'Enrolled'),
});

export function signInRoutes() {
  const app = resource();
  // Per address; per account the lockout and per number the codes have limits of their own.
  app.use('/sign-in/*', rateLimit(60, 60));
  app.use('/sign-in/device/code', rateLimit(30, 600));
  app.use('/devices/enrol', rateLimit(10, 60));
  return app
    .openapi(me, async (c) => {
      const staffToken = getCookie(c, cookieNames.staff);
      const handedOver = c.var.handedOver ? await readHandOver(c.var.deps, staffToken) : null;
      return c.json(await readMe(c.var.deps, c.var.principal, handedOver), 200);
    })
    .openapi(options, async (c) => c.json(await readOptions(c.var.deps, c.var.principal), 200))
    .openapi(password, async (c) => {
      const { token } = await signInWithPassword(c.var.deps, requestOf(c), c.req.valid('json'));
      giveCookie(c, 'staff', token, STAFF_COOKIE_SECONDS);
      return c.json(done, 200);
    })
    .openapi(totp, async (c) => {
      const { token } = await giveTotp(signInCtx(c), c.req.valid('json'));
      giveCookie(c, 'staff', token, STAFF_COOKIE_SECONDS);
      return c.json(done, 200);
    })
    .openapi(device, async (c) => c.json(await readDeviceSignIn(ctxOf(c, 'device')), 200))
    .openapi(deviceCode, async (c) =>
      c.json(await requestDeviceCode(ctxOf(c, 'device'), c.req.valid('json')), 200),
    )
    .openapi(deviceVerify, async (c) => {
      const { token } = await signInAtDevice(ctxOf(c, 'device'), c.req.valid('json'));
      giveCookie(c, 'staff', token, STAFF_COOKIE_SECONDS);
      return c.json(done, 200);
    })
    .openapi(out, async (c) => {
      const { principal } = c.var;
      if (principal) await signOut({ deps: c.var.deps, principal, ...requestOf(c) });
      if (principal?.kind === 'staff') dropCookie(c, 'staff');
      if (principal?.kind === 'party') dropCookie(c, 'party');
      return c.json(done, 200);
    })
    .openapi(enrol, async (c) => {
      const { token } = await enrolDevice(c.var.deps, requestOf(c), c.req.valid('json'));
      giveCookie(c, 'device', token, 400 * DAY);
      return c.json(done, 200);
    });
}
