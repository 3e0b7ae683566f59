/** An RFC 3161 time-stamp authority, seen from its client: what comes back is already checked. */
export type Timestamp = {
  /**
   * Time-stamps a SHA-256 digest and returns the DER TimeStampToken, checked for status, imprint, nonce,
   * signature, key purpose and chain. Throws DomainError('TIMESTAMP_UNAVAILABLE') in every other case and
   * DomainError('TIME_UNTRUSTED') when the time itself cannot be believed (see timestampSources).
   */
  stamp(digest: Uint8Array): Promise<Uint8Array>;
  /** Upper bound of a token in bytes: the room that a signature reserves for it. */
  maxTokenBytes: number;
};

/** Whether this machine's clock follows a time service; unknown where the system does not tell. */
export type ClockState = 'synchronised' | 'unsynchronised' | 'unknown';
