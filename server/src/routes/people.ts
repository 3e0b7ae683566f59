import { createRoute, z } from '@hono/zod-openapi';
import { getCookie } from 'hono/cookie';
import { EnrolmentAnswer, EnrolmentInput, HandOverInput, PartyHome, PinInput, StaffList } from '../contract/sign-in.ts';
import { ctxOf, requestOf, resource } from '../http/app-env.ts';
import { dropCookie, giveCookie } from '../http/cookies.ts';
import { cookieNames } from '../http/principal.ts';
import { rateLimit } from '../http/guards.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { createEnrolment, revokeDevice } from '../services/devices/enrol-device.ts';
import { handOver, takeScreenBack } from '../services/hand-over/hand-over.ts';
import { inviteParty, revokeInvitation } from '../services/invitations/create-invitation.ts';
import { readPartyHome } from '../services/sign-in/read-party-home.ts';
import { listStaff } from '../services/staff/list-staff.ts';
import { releaseLockout } from '../services/staff/release-lockout.ts';

const partyParams = z.object({ caseId: Id, partyId: Id });
const partyHome = createRoute({ method: 'get', path: '/party/home', summary: 'Where the party stands and what comes next', responses: answers(PartyHome, 'The step') });
const over = createRoute({
  method: 'post',
  path: '/hand-overs',
  summary: 'Hands the station’s screen to one named person',
  request: { body: body(HandOverInput) },
  responses: answers(z.object({ name: z.string() }), 'Handed over'),
});
const back = createRoute({
  method: 'post',
  path: '/hand-overs/return',
  summary: 'The director’s PIN takes the screen back',
  request: { body: body(PinInput) },
  responses: answers(Done, 'Taken back'),
});
const invite = createRoute({
  method: 'post',
  path: '/cases/{caseId}/parties/{partyId}/invitation',
  summary: 'Invites a party by link, QR and spoken code',
  request: { params: partyParams },
  responses: answers(z.object({ link: z.string(), spokenCode: z.string(), sent: z.boolean() }), 'The link'),
});
const revoke = createRoute({
  method: 'delete',
  path: '/cases/{caseId}/parties/{partyId}/invitation',
  summary: 'Revokes the link and its sessions',
  request: { params: partyParams },
  responses: answers(Done, 'Revoked'),
});
const staff = createRoute({ method: 'get', path: '/staff', summary: 'People, stations and devices', responses: answers(StaffList, 'The lists') });
const release = createRoute({
  method: 'post',
  path: '/staff/{staffUserId}/release',
  summary: 'Releases a locked account',
  request: { params: z.object({ staffUserId: Id }) },
  responses: answers(Done, 'Released'),
});
const enrolment = createRoute({
  method: 'post',
  path: '/devices',
  summary: 'A code that enrols a station device',
  request: { body: body(EnrolmentInput) },
  responses: answers(EnrolmentAnswer, 'The code'),
});
const revokeDeviceRoute = createRoute({
  method: 'delete',
  path: '/devices/{deviceId}',
  summary: 'Revokes a device and every session on it',
  request: { params: z.object({ deviceId: Id }) },
  responses: answers(Done, 'Revoked'),
});

export function peopleRoutes() {
  const app = resource();
  app.use('/hand-overs/return', rateLimit(20, 60));
  return app
    .openapi(partyHome, async (c) => c.json(await readPartyHome(ctxOf(c, 'party')), 200))
    .openapi(over, async (c) => {
      const { token, name } = await handOver(ctxOf(c, 'staff'), c.req.valid('json'));
      giveCookie(c, 'party', token, 2 * 3600);
      return c.json({ name }, 200);
    })
    .openapi(back, async (c) => {
      await takeScreenBack(c.var.deps, requestOf(c), getCookie(c, cookieNames.staff), c.req.valid('json'));
      dropCookie(c, 'party');
      return c.json(done, 200);
    })
    .openapi(invite, async (c) => c.json(await inviteParty(ctxOf(c, 'staff'), c.req.valid('param')), 200))
    .openapi(revoke, async (c) => {
      await revokeInvitation(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(staff, async (c) => c.json(await listStaff(ctxOf(c, 'staff')), 200))
    .openapi(release, async (c) => {
      await releaseLockout(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(enrolment, async (c) => c.json(await createEnrolment(ctxOf(c, 'staff'), c.req.valid('json')), 200))
    .openapi(revokeDeviceRoute, async (c) => {
      await revokeDevice(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    });
}
