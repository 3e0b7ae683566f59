import { createRoute, z } from '@hono/zod-openapi';
import { IntakeDraftRow, IntakeDraftView, SaveDraftInput, StartDraftInput } from '../contract/intake.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import {
  discardIntakeDraft,
  listIntakeDrafts,
  readIntakeDraft,
  saveIntakeDraft,
  startIntakeDraft,
} from '../services/intake/intake-drafts.ts';

const DraftParam = z.object({ draftId: Id });

const list = createRoute({
  method: 'get',
  path: '/intake-drafts',
  summary: 'The asking director’s open intake drafts',
  responses: answers(z.array(IntakeDraftRow), 'Drafts, newest first'),
});
const start = createRoute({
  method: 'post',
  path: '/intake-drafts',
  summary: 'Keeps what has been typed for the first time',
  request: { body: body(StartDraftInput) },
  responses: answers(z.object({ id: Id, version: z.int() }), 'The draft'),
});
const read = createRoute({
  method: 'get',
  path: '/intake-drafts/{draftId}',
  summary: 'One own draft to go on with',
  request: { params: DraftParam },
  responses: answers(IntakeDraftView, 'The draft'),
});
const save = createRoute({
  method: 'post',
  path: '/intake-drafts/{draftId}',
  summary: 'Autosave; refused when another device has saved since',
  request: { params: DraftParam, body: body(SaveDraftInput) },
  responses: answers(z.object({ version: z.int() }), 'Saved'),
});
const discard = createRoute({
  method: 'delete',
  path: '/intake-drafts/{draftId}',
  summary: 'Throws a draft away',
  request: { params: DraftParam },
  responses: answers(Done, 'Gone'),
});

export function intakeRoutes() {
  return resource()
    .openapi(list, async (c) => c.json(await listIntakeDrafts(ctxOf(c, 'staff')), 200))
    .openapi(start, async (c) => c.json(await startIntakeDraft(ctxOf(c, 'staff'), c.req.valid('json')), 200))
    .openapi(read, async (c) =>
      c.json(await readIntakeDraft(ctxOf(c, 'staff'), c.req.valid('param').draftId), 200),
    )
    .openapi(save, async (c) =>
      c.json(
        await saveIntakeDraft(ctxOf(c, 'staff'), {
          id: c.req.valid('param').draftId,
          ...c.req.valid('json'),
        }),
        200,
      ),
    )
    .openapi(discard, async (c) => {
      await discardIntakeDraft(ctxOf(c, 'staff'), c.req.valid('param').draftId);
      return c.json(done, 200);
    });
}
