import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  LayoutView,
  RecordingCheck,
  RecordingStateView,
  RecordingView,
  StartRecordingInput,
} from '../contract/recording.ts';
import { DomainError } from '../domain/errors.ts';
import { type AppEnv, ctxOf, requestOf, resource } from '../http/app-env.ts';
import { byteRange } from '../http/byte-range.ts';
import { answers, body, Done, done, file, fileHeaders, Id } from '../http/responses.ts';
import { checkRecording } from '../services/recording/check-recording.ts';
import { readDeletion } from '../services/recording/delete-recordings.ts';
import { greetLayout, layoutCtx } from '../services/recording/layout-page.ts';
import { openPart } from '../services/recording/play-part.ts';
import { listRecordings, readRecordingState } from '../services/recording/read-recordings.ts';
import { startRecording } from '../services/recording/start-recording.ts';
import { stopRecording } from '../services/recording/stop-recording.ts';
import { takePiece } from '../services/recording/take-chunk.ts';

const SessionParam = z.object({ sessionId: Id });
const OneParam = z.object({ caseId: Id, recordingId: Id });
const PartParam = OneParam.extend({ number: z.coerce.number().int().min(1).max(10_000) });
const at = '/sessions/{sessionId}/recording' as const;
const one = '/cases/{caseId}/recordings/{recordingId}' as const;

const state = createRoute({
  method: 'get',
  path: at,
  summary: 'Whether the session is recorded now; for its hosts what keeps it from starting',
  request: { params: SessionParam },
  responses: answers(RecordingStateView, 'The recording'),
});
const start = createRoute({
  method: 'post',
  path: `${at}/start`,
  summary: 'Starts recording, with the yes of everybody present',
  request: { params: SessionParam, body: body(StartRecordingInput) },
  responses: answers(z.object({ recordingId: Id }), 'Asked for; it runs once its first piece is here'),
});
const stop = createRoute({
  method: 'post',
  path: `${at}/stop`,
  summary: 'Stops recording',
  request: { params: SessionParam },
  responses: answers(Done, 'Stopped'),
});
const list = createRoute({
  method: 'get',
  path: '/cases/{caseId}/recordings',
  summary: 'Recordings of a case with parts and chapters',
  request: { params: z.object({ caseId: Id }) },
  responses: answers(z.array(RecordingView), 'Recordings'),
});
const play = createRoute({
  method: 'get',
  path: `${one}/parts/{number}`,
  summary: 'One part: by byte ranges, or whole with ?download=1; both audited',
  request: { params: PartParam, query: z.object({ download: z.literal('1').exactOptional() }) },
  responses: file('video/webm', 'The part, or a range of it'),
});
const check = createRoute({
  method: 'post',
  path: `${one}/check`,
  summary: 'Walks hash chain, stored files, time stamps and manifest, without opening anything',
  request: { params: OneParam },
  responses: answers(RecordingCheck, 'What holds and what does not'),
});
const deletion = createRoute({
  method: 'get',
  path: `${one}/deletion`,
  summary: 'The certificate of a deletion by rule, with its time stamp',
  request: { params: OneParam },
  responses: answers(z.object({ certificate: z.string(), timestampToken: z.string() }), 'The certificate'),
});
const hello = createRoute({
  method: 'post',
  path: '/recorder/hello',
  summary: 'The layout page of a recording browser: its token and what it draws',
  responses: answers(LayoutView, 'What to record'),
});
const piece = createRoute({
  method: 'post',
  path: '/recorder/pieces/{sequence}',
  summary: 'One piece of a recording from its layout page',
  request: {
    params: z.object({ sequence: z.coerce.number().int().min(0).max(1_000_000) }),
    query: z.object({ last: z.literal('1').exactOptional() }),
  },
  responses: answers(Done, 'Kept'),
});

/** A player that names no end gets so much at once. */
const MOST_RANGE_BYTES = 4 * 1024 * 1024;
const STREAM_BYTES = 1024 * 1024;

const ticketOf = (c: Context<AppEnv>): string => c.req.header('x-tongxi-recorder') ?? '';

/** 录音录像: start, stop, play; and what the recording browser sends. */
export function recordingRoutes() {
  return resource()
    .openapi(state, async (c) =>
      c.json(await readRecordingState(ctxOf(c, 'staff', 'party'), c.req.valid('param').sessionId), 200),
    )
    .openapi(start, async (c) =>
      c.json(
        await startRecording(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(stop, async (c) => {
      await stopRecording(ctxOf(c, 'staff'), c.req.valid('param').sessionId);
      return c.json(done, 200);
    })
    .openapi(list, async (c) =>
      c.json(await listRecordings(ctxOf(c, 'staff'), c.req.valid('param').caseId), 200),
    )
    .openapi(play, async (c) => {
      const download = c.req.valid('query').download === '1';
      const asked = byteRange(c.req.header('range'));
      const part = await openPart(ctxOf(c, 'staff'), {
        ...c.req.valid('param'),
        download,
      });
      const headers = { ...fileHeaders(part.mime, part.name, !download), 'accept-ranges': 'bytes' };
      const range = asked && !download ? asked.within(part.size, MOST_RANGE_BYTES) : null;
      if (asked && !download && !range) return c.body(null, 416, { 'content-range': `bytes */${part.size}` });
      if (!range) {
        let next = 0;
        const stream = new ReadableStream<Uint8Array>({
          async pull(controller) {
            const end = Math.min(part.size, next + STREAM_BYTES);
            if (end > next) controller.enqueue(await part.read(next, end));
            next = end;
            if (next >= part.size) controller.close();
          },
        });
        return c.body(stream, 200, { ...headers, 'content-length': String(part.size) });
      }
      const bytes = await part.read(range.start, range.end);
      return c.body(Buffer.from(bytes), 206, {
        ...headers,
        'content-range': `bytes ${range.start}-${range.end - 1}/${part.size}`,
      });
    })
    .openapi(check, async (c) => c.json(await checkRecording(ctxOf(c, 'staff'), c.req.valid('param')), 200))
    .openapi(deletion, async (c) => c.json(await readDeletion(ctxOf(c, 'staff'), c.req.valid('param')), 200))
    .openapi(hello, async (c) => {
      const ticket = ticketOf(c);
      return c.json(await greetLayout(layoutCtx(c.var.deps, requestOf(c), ticket), ticket), 200);
    })
    .openapi(piece, async (c) => {
      const ticket = ticketOf(c);
      const ctx = layoutCtx(c.var.deps, requestOf(c), ticket);
      const type = c.req.header('content-type') ?? '';
      if (!type.startsWith('application/octet-stream'))
        throw new DomainError('BAD_REQUEST', { fields: ['body'] });
      await takePiece(ctx, ticket, {
        bytes: new Uint8Array(await c.req.arrayBuffer()),
        sequence: c.req.valid('param').sequence,
        last: c.req.valid('query').last === '1',
      });
      return c.json(done, 200);
    });
}
