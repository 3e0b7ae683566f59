import { createRoute, z } from '@hono/zod-openapi';
import { VerifyAnswer } from '../contract/verify.ts';
import { DomainError } from '../domain/errors.ts';
import { resource } from '../http/app-env.ts';
import { rateLimit } from '../http/guards.ts';
import { answers } from '../http/responses.ts';
import { verifyFile } from '../services/verify/verify-file.ts';

const MAX_BYTES = 20 * 1024 * 1024;

const verify = createRoute({
  method: 'post',
  path: '/verify',
  summary: 'Whether a PDF is ours, complete and unchanged; for anybody, nothing is kept',
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({ file: z.instanceof(File).openapi({ type: 'string', format: 'binary' }) }),
        },
      },
    },
  },
  responses: answers(VerifyAnswer, 'The verdict'),
});

const trust = createRoute({
  method: 'get',
  path: '/trust.pem',
  summary: 'The self-signed roots that a verifier of our documents must trust',
  responses: { 200: { description: 'PEM', content: { 'application/x-pem-file': { schema: z.string() } } } },
});

export function verifyRoutes() {
  const app = resource();
  app.use('/verify', rateLimit(20, 60));
  return app
    .openapi(verify, async (c) => {
      const { file } = c.req.valid('form');
      if (file.size > MAX_BYTES) throw new DomainError('TOO_LARGE');
      return c.json(await verifyFile(c.var.deps, new Uint8Array(await file.arrayBuffer())), 200);
    })
    .openapi(trust, (c) =>
      c.body(c.var.deps.signing.trustPem(), 200, { 'content-type': 'application/x-pem-file' }),
    );
}
