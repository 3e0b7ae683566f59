import { randomBytes, timingSafeEqual, webcrypto } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import type { Deps } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';

/** Long enough to sign at once, short enough that a heard one is worth nothing. */
const CHALLENGE_MS = 2 * 60_000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export type DeviceProof = { challenge: string; signature: string };
type Device = { id: string; publicKey: unknown };

/** What a device with a key signs next; null for one without (the demo's). Nothing is stored: the challenge carries its own seal. */
export function newDeviceChallenge(deps: Pick<Deps, 'settings'>, device: Device): string | null {
  if (device.publicKey === null) return null;
  const body = `${Date.now() + CHALLENGE_MS}.${randomBytes(16).toString('base64url')}`;
  return `${body}.${sealOf(deps, device.id, body)}`;
}

/**
 * The device's cookie counts together with the key pair that its browser made and never gives away: a copied cookie
 * signs nobody in. DEVICE_NOT_ENROLLED for a missing, late or foreign proof.
 */
export async function requireDeviceProof(
  deps: Pick<Deps, 'settings'>,
  device: Device,
  proof: DeviceProof | undefined,
): Promise<void> {
  if (device.publicKey === null) return;
  if (!proof || !isOurs(deps, device.id, proof.challenge) || !(await isSigned(device.publicKey, proof)))
    throw new DomainError('DEVICE_NOT_ENROLLED');
}

const sealOf = (deps: Pick<Deps, 'settings'>, deviceId: string, body: string): string =>
  hashSecret(deps.settings.tokenKey, `device-challenge|${deviceId}`, body);

function isOurs(deps: Pick<Deps, 'settings'>, deviceId: string, challenge: string): boolean {
  const [until = '', nonce = '', seal = ''] = challenge.split('.');
  const expected = Buffer.from(sealOf(deps, deviceId, `${until}.${nonce}`));
  const given = Buffer.from(seal);
  return expected.length === given.length && timingSafeEqual(expected, given) && Number(until) > Date.now();
}

async function isSigned(publicKey: unknown, { challenge, signature }: DeviceProof): Promise<boolean> {
  try {
    const key = await webcrypto.subtle.importKey('jwk', publicKey as webcrypto.JsonWebKey, algorithm, false, [
      'verify',
    ]);
    const how = { name: 'ECDSA', hash: 'SHA-256' };
    return await webcrypto.subtle.verify(
      how,
      key,
      Buffer.from(signature, 'base64'),
      Buffer.from(challenge, 'utf8'),
    );
  } catch {
    return false;
  }
}
