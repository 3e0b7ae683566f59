import { join } from 'node:path';
import type { Config } from '../../config.ts';
import type { Storage } from '../../ports/storage.ts';
import { localStorage } from './local.ts';
import { s3Storage } from './s3.ts';

/** The configured bucket, asked at once whether it can be written; else the folder beside the database. */
export async function storageOf(config: Config, dataDir: string): Promise<Storage> {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region, S3_ADDRESSING: addressing } = config;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return localStorage(join(dataDir, 'storage'));
  const storage = s3Storage({ endpoint, bucket, region, accessKeyId, secretAccessKey, addressing });
  await storage.check().catch((error: unknown) => {
    const reason = error instanceof Error && error.message.startsWith('S3:') ? error.message : 'no answer';
    throw new Error(
      `S3_ENDPOINT=${endpoint}: bucket ${bucket} cannot be used: ${reason}. Check address, bucket and keys.`,
    );
  });
  return storage;
}
