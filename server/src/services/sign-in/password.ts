import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt cost: N=2^15, r=8, p=1, about 32 MB and 60 ms (OWASP password storage cheat sheet). */
const COST = { N: 32768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** Stored form `scrypt$salt$hash`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`;
}

/** Constant-time; a missing stored form costs the same time and is false. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, salt, hash] = (stored ?? `scrypt$${'A'.repeat(22)}$${'A'.repeat(43)}`).split('$');
  if (!salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'));
  return stored !== null && expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
