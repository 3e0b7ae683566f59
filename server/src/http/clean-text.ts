import type { MiddlewareHandler } from 'hono';
import { DomainError } from '../domain/errors.ts';
import type { Documents } from '../ports/documents.ts';
import type { AppEnv } from './app-env.ts';

/**
 * Text that nothing of ours can hold is refused at the door, for every route. BAD_REQUEST with the field: NUL (PostgreSQL
 * stores none) and half of a surrogate pair (no UTF-8 has one). CHARACTER_NOT_DRAWABLE with field and character: what
 * no document could show. Whatever is typed here may stand in a paper one day, so it is said now, not when it is drawn.
 */
export const cleanText: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (/%00|\0/.test(c.req.url)) throw new DomainError('BAD_REQUEST', { fields: ['url'] });
  const isJson = c.req.header('content-type')?.includes('json') ?? false;
  const text = isJson && c.req.method !== 'GET' ? await c.req.text() : '';
  if (unusual.test(text)) {
    const body = parsed(text);
    const dirty = findText(body, '', (value) => isDirty(value));
    if (dirty !== null) throw new DomainError('BAD_REQUEST', { fields: [dirty.path] });
    if (!neverPrinted.test(c.req.path)) refuseUndrawable(c.var.deps.documents, body);
  }
  await next();
};

/** Anything beyond plain ASCII, written out or escaped. */
const unusual = /[^\x20-\x7e\r\n\t]|\\u/;
/** Words between two people, and what a mediator notes for themselves: they enter no paper (domain.md 6). */
const neverPrinted = /\/(messages|caucuses\/[^/]+\/note)$/;
/** Never printed, and nobody else's business which characters they have. */
const secrets = /(^|\.)(password|newPassword|currentPassword|pin|code)$/;

function refuseUndrawable(documents: Pick<Documents, 'undrawable'>, body: unknown): void {
  const found = findText(
    body,
    '',
    (value, path) => !secrets.test(path) && documents.undrawable(value) !== null,
  );
  if (!found) return;
  throw new DomainError('CHARACTER_NOT_DRAWABLE', {
    ...documents.undrawable(found.value),
    field: found.path,
  });
}

/** Null for what is no JSON: the route's own check says so. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isDirty = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

type Found = { path: string; value: string };

/** The first string that `is` so, names of fields included; null when none is. */
function findText(value: unknown, path: string, is: (text: string, path: string) => boolean): Found | null {
  if (typeof value === 'string') return is(value, path) ? { path, value } : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const found = is(key, path) ? { path, value: key } : findText(part, path ? `${path}.${key}` : key, is);
    if (found !== null) return found;
  }
  return null;
}
