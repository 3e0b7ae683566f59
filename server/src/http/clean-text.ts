import type { MiddlewareHandler } from 'hono';
import { DomainError } from '../domain/errors.ts';
import type { AppEnv } from './app-env.ts';

/**
 * Text that no database and no signature can hold is refused at the door, for every route: NUL (PostgreSQL stores
 * none) and half of a surrogate pair (no UTF-8 has one). BAD_REQUEST with the field.
 */
export const cleanText: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (/%00|\0/.test(c.req.url)) throw new DomainError('BAD_REQUEST', { fields: ['url'] });
  const isJson = c.req.header('content-type')?.includes('json') ?? false;
  const text = isJson && c.req.method !== 'GET' ? await c.req.text() : '';
  // Either can only come escaped: raw ones are no JSON, or no UTF-8.
  if (/\\u(0000|d[89a-f])/i.test(text)) {
    const field = dirtyField(parsed(text), '');
    if (field !== null) throw new DomainError('BAD_REQUEST', { fields: [field] });
  }
  await next();
};

/** Null for what is no JSON: the route's own check says so. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isDirty = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

/** The path of the first string that is not clean, its own name included; null when all are. */
function dirtyField(value: unknown, path: string): string | null {
  if (typeof value === 'string') return isDirty(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const at = path ? `${path}.${key}` : key;
    const found = isDirty(key) ? path : dirtyField(part, at);
    if (found !== null) return found;
  }
  return null;
}
