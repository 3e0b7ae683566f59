import { createRoute, z } from '@hono/zod-openapi';
import { PhoneChangeInput, PhoneChangeView, PhoneDecision } from '../contract/phones.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { changePhone } from '../services/phones/change-phone.ts';
import { decidePhone } from '../services/phones/decide-phone.ts';
import { listPhoneChanges } from '../services/phones/list-phone-changes.ts';

const change = createRoute({
  method: 'post',
  path: '/cases/{caseId}/parties/{partyId}/phone',
  summary: 'Enters another number; a second person approves it, and it signs nothing on that day',
  request: { params: z.object({ caseId: Id, partyId: Id }), body: body(PhoneChangeInput) },
  responses: answers(z.object({ id: Id }), 'Waits for the second person'),
});
const decide = createRoute({
  method: 'post',
  path: '/cases/{caseId}/phone-changes/{changeId}',
  summary: 'The second person approves or refuses a changed number',
  request: { params: z.object({ caseId: Id, changeId: Id }), body: body(PhoneDecision) },
  responses: answers(Done, 'Decided'),
});
const list = createRoute({
  method: 'get',
  path: '/cases/{caseId}/phone-changes',
  summary: 'Changed numbers, masked, with who entered and who approved them',
  request: { params: z.object({ caseId: Id }) },
  responses: answers(z.array(PhoneChangeView), 'Newest first'),
});

/** Telephone numbers after registration: one enters, another approves. */
export function phoneRoutes() {
  return resource()
    .openapi(change, async (c) =>
      c.json(await changePhone(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(decide, async (c) => {
      await decidePhone(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(list, async (c) =>
      c.json(await listPhoneChanges(ctxOf(c, 'staff'), c.req.valid('param').caseId), 200),
    );
}
