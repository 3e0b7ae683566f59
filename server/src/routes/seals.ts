import { createRoute, z } from '@hono/zod-openapi';
import { CommitteeSeals, MAX_SEAL_BYTES } from '../contract/seal.ts';
import { DomainError } from '../domain/errors.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { rateLimit } from '../http/guards.ts';
import { answers, ErrorBody, Id } from '../http/responses.ts';
import { importSeal } from '../services/seals/import-seal.ts';
import { listSeals, readSealPicture } from '../services/seals/list-seals.ts';

const params = z.object({ committeeId: Id });

const list = createRoute({
  method: 'get',
  path: '/seals',
  summary: 'Committees with their registered electronic seals: an administrator’s court, a seal-holder’s own',
  responses: answers(CommitteeSeals, 'Committees and seals'),
});
const take = createRoute({
  method: 'post',
  path: '/committees/{committeeId}/seal',
  summary: 'Takes a registered electronic seal into use (GB/T 38540 container); the one before is withdrawn',
  request: {
    params,
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({ file: z.instanceof(File).openapi({ type: 'string', format: 'binary' }) }),
        },
      },
    },
  },
  responses: answers(z.object({ id: z.uuid() }), 'The seal'),
});
const picture = createRoute({
  method: 'get',
  path: '/committees/{committeeId}/seal/picture',
  summary: 'The picture of the seal that stands',
  request: { params },
  responses: {
    200: {
      description: 'WebP',
      content: { 'image/webp': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    default: { description: 'Refused', content: { 'application/json': { schema: ErrorBody } } },
  },
});

export function sealRoutes() {
  const app = resource();
  app.on('POST', '/committees/:committeeId/seal', rateLimit(20, 60));
  return app
    .openapi(list, async (c) => c.json(await listSeals(ctxOf(c, 'staff')), 200))
    .openapi(take, async (c) => {
      const { file } = c.req.valid('form');
      if (file.size > MAX_SEAL_BYTES) throw new DomainError('TOO_LARGE');
      const container = new Uint8Array(await file.arrayBuffer());
      return c.json(await importSeal(ctxOf(c, 'staff'), { ...c.req.valid('param'), container }), 200);
    })
    .openapi(picture, async (c) => {
      const bytes = await readSealPicture(ctxOf(c, 'staff'), c.req.valid('param').committeeId);
      return c.body(Buffer.from(bytes), 200, {
        'content-type': 'image/webp',
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      });
    });
}
