/** Write-once blobs outside the web root. Keys are `court/kind/uuid`; bytes never change once put. */
export type Storage = {
  /** Stores bytes; a second put under the same key with other bytes throws. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array>;
  exists(key: string): Promise<boolean>;
  /** Throws when the store cannot be written or read. */
  check(): Promise<void>;
};
