import { createHash, randomUUID } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import type { Storage } from '../../ports/storage.ts';
import { checkKey } from './key.ts';

export type S3Options = {
  /** Address of the service, without the bucket. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** `path`: endpoint/bucket/key, as MinIO and most private stores want it; `host`: bucket.endpoint/key. */
  addressing: 'path' | 'host';
};

const TIMEOUT_MS = 30_000;
/** An upload of 20 MB over a thin line to the store. */
const PUT_TIMEOUT_MS = 120_000;

/**
 * Write-once files in a bucket of an S3-compatible store. Writing once is the store's own condition
 * (`If-None-Match: *`, RFC 9110 13.1.2); a store that does not keep it is refused by `check`. Every request is signed
 * over the bytes' SHA-256, so that the store refuses what was changed on the way. Throws with the status only.
 */
export function s3Storage(options: S3Options): Storage {
  const { accessKeyId, secretAccessKey, region, bucket } = options;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 3 });
  const base = new URL(`${options.endpoint.replace(/\/$/, '')}/`);
  if (options.addressing === 'host') base.hostname = `${bucket}.${base.hostname}`;
  else base.pathname += `${bucket}/`;

  async function ask(method: string, key: string, body?: Uint8Array, range?: string): Promise<Response> {
    return client.fetch(new URL(key, base), {
      method,
      headers: {
        'x-amz-content-sha256': hash(body ?? new Uint8Array()),
        ...(range ? { range } : {}),
        ...(method === 'PUT' ? { 'if-none-match': '*', 'content-type': 'application/octet-stream' } : {}),
      },
      ...(body ? { body: new Uint8Array(body) } : {}),
      signal: AbortSignal.timeout(method === 'PUT' ? PUT_TIMEOUT_MS : TIMEOUT_MS),
    });
  }

  /** True when written now, false when the name was there already. */
  async function putOnce(key: string, bytes: Uint8Array): Promise<boolean> {
    const answer = await ask('PUT', key, bytes);
    await answer.body?.cancel();
    if (answer.ok) return true;
    // 409: another writer of the same name is at work at this moment; it or we are then found by reading.
    if (answer.status === 412 || answer.status === 409) return false;
    throw refused('write', answer);
  }

  async function read(key: string, range?: string): Promise<Uint8Array> {
    const answer = await ask('GET', key, undefined, range);
    if (!answer.ok) {
      await answer.body?.cancel();
      throw refused('read', answer);
    }
    return new Uint8Array(await answer.arrayBuffer());
  }

  return {
    async put(key, bytes) {
      if (await putOnce(checkKey(key), bytes)) return;
      if (hash(await read(key)) !== hash(bytes))
        throw new Error(`${key} is written already with other bytes`);
    },
    get: async (key) => read(checkKey(key)),
    async getRange(key, start, length) {
      const bytes = await read(checkKey(key), `bytes=${start}-${start + length - 1}`);
      // A store may answer with the whole file instead.
      return bytes.length > length ? bytes.subarray(start, start + length) : bytes;
    },
    async exists(key) {
      const answer = await ask('HEAD', checkKey(key));
      if (answer.ok) return true;
      if (answer.status === 404) return false;
      throw refused('look', answer);
    },
    async remove(key) {
      const answer = await ask('DELETE', checkKey(key));
      await answer.body?.cancel();
      if (!answer.ok && answer.status !== 404) throw refused('remove', answer);
    },
    async check() {
      // The same few bytes every time: written at most once, and then the condition itself is what is asked for.
      const probe = Buffer.from('tongxi');
      if (!(await putOnce('tongxi-probe', probe))) return;
      if (await putOnce('tongxi-probe', Buffer.from(randomUUID())))
        throw new Error('S3: this store overwrites in spite of If-None-Match, so files are not safe in it');
    },
  };
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const refused = (what: string, answer: Response): Error =>
  new Error(`S3: the store refused to ${what} (${answer.status})`);
