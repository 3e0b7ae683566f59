import { createRoute, z } from '@hono/zod-openapi';
import {
  CeremonyState,
  CertificateAnswer,
  CertificateInput,
  CodeInput,
  CompleteAnswer,
  CompleteInput,
  DeclineInput,
  FieldParam,
  InkInput,
  OpenInput,
  PrepareAnswer,
  QuestionsInput,
  ReadInput,
} from '../contract/ceremony.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { rateLimit } from '../http/guards.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { confirmPresence, requestSigningCode, verifySigningCode } from '../services/ceremony/code.ts';
import { declineSigning } from '../services/ceremony/decline.ts';
import { recordInk } from '../services/ceremony/ink.ts';
import { issueSigningCertificate } from '../services/ceremony/issue-certificate.ts';
import { openSigning, recordReading } from '../services/ceremony/open-and-read.ts';
import { answerQuestions } from '../services/ceremony/questions.ts';
import { readCeremony } from '../services/ceremony/read-ceremony.ts';
import { completeSigning, prepareSigning } from '../services/ceremony/sign.ts';
import { seal } from '../services/sealing/seal.ts';

const base = '/cases/{caseId}/ceremony' as const;
const place = `${base}/{fieldName}` as const;
const decode = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

const read = createRoute({
  method: 'get',
  path: base,
  summary: 'The frozen version, every place on it and one’s own progress',
  request: { params: z.object({ caseId: Id }) },
  responses: answers(CeremonyState, 'The ceremony'),
});
const open = createRoute({
  method: 'post',
  path: `${place}/open`,
  summary: 'The signer has the agreement before them',
  request: { params: FieldParam, body: body(OpenInput) },
  responses: answers(Done, 'Recorded'),
});
const reading = createRoute({
  method: 'post',
  path: `${place}/read`,
  summary: 'The whole text was read; the browser sends the hash of what it showed',
  request: { params: FieldParam, body: body(ReadInput) },
  responses: answers(Done, 'Recorded'),
});
const questions = createRoute({
  method: 'post',
  path: `${place}/questions`,
  summary: 'The three voluntariness questions; any no stops and calls the mediator',
  request: { params: FieldParam, body: body(QuestionsInput) },
  responses: answers(z.object({ stopped: z.boolean() }), 'Whether the ceremony stopped'),
});
const requestCode = createRoute({
  method: 'post',
  path: `${place}/code`,
  summary: 'Sends the code of this moment, bound to the document’s hash',
  request: { params: FieldParam },
  responses: answers(Done, 'On its way'),
});
const verifyCode = createRoute({
  method: 'post',
  path: `${place}/code/verify`,
  summary: 'Gives the code back: single use, five tries, five minutes',
  request: { params: FieldParam, body: body(CodeInput) },
  responses: answers(Done, 'Right'),
});
const presence = createRoute({
  method: 'post',
  path: `${place}/presence`,
  summary: 'At the station: the handed-over screen stands for the code',
  request: { params: FieldParam },
  responses: answers(Done, 'Recorded'),
});
const ink = createRoute({
  method: 'post',
  path: `${place}/ink`,
  summary: 'The handwritten name as strokes',
  request: { params: FieldParam, body: body(InkInput) },
  responses: answers(Done, 'Recorded'),
});
const certificate = createRoute({
  method: 'post',
  path: `${place}/certificate`,
  summary: 'A one-time certificate for the key that the browser made',
  request: { params: FieldParam, body: body(CertificateInput) },
  responses: answers(CertificateAnswer, 'DER, base64'),
});
const prepare = createRoute({
  method: 'post',
  path: `${place}/prepare`,
  summary: 'The digest that the device signs, against the document’s current head',
  request: { params: FieldParam },
  responses: answers(PrepareAnswer, 'SHA-256, hexadecimal'),
});
const complete = createRoute({
  method: 'post',
  path: `${place}/complete`,
  summary: 'The device’s signature; appends one signed revision',
  request: { params: FieldParam, body: body(CompleteInput) },
  responses: answers(CompleteAnswer, 'Time by the time-stamp token'),
});
const decline = createRoute({
  method: 'post',
  path: `${place}/decline`,
  summary: 'Declines to sign, with a reason',
  request: { params: FieldParam, body: body(DeclineInput) },
  responses: answers(Done, 'Recorded'),
});
const sealRoute = createRoute({
  method: 'post',
  path: '/cases/{caseId}/seal',
  summary: 'The committee’s seal, after every signature, exactly once',
  request: { params: z.object({ caseId: Id }) },
  responses: answers(z.object({ status: z.string() }), 'The agreement’s state'),
});

/** The signing ceremony, one verb per step; a refusal changes nothing and the same step waits. */
export function ceremonyRoutes() {
  const app = resource();
  app.use('/cases/:caseId/ceremony/:fieldName/code', rateLimit(10, 60));
  return app
    .openapi(read, async (c) =>
      c.json(await readCeremony(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId), 200),
    )
    .openapi(open, async (c) => {
      await openSigning(ctxOf(c, 'staff', 'party'), c.req.valid('param'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(reading, async (c) => {
      await recordReading(ctxOf(c, 'staff', 'party'), c.req.valid('param'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(questions, async (c) => {
      const ctx = ctxOf(c, 'staff', 'party');
      return c.json(await answerQuestions(ctx, c.req.valid('param'), c.req.valid('json')), 200);
    })
    .openapi(requestCode, async (c) => {
      await requestSigningCode(ctxOf(c, 'party'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(verifyCode, async (c) => {
      await verifySigningCode(ctxOf(c, 'party'), c.req.valid('param'), c.req.valid('json').code);
      return c.json(done, 200);
    })
    .openapi(presence, async (c) => {
      await confirmPresence(ctxOf(c, 'party'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(ink, async (c) => {
      await recordInk(ctxOf(c, 'staff', 'party'), c.req.valid('param'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(certificate, async (c) => {
      const ctx = ctxOf(c, 'staff', 'party');
      const input = { ...c.req.valid('param'), csr: decode(c.req.valid('json').csr) };
      const issued = await issueSigningCertificate(ctx, input);
      const answer = {
        certificate: encode(issued.certificate),
        chain: issued.chain.map(encode),
        serial: issued.serial,
      };
      return c.json(answer, 200);
    })
    .openapi(prepare, async (c) =>
      c.json(await prepareSigning(ctxOf(c, 'staff', 'party'), c.req.valid('param')), 200),
    )
    .openapi(complete, async (c) => {
      const { signedAttributes, signature } = c.req.valid('json');
      const answer = { signedAttributes: decode(signedAttributes), signature: decode(signature) };
      const { signedAt } = await completeSigning(ctxOf(c, 'staff', 'party'), c.req.valid('param'), answer);
      return c.json({ signedAt: signedAt.toISOString() }, 200);
    })
    .openapi(decline, async (c) => {
      await declineSigning(ctxOf(c, 'staff', 'party'), c.req.valid('param'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(sealRoute, async (c) => c.json(await seal(ctxOf(c, 'staff'), c.req.valid('param')), 200));
}
