import { createHmac, randomBytes } from 'node:crypto';

/** A new secret of 256 bits, URL-safe. Only its hash is stored. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** How tokens, link secrets and codes are stored: HMAC-SHA-256 under the installation's own key, by purpose. */
export function hashSecret(tokenKey: Buffer, purpose: string, secret: string): string {
  return createHmac('sha256', tokenKey).update(`${purpose}\n${secret}`).digest('base64url');
}
