import { createRoute } from '@hono/zod-openapi';
import { getCookie } from 'hono/cookie';
import { isLoopback } from '../config.ts';
import {
  DemoOutbox,
  DemoPeople,
  DeviceCodeInput,
  DeviceSignIn,
  EnrolInput,
  InvitationView,
  LinkCodeInput,
  LinkInput,
  MaskedPhone,
  Me,
  PasswordInput,
  StaffChoice,
  TotpInput,
} from '../contract/sign-in.ts';
import { DomainError } from '../domain/errors.ts';
import { ctxOf, requestOf, resource } from '../http/app-env.ts';
import { dropCookie, giveCookie } from '../http/cookies.ts';
import { rateLimit } from '../http/guards.ts';
import { cookieNames } from '../http/principal.ts';
import { answers, body, Done, done } from '../http/responses.ts';
import { readDemoOutbox, readDemoPeople } from '../services/demo/read-demo.ts';
import { enrolDevice } from '../services/devices/enrol-device.ts';
import { readHandOver } from '../services/hand-over/hand-over.ts';
import { openInvitation, requestPartyCode, verifyPartyCode } from '../services/invitations/open-invitation.ts';
import { giveTotp } from '../services/sign-in/give-totp.ts';
import { readMe } from '../services/sign-in/read-me.ts';
import { readDeviceSignIn, requestDeviceCode, signInAtDevice } from '../services/sign-in/sign-in-device.ts';
import { signInWithPassword } from '../services/sign-in/sign-in-password.ts';
import { signOut } from '../services/sign-in/sign-out.ts';

const DAY = 24 * 3600;

const me = createRoute({ method: 'get', path: '/me', summary: 'Who is asking', responses: answers(Me, 'The principal') });
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
const out = createRoute({ method: 'post', path: '/sign-out', summary: 'Ends the asking session', responses: answers(Done, 'Signed out') });
const enrol = createRoute({
  method: 'post',
  path: '/devices/enrol',
  summary: 'This browser becomes the station device that the code names',
  request: { body: body(EnrolInput) },
  responses: answers(Done, 'Enrolled'),
});
const openLink = createRoute({
  method: 'post',
  path: '/invitations/open',
  summary: 'Who invites, when, free of charge; nothing about the case',
  request: { body: body(LinkInput) },
  responses: answers(InvitationView, 'The invitation'),
});
const linkCode = createRoute({
  method: 'post',
  path: '/invitations/code',
  summary: 'Sends the sign-in code to the number on file',
  request: { body: body(LinkInput) },
  responses: answers(MaskedPhone, 'Where it went'),
});
const linkVerify = createRoute({
  method: 'post',
  path: '/invitations/verify',
  summary: 'Opens a session of that person alone',
  request: { body: body(LinkCodeInput) },
  responses: answers(Done, 'Signed in'),
});
const demoPeople = createRoute({
  method: 'get',
  path: '/demo/people',
  summary: 'Demo databases on this machine only: people and codes',
  responses: answers(DemoPeople, 'People'),
});
const demoOutbox = createRoute({
  method: 'get',
  path: '/demo/sms',
  summary: 'Demo databases on this machine only: text messages',
  responses: answers(DemoOutbox, 'Messages'),
});

export function signInRoutes() {
  const app = resource();
  // Per address; per account the lockout and per number the codes have limits of their own.
  const slow = rateLimit(60, 60);
  app.use('/sign-in/*', slow);
  app.use('/invitations/open', slow);
  app.use('/invitations/code', slow);
  app.use('/invitations/verify', slow);
  app.use('/devices/enrol', rateLimit(10, 60));
  return app
    .openapi(me, async (c) => {
      const handedOver = c.var.handedOver ? await readHandOver(c.var.deps, getCookie(c, cookieNames.staff)) : null;
      return c.json(await readMe(c.var.deps, c.var.principal, handedOver?.name ?? null), 200);
    })
    .openapi(password, async (c) => {
      const { token } = await signInWithPassword(c.var.deps, requestOf(c), c.req.valid('json'));
      giveCookie(c, 'staff', token, DAY / 2);
      return c.json(done, 200);
    })
    .openapi(totp, async (c) => {
      const { principal } = c.var;
      if (principal?.kind !== 'staff') throw new DomainError('UNAUTHENTICATED');
      await giveTotp({ deps: c.var.deps, principal, ...requestOf(c) }, c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(device, async (c) => c.json(await readDeviceSignIn(ctxOf(c, 'device')), 200))
    .openapi(deviceCode, async (c) => c.json(await requestDeviceCode(ctxOf(c, 'device'), c.req.valid('json')), 200))
    .openapi(deviceVerify, async (c) => {
      const { token } = await signInAtDevice(ctxOf(c, 'device'), c.req.valid('json'));
      giveCookie(c, 'staff', token, DAY / 2);
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
    })
    .openapi(openLink, async (c) => c.json(await openInvitation(c.var.deps, requestOf(c), c.req.valid('json')), 200))
    .openapi(linkCode, async (c) => c.json(await requestPartyCode(c.var.deps, requestOf(c), c.req.valid('json')), 200))
    .openapi(linkVerify, async (c) => {
      const { token } = await verifyPartyCode(c.var.deps, requestOf(c), c.req.valid('json'));
      giveCookie(c, 'party', token, 7 * DAY);
      return c.json(done, 200);
    })
    .openapi(demoPeople, async (c) => c.json(await readDemoPeople(c.var.deps, isLoopback(c.var.ip)), 200))
    .openapi(demoOutbox, async (c) => c.json(await readDemoOutbox(c.var.deps, isLoopback(c.var.ip)), 200));
}
