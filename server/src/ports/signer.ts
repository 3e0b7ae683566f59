/**
 * A lasting key that signs for an organisation (platform, committee seal, authority). The key may live in
 * a file, an HSM, a KMS or a CA service; nobody outside the adapter sees it.
 */
export type Signer = {
  /** DER of the key's certificate. */
  certificate: Uint8Array;
  /** DER of the intermediates above it, nearest first, the root left out. */
  chain: Uint8Array[];
  /**
   * ECDSA P-256 over SHA-256(message), as a DER ECDSA-Sig-Value (RFC 3279). The message and not its digest
   * is passed because node:crypto signs no ready digest; an HSM adapter hashes it and signs the digest.
   */
  sign(message: Uint8Array): Promise<Uint8Array>;
};
