import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { storageOf } from '../../server/src/adapters/storage/from-config.ts';
import { type S3Options, s3Storage } from '../../server/src/adapters/storage/s3.ts';
import { readConfig } from '../../server/src/config.ts';
import { freePort } from '../../server/src/embedded/ports.ts';
import { pythonTool } from '../setup/python-tool.ts';

/** Another server than the packaged one: S3_TEST_ENDPOINT with S3_TEST_KEY and S3_TEST_SECRET. */
const outside = process.env.S3_TEST_ENDPOINT;
const bin = outside ? null : pythonTool('moto', ['moto[s3,server]==5.2.5']);
const key = () => `${randomUUID()}/agreement/${randomUUID()}.pdf`;

describe.skipIf(!outside && !bin)('stored files in an S3-compatible store', () => {
  let server: ChildProcess | undefined;
  let options: S3Options;
  beforeAll(async () => {
    const port = await freePort();
    if (bin)
      server = spawn(join(bin, 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    options = {
      endpoint: outside ?? `http://127.0.0.1:${port}`,
      bucket: `tongxi-${randomUUID()}`,
      region: 'us-east-1',
      accessKeyId: process.env.S3_TEST_KEY ?? 'key',
      secretAccessKey: process.env.S3_TEST_SECRET ?? 'secret',
      addressing: 'path',
    };
    const client = new AwsClient({ ...options, service: 's3', retries: 0 });
    await vi.waitFor(
      async () => {
        const made = await client.fetch(`${options.endpoint}/${options.bucket}`, { method: 'PUT' });
        expect(made.status).toBe(200);
      },
      { timeout: 30_000, interval: 200 },
    );
  });
  afterAll(() => void server?.kill());

  test('bytes come back as they were put, and exist only then', async () => {
    const storage = s3Storage(options);
    const [name, bytes] = [key(), randomBytes(3 * 1024 * 1024)];
    expect(await storage.exists(name)).toBe(false);
    await storage.put(name, bytes);
    expect(await storage.exists(name)).toBe(true);
    expect(Buffer.from(await storage.get(name)).equals(bytes)).toBe(true);
    await expect(storage.get(key())).rejects.toThrow('refused to read (404)');
  });

  test('write once: the same bytes again are fine, other bytes are refused, the first stay', async () => {
    const storage = s3Storage(options);
    const name = key();
    await storage.put(name, Buffer.from('one'));
    await storage.put(name, Buffer.from('one'));
    await expect(storage.put(name, Buffer.from('two'))).rejects.toThrow('written already with other bytes');
    expect(Buffer.from(await storage.get(name)).toString()).toBe('one');
  });

  test('removed, a file is gone; removing again is fine', async () => {
    const storage = s3Storage(options);
    const name = key();
    await storage.put(name, Buffer.from('one'));
    await storage.remove(name);
    await storage.remove(name);
    expect(await storage.exists(name)).toBe(false);
  });

  test('no name leads out of its place', async () => {
    const storage = s3Storage(options);
    for (const name of ['tongxi-probe', '../x', `${randomUUID()}/agreement/../../x`, `${randomUUID()}/a/..`])
      await expect(storage.put(name, Buffer.from('x'))).rejects.toThrow('not a storage key');
  });

  test('the store is asked at the start; a wrong bucket or a dead address is one clear line', async () => {
    const config = (env: Record<string, string>) =>
      readConfig(
        {
          S3_ENDPOINT: options.endpoint,
          S3_BUCKET: options.bucket,
          S3_ACCESS_KEY_ID: options.accessKeyId,
          S3_SECRET_ACCESS_KEY: options.secretAccessKey,
          ...env,
        },
        [],
      ).config;
    const storage = await storageOf(config({}), '/nowhere');
    await storage.check();
    await expect(storageOf(config({ S3_BUCKET: 'not-there' }), '/nowhere')).rejects.toThrow(
      /^S3_ENDPOINT=\S+ bucket not-there cannot be used: S3: the store refused to write \(404\)\. Check/,
    );
    const dead = `http://127.0.0.1:${await freePort()}`;
    await expect(storageOf(config({ S3_ENDPOINT: dead }), '/nowhere')).rejects.toThrow(
      `S3_ENDPOINT=${dead}: bucket ${options.bucket} cannot be used: no answer. Check address, bucket and keys.`,
    );
  });
});
