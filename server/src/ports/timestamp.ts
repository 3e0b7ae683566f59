/** An RFC 3161 time-stamp authority, seen from its client: what comes back is already checked. */
export type Timestamp = {
  /**
   * Time-stamps a SHA-256 digest and returns the DER TimeStampToken, checked for status, imprint, nonce,
   * signature, key purpose and chain. Throws DomainError('TIMESTAMP_UNAVAILABLE') in every other case.
   */
  stamp(digest: Uint8Array): Promise<Uint8Array>;
  /** Upper bound of a token in bytes: the room that a signature reserves for it. */
  maxTokenBytes: number;
};
