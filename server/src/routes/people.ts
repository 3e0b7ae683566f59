import { createRoute, z } from '@hono/zod-openapi';
import { getCookie } from 'hono/cookie';
import { HandOverInput, PinInput } from '../contract/sign-in.ts';
import {
  AssignDutyInput,
  AuditPage,
  AuditQuery,
  ChainState,
  CreateStaffInput,
  Credentials,
  EnrolmentAnswer,
  EnrolmentInput,
  RenameInput,
  ResetAnswer,
  ResetInput,
  StaffList,
} from '../contract/staff.ts';
import { ctxOf, requestOf, resource } from '../http/app-env.ts';
import { dropCookie, giveCookie } from '../http/cookies.ts';
import { rateLimit } from '../http/guards.ts';
import { cookieNames } from '../http/principal.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { readAudit } from '../services/audit/read-audit.ts';
import { readChainState } from '../services/audit/read-chain-state.ts';
import { createEnrolment } from '../services/devices/create-enrolment.ts';
import { renameDevice } from '../services/devices/rename-device.ts';
import { revokeDevice } from '../services/devices/revoke-device.ts';
import { HAND_OVER_MS, handOverScreen } from '../services/hand-over/hand-over-screen.ts';
import { takeScreenBack } from '../services/hand-over/take-screen-back.ts';
import { assignDuty } from '../services/staff/assign-duty.ts';
import { createStaff } from '../services/staff/create-staff.ts';
import { setStaffDisabled } from '../services/staff/disable-staff.ts';
import { listStaff } from '../services/staff/list-staff.ts';
import { releaseLockout } from '../services/staff/release-lockout.ts';
import { resetCredentials } from '../services/staff/reset-credentials.ts';
import { withdrawDuty } from '../services/staff/withdraw-duty.ts';

const staffParam = z.object({ staffUserId: Id });
const deviceParam = z.object({ deviceId: Id });

const over = createRoute({
  method: 'post',
  path: '/hand-overs',
  summary: 'Hands the station’s screen to one named person; the staff session locks',
  request: { body: body(HandOverInput) },
  responses: answers(z.object({ name: z.string() }), 'Handed over'),
});
const back = createRoute({
  method: 'post',
  path: '/hand-overs/return',
  summary: 'The director’s PIN takes the screen back',
  request: { body: body(PinInput) },
  responses: answers(z.object({ caseId: Id.nullable() }), 'Taken back'),
});
const staff = createRoute({
  method: 'get',
  path: '/staff',
  summary: 'People, stations, committees and devices',
  responses: answers(StaffList, 'The lists'),
});
const create = createRoute({
  method: 'post',
  path: '/staff',
  summary: 'A new colleague; the credentials are shown this once',
  request: { body: body(CreateStaffInput) },
  responses: answers(Credentials, 'First credentials'),
});
const reset = createRoute({
  method: 'post',
  path: '/staff/{staffUserId}/credentials',
  summary:
    'Fresh credentials for somebody who lost theirs, by a code to their phone or by two administrators',
  request: { params: staffParam, body: body(ResetInput) },
  responses: answers(ResetAnswer, 'What is still needed, or the fresh credentials'),
});
const disable = createRoute({
  method: 'post',
  path: '/staff/{staffUserId}/disable',
  summary: 'Takes somebody’s access away, at once',
  request: { params: staffParam },
  responses: answers(Done, 'Disabled'),
});
const enable = createRoute({
  method: 'post',
  path: '/staff/{staffUserId}/enable',
  summary: 'Gives somebody’s access back',
  request: { params: staffParam },
  responses: answers(Done, 'Enabled'),
});
const release = createRoute({
  method: 'post',
  path: '/staff/{staffUserId}/release',
  summary: 'Releases a locked account',
  request: { params: staffParam },
  responses: answers(Done, 'Released'),
});
const assign = createRoute({
  method: 'post',
  path: '/staff/{staffUserId}/duties',
  summary: 'Assigns a standing duty',
  request: { params: staffParam, body: body(AssignDutyInput) },
  responses: answers(z.object({ assignmentId: Id }), 'Assigned'),
});
const withdraw = createRoute({
  method: 'delete',
  path: '/staff/{staffUserId}/duties/{assignmentId}',
  summary: 'Ends a standing duty',
  request: { params: z.object({ staffUserId: Id, assignmentId: Id }) },
  responses: answers(Done, 'Ended'),
});
const enrolment = createRoute({
  method: 'post',
  path: '/devices',
  summary: 'A code that enrols a station device',
  request: { body: body(EnrolmentInput) },
  responses: answers(EnrolmentAnswer, 'The code'),
});
const rename = createRoute({
  method: 'patch',
  path: '/devices/{deviceId}',
  summary: 'Gives a device another name',
  request: { params: deviceParam, body: body(RenameInput) },
  responses: answers(Done, 'Renamed'),
});
const revoke = createRoute({
  method: 'delete',
  path: '/devices/{deviceId}',
  summary: 'Revokes a device and every session on it',
  request: { params: deviceParam },
  responses: answers(Done, 'Revoked'),
});
const audit = createRoute({
  method: 'get',
  path: '/audit',
  summary: 'The court’s audit log, newest first',
  request: { query: AuditQuery },
  responses: answers(AuditPage, 'One page'),
});
const chain = createRoute({
  method: 'get',
  path: '/audit/chain',
  summary: 'Walks the audit chain and says whether every link holds',
  responses: answers(ChainState, 'The verdict'),
});

/** People, their duties and devices, the shared screen, and the log of who did what. */
export function peopleRoutes() {
  const app = resource();
  app.use('/hand-overs/return', rateLimit(20, 60));
  app.use('/audit/chain', rateLimit(10, 60));
  app.use('/staff/:staffUserId/credentials', rateLimit(20, 60));
  return app
    .openapi(over, async (c) => {
      const { token, name } = await handOverScreen(ctxOf(c, 'staff'), c.req.valid('json'));
      giveCookie(c, 'party', token, HAND_OVER_MS / 1000);
      return c.json({ name }, 200);
    })
    .openapi(back, async (c) => {
      const staffToken = getCookie(c, cookieNames.staff);
      const answer = await takeScreenBack(c.var.deps, requestOf(c), staffToken, c.req.valid('json'));
      dropCookie(c, 'party');
      return c.json(answer, 200);
    })
    .openapi(staff, async (c) => c.json(await listStaff(ctxOf(c, 'staff')), 200))
    .openapi(create, async (c) => c.json(await createStaff(ctxOf(c, 'staff'), c.req.valid('json')), 200))
    .openapi(reset, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('json') };
      return c.json(await resetCredentials(ctxOf(c, 'staff'), input), 200);
    })
    .openapi(disable, async (c) => {
      await setStaffDisabled(ctxOf(c, 'staff'), { ...c.req.valid('param'), disabled: true });
      return c.json(done, 200);
    })
    .openapi(enable, async (c) => {
      await setStaffDisabled(ctxOf(c, 'staff'), { ...c.req.valid('param'), disabled: false });
      return c.json(done, 200);
    })
    .openapi(release, async (c) => {
      await releaseLockout(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(assign, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('json') };
      return c.json(await assignDuty(ctxOf(c, 'staff'), input), 200);
    })
    .openapi(withdraw, async (c) => {
      await withdrawDuty(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(enrolment, async (c) => {
      const { expiresAt, ...rest } = await createEnrolment(ctxOf(c, 'staff'), c.req.valid('json'));
      return c.json({ ...rest, expiresAt: expiresAt.toISOString() }, 200);
    })
    .openapi(rename, async (c) => {
      await renameDevice(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(revoke, async (c) => {
      await revokeDevice(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(audit, async (c) => c.json(await readAudit(ctxOf(c, 'staff'), c.req.valid('query')), 200))
    .openapi(chain, async (c) => c.json(await readChainState(ctxOf(c, 'staff')), 200));
}
