import { createRoute, z } from '@hono/zod-openapi';
import { RecordKind } from '../contract/enums.ts';
import {
  AddLineInput,
  ConfirmInput,
  FactAnswerInput,
  FactInput,
  FactsReadOutInput,
  LineInput,
  ObjectionInput,
  PlaceInput,
  ReadOutInput,
  RecordList,
  RecordView,
  WaiverInput,
  WordNoteInput,
} from '../contract/record.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { downloadRecord } from '../services/record/draw-record.ts';
import { answerFact, dropFact, markFact } from '../services/record/facts.ts';
import { confirmRecord, noteWord, objectToLine, reopenRecord } from '../services/record/give-word.ts';
import { readOutFacts, readOutRecord } from '../services/record/read-out.ts';
import { listRecords, readRecord } from '../services/record/read-record.ts';
import { addLine, correctLine, strikeLine } from '../services/record/write-line.ts';
import { statePlace, waivePresence } from '../services/session/waive-presence.ts';

const SessionParam = z.object({ sessionId: Id });
const RecordParam = SessionParam.extend({ kind: RecordKind });
const LineParam = SessionParam.extend({ lineId: Id });
const FactParam = SessionParam.extend({ factId: Id });
const at = '/sessions/{sessionId}' as const;
const one = `${at}/records/{kind}` as const;

const read = createRoute({
  method: 'get',
  path: one,
  summary: 'The record (TALKS) or the sheet of undisputed facts (FACTS), as it stands',
  request: { params: RecordParam },
  responses: answers(RecordView, 'Lines, words given, facts'),
});
const list = createRoute({
  method: 'get',
  path: '/cases/{caseId}/records',
  summary: 'Records and sheets of facts of a case that were read out',
  request: { params: z.object({ caseId: Id }) },
  responses: answers(RecordList, 'Records'),
});
const add = createRoute({
  method: 'post',
  path: `${at}/lines`,
  summary: 'Types a line of the record, or takes over what a recogniser heard',
  request: { params: SessionParam, body: body(AddLineInput) },
  responses: answers(z.object({ lineId: Id }), 'The line'),
});
const correct = createRoute({
  method: 'post',
  path: `${at}/lines/{lineId}`,
  summary: 'Corrects a line before it is read out',
  request: { params: LineParam, body: body(LineInput) },
  responses: answers(Done, 'Corrected'),
});
const strike = createRoute({
  method: 'delete',
  path: `${at}/lines/{lineId}`,
  summary: 'Strikes a line before it is read out',
  request: { params: LineParam },
  responses: answers(Done, 'Struck'),
});
const readOut = createRoute({
  method: 'post',
  path: `${at}/record/read-out`,
  summary: 'The record was read out: the text stands, everybody gives their word',
  request: { params: SessionParam, body: body(ReadOutInput) },
  responses: answers(z.object({ contentSha256: z.string() }), 'What each confirmation binds'),
});
const readOutSheet = createRoute({
  method: 'post',
  path: `${at}/facts/read-out`,
  summary: 'After failed talks: undisputed facts and headings of what remains were read out',
  request: { params: SessionParam, body: body(FactsReadOutInput) },
  responses: answers(z.object({ contentSha256: z.string() }), 'What each confirmation binds'),
});
const confirm = createRoute({
  method: 'post',
  path: `${one}/confirm`,
  summary: '笔录已向我宣读，与我所述一致: one’s own word, once',
  request: { params: RecordParam, body: body(ConfirmInput) },
  responses: answers(Done, 'Confirmed'),
});
const note = createRoute({
  method: 'post',
  path: `${one}/note`,
  summary: 'Confirmed in person without a screen, refused, or gone: entered by staff with the reason',
  request: { params: RecordParam, body: body(WordNoteInput) },
  responses: answers(Done, 'Entered'),
});
const reopen = createRoute({
  method: 'post',
  path: `${one}/reopen`,
  summary: 'Opens it again: every word given falls',
  request: { params: RecordParam },
  responses: answers(Done, 'Open'),
});
const object = createRoute({
  method: 'post',
  path: `${at}/record/objections`,
  summary: 'Objects to one line; it is written in',
  request: { params: SessionParam, body: body(ObjectionInput) },
  responses: answers(Done, 'Written in'),
});
const pdf = createRoute({
  method: 'get',
  path: `${one}/pdf`,
  summary: 'The confirmed paper as PDF',
  request: { params: RecordParam },
  responses: {
    200: {
      description: 'The PDF',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
  },
});
const fact = createRoute({
  method: 'post',
  path: `${at}/facts`,
  summary: 'Marks what nobody disputes',
  request: { params: SessionParam, body: body(FactInput) },
  responses: answers(z.object({ factId: Id }), 'The fact'),
});
const drop = createRoute({
  method: 'delete',
  path: `${at}/facts/{factId}`,
  summary: 'Takes a marked fact back',
  request: { params: FactParam },
  responses: answers(Done, 'Taken back'),
});
const answer = createRoute({
  method: 'post',
  path: `${at}/facts/{factId}/answer`,
  summary: 'A party’s own answer: true or not',
  request: { params: FactParam, body: body(FactAnswerInput) },
  responses: answers(Done, 'Answered'),
});
const waive = createRoute({
  method: 'post',
  path: `${at}/presence-waivers`,
  summary: 'A party who is out said expressly that the others may go on',
  request: { params: SessionParam, body: body(WaiverInput) },
  responses: answers(Done, 'Recorded'),
});
const place = createRoute({
  method: 'post',
  path: `${at}/attendees/{attendeeId}/place`,
  summary: 'Where somebody really is',
  request: { params: SessionParam.extend({ attendeeId: Id }), body: body(PlaceInput) },
  responses: answers(Done, 'Recorded'),
});

/** 笔录: typed and grown by the system, read out, confirmed by everybody, frozen. */
export function recordRoutes() {
  return resource()
    .openapi(read, async (c) =>
      c.json(await readRecord(ctxOf(c, 'staff', 'party'), c.req.valid('param')), 200),
    )
    .openapi(list, async (c) =>
      c.json(await listRecords(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId), 200),
    )
    .openapi(add, async (c) =>
      c.json(await addLine(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(correct, async (c) => {
      await correctLine(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(strike, async (c) => {
      await strikeLine(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(readOut, async (c) =>
      c.json(
        await readOutRecord(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(readOutSheet, async (c) =>
      c.json(await readOutFacts(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(confirm, async (c) => {
      await confirmRecord(ctxOf(c, 'staff', 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(note, async (c) => {
      await noteWord(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(reopen, async (c) => {
      await reopenRecord(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(object, async (c) => {
      await objectToLine(ctxOf(c, 'staff', 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(pdf, async (c) => {
      const { bytes, name } = await downloadRecord(ctxOf(c, 'staff', 'party'), c.req.valid('param'));
      return c.body(Buffer.from(bytes), 200, {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(name)}`,
        'cache-control': 'private, no-store',
      });
    })
    .openapi(fact, async (c) =>
      c.json(await markFact(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(drop, async (c) => {
      await dropFact(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(answer, async (c) => {
      await answerFact(ctxOf(c, 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(waive, async (c) => {
      await waivePresence(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(place, async (c) => {
      await statePlace(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    });
}
