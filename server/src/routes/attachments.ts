import { createRoute, z } from '@hono/zod-openapi';
import { AttachmentView, MAX_UPLOAD_BYTES, UploadFields } from '../contract/attachments.ts';
import { DomainError } from '../domain/errors.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { rateLimit } from '../http/guards.ts';
import { answers, ErrorBody, Id } from '../http/responses.ts';
import { downloadAttachment, readAttachmentPicture } from '../services/attachments/read-attachment.ts';
import { uploadAttachment } from '../services/attachments/upload-attachment.ts';

const params = z.object({ caseId: Id, attachmentId: Id });

const upload = createRoute({
  method: 'post',
  path: '/cases/{caseId}/attachments',
  summary: 'Add a photo or paper: jpeg, png, webp, heic or pdf by content, at most 20 MB',
  request: {
    params: z.object({ caseId: Id }),
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: UploadFields.extend({
            file: z.instanceof(File).openapi({ type: 'string', format: 'binary' }),
          }),
        },
      },
    },
  },
  responses: answers(AttachmentView, 'The stored file'),
});
const binary = (type: string, description: string) =>
  ({
    200: { description, content: { [type]: { schema: z.string().openapi({ format: 'binary' }) } } },
    default: { description: 'Refused', content: { 'application/json': { schema: ErrorBody } } },
  }) as const;
const download = createRoute({
  method: 'get',
  path: '/cases/{caseId}/attachments/{attachmentId}',
  summary: 'The original file, as a download',
  request: { params },
  responses: binary('application/octet-stream', 'The file'),
});
const picture = createRoute({
  method: 'get',
  path: '/cases/{caseId}/attachments/{attachmentId}/picture',
  summary: 'A picture of it without metadata; of a PDF the first page',
  request: { params },
  responses: binary('image/webp', 'The picture'),
});

/** Bytes of strangers are never guessed at and never kept by caches. */
const guarded = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
};

export function attachmentRoutes() {
  const app = resource();
  app.on('POST', '/cases/:caseId/attachments', rateLimit(60, 60));
  return app
    .openapi(upload, async (c) => {
      const { file, kind, partyId, originalSeen } = c.req.valid('form');
      if (file.size > MAX_UPLOAD_BYTES) throw new DomainError('TOO_LARGE');
      const stored = await uploadAttachment(ctxOf(c, 'staff', 'party'), {
        caseId: c.req.valid('param').caseId,
        kind,
        name: file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
        ...(partyId ? { partyId } : {}),
        originalSeen: originalSeen === 'true',
      });
      const { id, name, mime, size, sha256, pages } = stored;
      return c.json({ id, name, kind: stored.kind, mime, size, sha256, pages }, 200);
    })
    .openapi(download, async (c) => {
      const file = await downloadAttachment(ctxOf(c, 'staff', 'party'), c.req.valid('param'));
      return c.body(Buffer.from(file.bytes), 200, {
        ...guarded,
        'content-type': file.mime,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      });
    })
    .openapi(picture, async (c) => {
      const bytes = await readAttachmentPicture(ctxOf(c, 'staff', 'party'), c.req.valid('param'));
      return c.body(Buffer.from(bytes), 200, {
        ...guarded,
        'content-type': 'image/webp',
        'content-disposition': 'inline',
      });
    });
}
