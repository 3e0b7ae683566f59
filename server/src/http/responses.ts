import { z } from '@hono/zod-openapi';

/** The body of every refusal. */
export const ErrorBody = z
  .object({ code: z.string(), requestId: z.string(), details: z.record(z.string(), z.unknown()) })
  .openapi('Error');

/** OpenAPI answers of a route: one JSON body on success, the error body on everything else. */
export function answers<T extends z.ZodType>(schema: T, description: string) {
  return {
    200: { description, content: { 'application/json': { schema } } },
    default: {
      description: 'Refused: code, request id, details',
      content: { 'application/json': { schema: ErrorBody } },
    },
  } as const;
}

/** Answer of a verb that returns nothing but success. */
export const Done = z.object({ ok: z.literal(true) }).openapi('Done');
export const done = { ok: true } as const;

/** A JSON request body. */
export function body<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}

export const Id = z.uuid();

/** OpenAPI answer of a route that sends a file. */
export const file = (type: string, description: string) =>
  ({
    200: { description, content: { [type]: { schema: z.string().openapi({ format: 'binary' }) } } },
  }) as const;

/** A case's file: never sniffed, never cached, its Chinese name by RFC 5987. */
export const fileHeaders = (type: string, name: string, inline: boolean) => ({
  'content-type': type,
  'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
});
