/** Write-once blobs outside the web root. Keys are `court/kind/uuid`; bytes never change once put. */
export type Storage = {
  /** Stores bytes; a second put under the same key with other bytes throws. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array>;
  /** At most `length` bytes from `start` (RFC 9110 14.1.2); fewer where the file ends. */
  getRange(key: string, start: number, length: number): Promise<Uint8Array>;
  exists(key: string): Promise<boolean>;
  /** Removes a file that nothing names any more; a missing one is fine. */
  remove(key: string): Promise<void>;
  /** Throws when the store cannot be written or read. */
  check(): Promise<void>;
};
