import { createRoute, z } from '@hono/zod-openapi';
import { VerifyAnswer, VerifyPictures } from '../contract/verify.ts';
import { DomainError } from '../domain/errors.ts';
import { resource } from '../http/app-env.ts';
import { rateLimit } from '../http/guards.ts';
import { answers, ErrorBody } from '../http/responses.ts';
import { pictureFile } from '../services/verify/picture-file.ts';
import { reportFile } from '../services/verify/report-file.ts';
import { verifyFile } from '../services/verify/verify-file.ts';

const MAX_BYTES = 20 * 1024 * 1024;

const file = z.instanceof(File).openapi({ type: 'string', format: 'binary' });

const verify = createRoute({
  method: 'post',
  path: '/verify',
  summary: 'Whether a PDF is ours, complete and unchanged; for anybody, nothing is kept',
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({ file }),
        },
      },
    },
  },
  responses: answers(VerifyAnswer, 'The verdict'),
});

const pictures = createRoute({
  method: 'post',
  path: '/verify/pages',
  summary:
    'The pages as they were when a field was signed beside what is shown now; for anybody, nothing is kept',
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({ file, field: z.string().min(1).max(60).optional() }),
        },
      },
    },
  },
  responses: answers(VerifyPictures, 'Both pictures of every page and where they differ'),
});

const report = createRoute({
  method: 'post',
  path: '/verify/report',
  summary: 'The verdict on a PDF as a document to keep beside it; for anybody, nothing is kept',
  request: {
    body: { required: true, content: { 'multipart/form-data': { schema: z.object({ file }) } } },
  },
  responses: {
    200: {
      description: 'PDF',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    default: { description: 'Refused', content: { 'application/json': { schema: ErrorBody } } },
  },
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
  app.use('/verify/pages', rateLimit(20, 60));
  app.use('/verify/report', rateLimit(20, 60));
  return app
    .openapi(verify, async (c) => {
      const bytes = await bytesOf(c.req.valid('form').file);
      return c.json(await verifyFile(c.var.deps, bytes), 200);
    })
    .openapi(pictures, async (c) => {
      const { file: sent, field = null } = c.req.valid('form');
      return c.json(await pictureFile(c.var.deps, await bytesOf(sent), field), 200);
    })
    .openapi(report, async (c) => {
      const pdf = await reportFile(c.var.deps, await bytesOf(c.req.valid('form').file));
      return c.body(Buffer.from(pdf), 200, {
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="verification-report.pdf"',
        'cache-control': 'private, no-store',
      });
    })
    .openapi(trust, (c) =>
      c.body(c.var.deps.signing.trustPem(), 200, { 'content-type': 'application/x-pem-file' }),
    );
}

async function bytesOf(sent: File): Promise<Uint8Array> {
  if (sent.size > MAX_BYTES) throw new DomainError('TOO_LARGE');
  return new Uint8Array(await sent.arrayBuffer());
}
