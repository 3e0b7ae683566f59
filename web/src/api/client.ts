import type { AppType } from '@tongxi/server/app';
import type { ErrorCode } from '@tongxi/server/contract/errors.ts';
import { type ClientResponse, hc } from 'hono/client';
import { askingAs } from './acting.ts';
import { noteServerTime } from './server-time.ts';

/** A refusal of the server: its code is what the page translates. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'OFFLINE';
  readonly status: number;
  readonly requestId: string;
  readonly details: Record<string, unknown>;
  constructor(
    code: ErrorCode | 'OFFLINE',
    status: number,
    requestId: string,
    details: Record<string, unknown>,
  ) {
    super(code);
    this.code = code;
    this.status = status;
    this.requestId = requestId;
    this.details = details;
  }
}

/** Adds what every request carries; a write gets a key, so that sending it twice acts once. */
async function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('x-tongxi-as', askingAs());
  if (init.method && init.method !== 'GET') {
    headers.set('x-tongxi', '1');
    if (!headers.has('idempotency-key')) headers.set('idempotency-key', crypto.randomUUID());
  }
  try {
    const answer = await fetch(input, { ...init, headers, credentials: 'same-origin' });
    noteServerTime(answer.headers.get('date'));
    return answer;
  } catch {
    throw new ApiError('OFFLINE', 0, '', {});
  }
}

/** The typed client: paths and bodies come from the server's own routes. */
export const api = hc<AppType>('/', { fetch: send }).api;

type Success<R> = R extends ClientResponse<infer T, 200, string> ? T : never;

/** The answer's body, or an ApiError. */
export async function call<R extends ClientResponse<unknown, number, string>>(
  request: Promise<R>,
): Promise<Success<R>> {
  return (await bodyOf((await request) as unknown as Response)) as Success<R>;
}

/** For files and sound, which the typed client does not send. */
export async function upload<T>(path: string, form: FormData | Blob): Promise<T> {
  return (await bodyOf(await send(path, { method: 'POST', body: form }))) as T;
}

/** A file that the server makes of one that is sent. */
export async function download(path: string, form: FormData): Promise<Blob> {
  const answer = await send(path, { method: 'POST', body: form });
  if (!answer.ok) await bodyOf(answer);
  return answer.blob();
}

async function bodyOf(answer: Response): Promise<unknown> {
  const body: unknown = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  const refusal = body as { code?: ErrorCode; requestId?: string; details?: Record<string, unknown> };
  throw new ApiError(
    refusal.code ?? 'INTERNAL',
    answer.status,
    refusal.requestId ?? '',
    refusal.details ?? {},
  );
}
