/** Where an encrypted value lives: bound into it as associated data, so that it opens nowhere else. */
export type FieldAddress = { courtId: string; table: string; rowId: string; column: string };

/** Encryption at rest of ID numbers, phone numbers, addresses and the like. */
export type FieldCipher = {
  /** AES-256-GCM envelope: version, key id, nonce, tag, ciphertext. */
  encrypt(at: FieldAddress, plaintext: string): Uint8Array;
  /** Throws when the bytes were made for another court, table, row or column, or were changed. */
  decrypt(at: FieldAddress, envelope: Uint8Array): string;
  /** Keyed hash for exact search: HMAC-SHA-256 with a key of its own per court, table and column. */
  blindIndex(courtId: string, table: string, column: string, value: string): string;
};
