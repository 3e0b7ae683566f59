import { createRoute, z } from '@hono/zod-openapi';
import { ExhibitView, MoveInput, ShowInput } from '../contract/exhibit.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, ErrorBody, Id } from '../http/responses.ts';
import {
  hideExhibit,
  moveExhibit,
  readExhibit,
  readExhibitPage,
  showExhibit,
} from '../services/exhibits/exhibits.ts';

const SessionParam = z.object({ sessionId: Id });
const ExhibitParam = SessionParam.extend({ exhibitId: Id });
const at = '/sessions/{sessionId}' as const;
const one = `${at}/exhibits/{exhibitId}` as const;

const read = createRoute({
  method: 'get',
  path: `${at}/exhibit`,
  summary: 'What is shown to the asking seat now, with page and pointer',
  request: { params: SessionParam },
  responses: answers(ExhibitView, 'The paper, or nothing'),
});
const show = createRoute({
  method: 'post',
  path: `${at}/exhibits`,
  summary: 'Shows a paper or photo of the case to chosen seats',
  request: { params: SessionParam, body: body(ShowInput) },
  responses: answers(z.object({ exhibitId: Id }), 'Shown'),
});
const move = createRoute({
  method: 'post',
  path: `${one}/move`,
  summary: 'Page and pointer for everybody who sees it',
  request: { params: ExhibitParam, body: body(MoveInput) },
  responses: answers(Done, 'Moved'),
});
const hide = createRoute({
  method: 'delete',
  path: one,
  summary: 'Takes it away',
  request: { params: ExhibitParam },
  responses: answers(Done, 'Away'),
});
const page = createRoute({
  method: 'get',
  path: `${one}/pages/{page}`,
  summary: 'The picture of one page; who sits at the asking seat has seen it',
  request: { params: ExhibitParam.extend({ page: z.coerce.number().int().min(1).max(500) }) },
  responses: {
    200: {
      description: 'The picture',
      content: { 'image/webp': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    default: { description: 'Refused', content: { 'application/json': { schema: ErrorBody } } },
  },
});

/** Papers and photos shown in the room, over HTTP: they work when video does not. */
export function exhibitRoutes() {
  return resource()
    .openapi(read, async (c) =>
      c.json(await readExhibit(ctxOf(c, 'staff', 'party'), c.req.valid('param').sessionId), 200),
    )
    .openapi(show, async (c) =>
      c.json(await showExhibit(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(move, async (c) => {
      await moveExhibit(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(hide, async (c) => {
      await hideExhibit(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(page, async (c) => {
      const { bytes, mime } = await readExhibitPage(ctxOf(c, 'staff', 'party'), c.req.valid('param'));
      return c.body(Buffer.from(bytes), 200, {
        'content-type': mime,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      });
    });
}
