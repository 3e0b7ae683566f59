import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { DraftLinesView, StartTranscribingInput } from '../contract/transcription.ts';
import { DomainError } from '../domain/errors.ts';
import { type AppEnv, ctxOf, resource } from '../http/app-env.ts';
import { rateLimit } from '../http/guards.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { dropDraft, readDrafts } from '../services/transcription/read-drafts.ts';
import { startTranscribing, stopTranscribing } from '../services/transcription/switch-transcription.ts';
import { takeSound } from '../services/transcription/take-sound.ts';

const SessionParam = z.object({ sessionId: Id });
const at = '/sessions/{sessionId}/transcription' as const;

const read = createRoute({
  method: 'get',
  path: at,
  summary: 'Draft lines that a recogniser heard, for those who write the record',
  request: { params: SessionParam },
  responses: answers(DraftLinesView, 'The drafts, and what keeps new ones from coming'),
});
const start = createRoute({
  method: 'post',
  path: `${at}/start`,
  summary: 'What is said becomes draft lines from now on',
  request: { params: SessionParam, body: body(StartTranscribingInput) },
  responses: answers(Done, 'Listening'),
});
const stop = createRoute({
  method: 'post',
  path: `${at}/stop`,
  summary: 'No further sound is taken',
  request: { params: SessionParam },
  responses: answers(Done, 'Off'),
});
const sound = createRoute({
  method: 'post',
  path: `${at}/sound`,
  summary: 'A few seconds of the asking seat’s microphone (audio/wav, 16 kHz, mono, 16 bits, 10 s at most)',
  request: { params: SessionParam },
  responses: answers(Done, 'Heard; nothing of the sound is kept'),
});
const drop = createRoute({
  method: 'delete',
  path: `${at}/drafts/{draftId}`,
  summary: 'Throws a draft line away',
  request: { params: SessionParam.extend({ draftId: Id }) },
  responses: answers(Done, 'Gone'),
});

/** Pieces that one signed-in person may send in a minute: they come every six seconds. */
const PIECES_A_MINUTE = 30;

function whoSends(c: Context<AppEnv>): string {
  const { principal } = c.var;
  if (principal?.kind === 'staff') return principal.sessionId;
  return principal?.kind === 'party' ? principal.partySessionId : c.var.ip;
}

/** 语音转写: what a recogniser makes of speech, as drafts for the record. */
export function transcriptionRoutes() {
  const app = resource();
  app.on('POST', '/sessions/:sessionId/transcription/sound', rateLimit(PIECES_A_MINUTE, 60, whoSends));
  return app
    .openapi(read, async (c) => c.json(await readDrafts(ctxOf(c, 'staff'), c.req.valid('param')), 200))
    .openapi(start, async (c) => {
      await startTranscribing(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(stop, async (c) => {
      await stopTranscribing(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(sound, async (c) => {
      const ctx = ctxOf(c, 'staff', 'party');
      if (!c.req.header('content-type')?.startsWith('audio/wav'))
        throw new DomainError('BAD_REQUEST', { fields: ['body'] });
      await takeSound(ctx, {
        ...c.req.valid('param'),
        bytes: new Uint8Array(await c.req.arrayBuffer()),
      });
      return c.json(done, 200);
    })
    .openapi(drop, async (c) => {
      await dropDraft(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    });
}
