import { createRoute, z } from '@hono/zod-openapi';
import {
  CaucusNotes,
  CaucusPreview,
  CaucusPreviewInput,
  CaucusView,
  MessageInput,
  MessageView,
  NoteInput,
  OpenCaucusInput,
} from '../contract/caucus.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { recallCaucus } from '../services/caucus/end-caucus.ts';
import { readMessages, sendMessage } from '../services/caucus/messages.ts';
import { keepNote, readNotes } from '../services/caucus/notes.ts';
import { openCaucus } from '../services/caucus/open-caucus.ts';
import { readCaucus } from '../services/caucus/read-caucus.ts';
import { previewCaucus } from '../services/caucus/who-hears.ts';

const SessionParam = z.object({ sessionId: Id });
const CaucusParam = SessionParam.extend({ caucusId: Id });
const at = '/sessions/{sessionId}' as const;

const read = createRoute({
  method: 'get',
  path: `${at}/caucus`,
  summary: 'Whether a private talk runs, and what the asking seat may know of it',
  request: { params: SessionParam },
  responses: answers(CaucusView, 'The private talk'),
});
const preview = createRoute({
  method: 'post',
  path: `${at}/caucus/preview`,
  summary: 'Names everybody who would hear, and who must leave before',
  request: { params: SessionParam, body: body(CaucusPreviewInput) },
  responses: answers(CaucusPreview, 'By name'),
});
const open = createRoute({
  method: 'post',
  path: `${at}/caucus`,
  summary: 'Opens a private talk once LiveKit confirms that its members are heard nowhere else',
  request: { params: SessionParam, body: body(OpenCaucusInput) },
  responses: answers(z.object({ caucusId: Id }), 'Open'),
});
const recall = createRoute({
  method: 'post',
  path: `${at}/caucuses/{caucusId}/recall`,
  summary: 'Calls everybody back with ten seconds’ notice',
  request: { params: CaucusParam },
  responses: answers(z.object({ recallAt: z.iso.datetime() }), 'When it ends'),
});
const note = createRoute({
  method: 'post',
  path: `${at}/caucuses/{caucusId}/note`,
  summary: 'The mediator’s own note; nobody else ever reads it',
  request: { params: CaucusParam, body: body(NoteInput) },
  responses: answers(Done, 'Kept'),
});
const notes = createRoute({
  method: 'get',
  path: `${at}/caucus-notes`,
  summary: 'One’s own notes of this session’s private talks',
  request: { params: SessionParam },
  responses: answers(CaucusNotes, 'Notes'),
});
const send = createRoute({
  method: 'post',
  path: `${at}/messages`,
  summary: 'A text message to all, to the host, or inside a private talk',
  request: { params: SessionParam, body: body(MessageInput) },
  responses: answers(z.object({ messageId: Id }), 'Sent'),
});
const list = createRoute({
  method: 'get',
  path: `${at}/messages`,
  summary: 'Messages that the asking seat may read',
  request: { params: SessionParam },
  responses: answers(z.array(MessageView), 'Messages'),
});

/** 背靠背 and text messages. */
export function caucusRoutes() {
  return resource()
    .openapi(read, async (c) =>
      c.json(await readCaucus(ctxOf(c, 'staff', 'party'), c.req.valid('param').sessionId), 200),
    )
    .openapi(preview, async (c) =>
      c.json(
        await previewCaucus(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(open, async (c) =>
      c.json(await openCaucus(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(recall, async (c) => c.json(await recallCaucus(ctxOf(c, 'staff'), c.req.valid('param')), 200))
    .openapi(note, async (c) => {
      await keepNote(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(notes, async (c) =>
      c.json(await readNotes(ctxOf(c, 'staff'), c.req.valid('param').sessionId), 200),
    )
    .openapi(send, async (c) =>
      c.json(
        await sendMessage(ctxOf(c, 'staff', 'party'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(list, async (c) =>
      c.json(await readMessages(ctxOf(c, 'staff', 'party'), c.req.valid('param').sessionId), 200),
    );
}
