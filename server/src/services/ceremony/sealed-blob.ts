import { createHash, randomUUID } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import type { Ctx } from '../context.ts';
import { storeFile } from '../storage/store-file.ts';

type BlobKind = 'signer-photo' | 'thumbprint' | 'witness-ink';

/** Stores bytes encrypted (AES-256-GCM, bound to court and key), outside any transaction; with the SHA-256 of the bytes. */
export async function putSealed(
  ctx: Ctx,
  kind: BlobKind,
  bytes: Uint8Array,
): Promise<{ storageKey: string; sha256: string }> {
  const { courtId } = ctx.principal;
  const id = randomUUID();
  const sealed = ctx.deps.cipher.encrypt(addressOf(courtId, id), Buffer.from(bytes).toString('base64'));
  const storageKey = await storeFile(ctx, kind, sealed, '', id);
  return { storageKey, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Opens them again. NOT_FOUND for another court's key. */
export async function getSealed(ctx: Ctx, storageKey: string): Promise<Uint8Array> {
  const [courtId, , id] = storageKey.split('/');
  if (courtId !== ctx.principal.courtId || !id) throw new DomainError('NOT_FOUND');
  const sealed = await ctx.deps.storage.get(storageKey);
  return Buffer.from(ctx.deps.cipher.decrypt(addressOf(courtId, id), sealed), 'base64');
}

const addressOf = (courtId: string, id: string) => ({
  courtId,
  table: 'CeremonyStep',
  rowId: id,
  column: 'blob',
});
