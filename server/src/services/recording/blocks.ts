import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/**
 * A stored file of a recording: magic, salt, then AES-256-GCM blocks of a fixed size, each with its tag. The key of a
 * file comes of the recording's key and the salt (HKDF, RFC 5869); a block's nonce is its number and whether it is the
 * last (the STREAM construction, Hoang, Reyhanitabar, Rogaway, Vizár 2015): blocks neither move, repeat nor fall off
 * the end unseen, and any range opens alone.
 */
const MAGIC = Buffer.from('TXR1');
const SALT_BYTES = 32;
const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const TAG_BYTES = 16;
/** Bytes of a block before encryption. */
export const BLOCK_BYTES = 65_536;
const STORED_BLOCK = BLOCK_BYTES + TAG_BYTES;

export const newRecordingKey = (): Buffer => randomBytes(32);
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Encrypts a whole file under the recording's key. */
export function sealFile(key: Buffer, plain: Uint8Array): Buffer {
  const salt = randomBytes(SALT_BYTES);
  const fileKey = keyOf(key, salt);
  const pieces: Buffer[] = [MAGIC, salt];
  const blocks = Math.max(1, Math.ceil(plain.length / BLOCK_BYTES));
  for (let i = 0; i < blocks; i++) {
    const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(i, i === blocks - 1));
    pieces.push(cipher.update(plain.subarray(i * BLOCK_BYTES, (i + 1) * BLOCK_BYTES)), cipher.final());
    pieces.push(cipher.getAuthTag());
  }
  return Buffer.concat(pieces);
}

/** Reads bytes `start` (inclusive) of a stored file, as many as `length`. */
export type ReadRange = (start: number, length: number) => Promise<Uint8Array>;

/** Opens `start`…`end` (exclusive) of a file of `size` bytes before encryption. Throws when a block was changed. */
export async function openRange(
  key: Buffer,
  file: { size: number; read: ReadRange },
  start: number,
  end: number,
): Promise<Buffer> {
  const last = Math.max(0, Math.ceil(file.size / BLOCK_BYTES) - 1);
  const [from, to] = [
    Math.floor(start / BLOCK_BYTES),
    Math.min(last, Math.floor(Math.max(start, end - 1) / BLOCK_BYTES)),
  ];
  const header = Buffer.from(await file.read(0, HEADER_BYTES));
  if (header.length !== HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC))
    throw new Error('not a file of a recording');
  const fileKey = keyOf(key, header.subarray(MAGIC.length));
  const stored = Buffer.from(
    await file.read(HEADER_BYTES + from * STORED_BLOCK, (to - from + 1) * STORED_BLOCK),
  );
  const plain: Buffer[] = [];
  for (let i = from; i <= to; i++) {
    const block = stored.subarray((i - from) * STORED_BLOCK, (i - from + 1) * STORED_BLOCK);
    if (block.length < TAG_BYTES) throw new Error('a file of a recording is cut off');
    const decipher = createDecipheriv('aes-256-gcm', fileKey, nonceOf(i, i === last), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(block.subarray(block.length - TAG_BYTES));
    plain.push(decipher.update(block.subarray(0, block.length - TAG_BYTES)), decipher.final());
  }
  return Buffer.concat(plain).subarray(start - from * BLOCK_BYTES, end - from * BLOCK_BYTES);
}

/** Opens a whole file. Throws when it was changed, cut or extended. */
export function openFile(key: Buffer, stored: Uint8Array): Promise<Buffer> {
  const body = stored.length - HEADER_BYTES;
  const blocks = Math.ceil(body / STORED_BLOCK);
  const size = body - blocks * TAG_BYTES;
  if (size < 0) throw new Error('a file of a recording is cut off');
  const read: ReadRange = async (start, length) => stored.subarray(start, start + length);
  return openRange(key, { size, read }, 0, size);
}

const keyOf = (key: Buffer, salt: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, 'tongxi recording file', 32));

function nonceOf(block: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(block, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}
