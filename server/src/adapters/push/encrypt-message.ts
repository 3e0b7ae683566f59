import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

const RECORD_SIZE = 4096;

/**
 * Encrypts one message for a subscription as `aes128gcm` with a single record (RFC 8188, RFC 8291). `p256dh` and `auth`
 * are the browser's, base64url. Salt and key pair are made here; tests give the ones of RFC 8291 appendix A.
 */
export function encryptMessage(
  text: Uint8Array,
  target: { p256dh: string; auth: string },
  given?: { salt: Buffer; privateKey: Buffer },
): Buffer {
  const receiver = Buffer.from(target.p256dh, 'base64url');
  const sender = createECDH('prime256v1');
  if (given) sender.setPrivateKey(given.privateKey);
  else sender.generateKeys();
  const own = sender.getPublicKey();
  const salt = given?.salt ?? randomBytes(16);
  const shared = sender.computeSecret(receiver);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), receiver, own]);
  const key = Buffer.from(hkdfSync('sha256', shared, Buffer.from(target.auth, 'base64url'), info, 32));
  const derive = (label: string, length: number) =>
    Buffer.from(hkdfSync('sha256', key, salt, Buffer.from(`Content-Encoding: ${label}\0`), length));
  const cipher = createCipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  // One record: the delimiter 2 says that none follows.
  const sealed = Buffer.concat([cipher.update(Buffer.concat([text, Buffer.from([2])])), cipher.final()]);
  const head = Buffer.alloc(21);
  salt.copy(head);
  head.writeUInt32BE(RECORD_SIZE, 16);
  head.writeUInt8(own.length, 20);
  return Buffer.concat([head, own, sealed, cipher.getAuthTag()]);
}
