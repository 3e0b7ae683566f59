import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { FieldAddress, FieldCipher } from '../../ports/field-cipher.ts';

/** Envelope: 1 byte version, 1 byte key-id length, key id, 12 bytes nonce, 16 bytes tag, ciphertext. */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The field cipher over master keys by id (32 bytes each). New values use `currentKeyId`; older ids keep opening
 * what they closed, so keys can be rotated. `indexKey` (32 bytes) never rotates: searches depend on it.
 */
export function openFieldCipher(keys: {
  current: string;
  master: Record<string, Buffer>;
  indexKey: Buffer;
}): FieldCipher {
  for (const [id, key] of Object.entries({ ...keys.master, index: keys.indexKey })) {
    if (key.length !== 32) throw new Error(`key ${id} must have 32 bytes`);
  }
  const masterKey = (id: string): Buffer => {
    const key = keys.master[id];
    if (!key) throw new Error(`no master key ${id}`);
    return key;
  };
  masterKey(keys.current);
  return {
    encrypt(at, plaintext) {
      const keyId = Buffer.from(keys.current, 'utf8');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', courtKey(masterKey(keys.current), at.courtId), nonce);
      cipher.setAAD(associatedData(at, keys.current));
      const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION, keyId.length]), keyId, nonce, cipher.getAuthTag(), sealed]);
    },
    decrypt(at, bytes) {
      const envelope = Buffer.from(bytes);
      if (envelope[0] !== VERSION) throw new Error('unknown envelope');
      const keyIdEnd = 2 + (envelope[1] ?? 0);
      const keyId = envelope.subarray(2, keyIdEnd).toString('utf8');
      const nonce = envelope.subarray(keyIdEnd, keyIdEnd + NONCE_BYTES);
      const tagEnd = keyIdEnd + NONCE_BYTES + TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', courtKey(masterKey(keyId), at.courtId), nonce, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associatedData(at, keyId));
      decipher.setAuthTag(envelope.subarray(keyIdEnd + NONCE_BYTES, tagEnd));
      return Buffer.concat([decipher.update(envelope.subarray(tagEnd)), decipher.final()]).toString('utf8');
    },
    blindIndex(courtId, table, column, value) {
      const key = Buffer.from(hkdfSync('sha256', keys.indexKey, courtId, `index|${table}|${column}`, 32));
      return createHmac('sha256', key).update(value.normalize('NFKC').trim()).digest('base64url');
    },
  };
}

const courtKey = (master: Buffer, courtId: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, courtId, 'field', 32));

const associatedData = (at: FieldAddress, keyId: string): Buffer =>
  Buffer.from([at.courtId, at.table, at.rowId, at.column, keyId].join('|'), 'utf8');
