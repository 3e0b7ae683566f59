import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

const b64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/** CBOR of the few shapes that an authenticator writes (RFC 8949): integers, byte strings, text and maps. */
function cbor(value: number | string | Uint8Array | Map<number | string, unknown>): Buffer {
  const head = (major: number, n: number): Buffer =>
    n < 24
      ? Buffer.from([(major << 5) | n])
      : n < 256
        ? Buffer.from([(major << 5) | 24, n])
        : Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...value].flatMap(([k, v]) => [cbor(k), cbor(v as number)]);
  return Buffer.concat([head(5, value.size), ...pairs]);
}

/** A passkey in software (WebAuthn Level 3): one P-256 credential with user verification. */
export function softAuthenticator(options: { origin: string; rpId: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let counter = 0;

  const clientData = (type: string, challenge: string, origin = options.origin) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  /** Flags: user present, user verified, and with attested data. */
  const authData = (attested: boolean, verified = true) => {
    counter += 1;
    const flags = 0x01 | (verified ? 0x04 : 0) | (attested ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const head = Buffer.concat([sha256(options.rpId), Buffer.from([flags]), count]);
    if (!attested) return head;
    const length = Buffer.from([id.length >> 8, id.length & 255]);
    return Buffer.concat([head, Buffer.alloc(16), length, id, cbor(coseKey(publicKey))]);
  };
  const envelope = (response: Record<string, string>) => ({
    id: b64(id),
    rawId: b64(id),
    type: 'public-key' as const,
    clientExtensionResults: {},
    response,
  });

  return {
    register(challenge: string) {
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData(true)],
      ]);
      return envelope({
        clientDataJSON: b64(clientData('webauthn.create', challenge)),
        attestationObject: b64(cbor(attestation)),
      });
    },
    answer(challenge: string, wrong: { origin?: string; unverified?: boolean } = {}) {
      const client = clientData('webauthn.get', challenge, wrong.origin);
      const data = authData(false, !wrong.unverified);
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(client)]))
        .sign(privateKey);
      return envelope({
        clientDataJSON: b64(client),
        authenticatorData: b64(data),
        signature: b64(signature),
      });
    },
    /** As a cloned key would: its counter falls back. */
    rewind() {
      counter = 0;
    },
  };
}

function coseKey(publicKey: KeyObject): Map<number, unknown> {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
    [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
  ]);
}
