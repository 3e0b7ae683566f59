import { createRoute, z } from '@hono/zod-openapi';
import { LiftInput, MoveInput, ProtectInput } from '../contract/apart.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { moveBetweenRooms } from '../services/apart/move-between-rooms.ts';
import { liftProtection, protectPerson } from '../services/apart/protect-person.ts';

const protect = createRoute({
  method: 'post',
  path: '/cases/{caseId}/protections',
  summary: 'The sides must not meet: from now on they never share a room',
  request: { params: z.object({ caseId: Id }), body: body(ProtectInput) },
  responses: answers(z.object({ protectionId: Id }), 'Kept apart'),
});
const lift = createRoute({
  method: 'post',
  path: '/cases/{caseId}/protections/{protectionId}/lift',
  summary: 'A mediator or judge found that the sides may meet',
  request: { params: z.object({ caseId: Id, protectionId: Id }), body: body(LiftInput) },
  responses: answers(Done, 'Lifted'),
});
const move = createRoute({
  method: 'post',
  path: '/sessions/{sessionId}/between-rooms',
  summary:
    'A neutral person goes over to the other side’s room, once LiveKit confirms that the first one is left',
  request: { params: z.object({ sessionId: Id }), body: body(MoveInput) },
  responses: answers(Done, 'There'),
});

/** People who must not meet (穿梭调解). */
export function apartRoutes() {
  return resource()
    .openapi(protect, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('json') };
      return c.json(await protectPerson(ctxOf(c, 'staff'), input), 200);
    })
    .openapi(lift, async (c) => {
      await liftProtection(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(move, async (c) => {
      await moveBetweenRooms(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    });
}
