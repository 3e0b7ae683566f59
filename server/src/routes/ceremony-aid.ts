import { createRoute, z } from '@hono/zod-openapi';
import { MAX_UPLOAD_BYTES } from '../contract/attachments.ts';
import {
  AloudInput,
  FallenVersion,
  FieldParam,
  OrgSealInput,
  PhotoFields,
  PhotoRefusal,
  PrivateCheckInput,
  SigningAidInput,
  WitnessInput,
} from '../contract/ceremony.ts';
import { DomainError } from '../domain/errors.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { rateLimit } from '../http/guards.ts';
import { answers, body, Done, done, ErrorBody, Id } from '../http/responses.ts';
import { readFallenVersions } from '../services/ceremony/fallen-versions.ts';
import { nameWitness, withdrawWitness } from '../services/ceremony/name-witness.ts';
import { compareSeal } from '../services/ceremony/org-seal.ts';
import { readPhoto, refusePhoto, takePhoto } from '../services/ceremony/photo.ts';
import { checkSigner } from '../services/ceremony/private-check.ts';
import { askAloud } from '../services/ceremony/questions.ts';
import { recordThumbprint, recordWitness } from '../services/ceremony/thumbprint.ts';

const place = '/cases/{caseId}/ceremony/{fieldName}' as const;
const file = { file: z.instanceof(File).openapi({ type: 'string', format: 'binary' }) };
const form = <T extends z.ZodType>(schema: T) =>
  ({ required: true, content: { 'multipart/form-data': { schema } } }) as const;

const aloud = createRoute({
  method: 'post',
  path: `${place}/questions-aloud`,
  summary: 'The mediator asked the three questions aloud while the others were away',
  request: { params: FieldParam, body: body(AloudInput) },
  responses: answers(z.object({ stopped: z.boolean() }), 'Whether the ceremony stopped'),
});
const check = createRoute({
  method: 'post',
  path: `${place}/private-check`,
  summary: 'Mediator or judge talked with this signer alone',
  request: { params: FieldParam, body: body(PrivateCheckInput) },
  responses: answers(Done, 'Recorded'),
});
const print = createRoute({
  method: 'post',
  path: `${place}/thumbprint`,
  summary: 'The photographed thumbprint of somebody who cannot write',
  request: { params: FieldParam, body: form(z.object(file)) },
  responses: answers(Done, 'Recorded'),
});
const witness = createRoute({
  method: 'post',
  path: `${place}/witness`,
  summary: 'The named witness saw the thumbprint given and signs by hand',
  request: { params: FieldParam, body: body(WitnessInput) },
  responses: answers(Done, 'Recorded'),
});
const orgSeal = createRoute({
  method: 'post',
  path: `${place}/org-seal`,
  summary: 'The organisation’s seal was compared with its registered image',
  request: { params: FieldParam, body: body(OrgSealInput) },
  responses: answers(Done, 'Recorded'),
});
const photo = createRoute({
  method: 'post',
  path: `${place}/photo`,
  summary: 'A photo of the signer, with a consent of its own',
  request: { params: FieldParam, body: form(PhotoFields.extend(file)) },
  responses: answers(Done, 'Recorded'),
});
const noPhoto = createRoute({
  method: 'post',
  path: `${place}/no-photo`,
  summary: 'No photo: recorded, without any effect',
  request: { params: FieldParam, body: body(PhotoRefusal) },
  responses: answers(Done, 'Recorded'),
});
const seePhoto = createRoute({
  method: 'get',
  path: `${place}/photo`,
  summary: 'The signer’s photo, for mediator and judge; leaves an audit row',
  request: { params: FieldParam },
  responses: {
    200: { description: 'WebP', content: { 'image/webp': { schema: z.string() } } },
    default: { description: 'Refused', content: { 'application/json': { schema: ErrorBody } } },
  },
});
const aid = createRoute({
  method: 'post',
  path: '/cases/{caseId}/parties/{partyId}/signing-aid',
  summary: 'Cannot write: thumbprint before this independent witness, named before the text is frozen',
  request: { params: z.object({ caseId: Id, partyId: Id }), body: body(SigningAidInput) },
  responses: answers(Done, 'Recorded'),
});
const noAid = createRoute({
  method: 'delete',
  path: '/cases/{caseId}/parties/{partyId}/signing-aid',
  summary: 'Will write after all',
  request: {
    params: z.object({ caseId: Id, partyId: Id }),
    query: z.object({ agentId: z.uuid().exactOptional() }),
  },
  responses: answers(Done, 'Recorded'),
});
const fallen = createRoute({
  method: 'get',
  path: '/cases/{caseId}/fallen-versions',
  summary: 'Versions voided after somebody had signed, and whose signatures fell',
  request: { params: z.object({ caseId: Id }) },
  responses: answers(z.array(FallenVersion), 'Newest first'),
});

async function bytesOf(upload: File): Promise<Uint8Array> {
  if (upload.size > MAX_UPLOAD_BYTES) throw new DomainError('TOO_LARGE');
  return new Uint8Array(await upload.arrayBuffer());
}

/** What other people add to a signer's ceremony, and what not every signer has. */
export function ceremonyAidRoutes() {
  const app = resource();
  for (const upload of ['photo', 'thumbprint'])
    app.on('POST', `/cases/:caseId/ceremony/:fieldName/${upload}`, rateLimit(20, 60));
  return app
    .openapi(aloud, async (c) =>
      c.json(await askAloud(ctxOf(c, 'staff'), c.req.valid('param'), c.req.valid('json')), 200),
    )
    .openapi(check, async (c) => {
      await checkSigner(ctxOf(c, 'staff'), c.req.valid('param'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(print, async (c) => {
      const bytes = await bytesOf(c.req.valid('form').file);
      await recordThumbprint(ctxOf(c, 'party'), c.req.valid('param'), bytes);
      return c.json(done, 200);
    })
    .openapi(witness, async (c) => {
      await recordWitness(ctxOf(c, 'party'), c.req.valid('param'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(orgSeal, async (c) => {
      await compareSeal(ctxOf(c, 'staff'), c.req.valid('param'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(photo, async (c) => {
      const { file: upload, consentVersion } = c.req.valid('form');
      await takePhoto(ctxOf(c, 'party'), c.req.valid('param'), {
        consentVersion,
        bytes: await bytesOf(upload),
      });
      return c.json(done, 200);
    })
    .openapi(noPhoto, async (c) => {
      await refusePhoto(ctxOf(c, 'party'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(seePhoto, async (c) => {
      const bytes = await readPhoto(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.body(Buffer.from(bytes), 200, {
        'content-type': 'image/webp',
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      });
    })
    .openapi(aid, async (c) => {
      await nameWitness(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(noAid, async (c) => {
      await withdrawWitness(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('query') });
      return c.json(done, 200);
    })
    .openapi(fallen, async (c) =>
      c.json(await readFallenVersions(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId), 200),
    );
}
