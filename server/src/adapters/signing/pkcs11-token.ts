import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { contentOf, copy, decode, TAG } from '../../contract/der.ts';
import { rawToDer } from '../../contract/signing-client.ts';
import { DomainError } from '../../domain/errors.ts';
import type { FreshKey } from './key-store.ts';

/** Where the optional binding is installed (`npm ci` there); nothing else of the service needs it. */
const BINDING = resolve(import.meta.dirname, '../../../../deploy/pkcs11/package.json');

/** The vendor's library, the token's label and its user PIN. */
export type TokenOptions = { module: string; label: string; pin: string };

/** A token that is open: keys by label. A private key never leaves it. */
export type Token = {
  find(label: string): Promise<FreshKey | null>;
  /** Makes a P-256 key pair in the token, not extractable. */
  generate(label: string): Promise<FreshKey>;
  close(): void;
};

type Handle = Buffer;
type Attribute = { type: number; value?: Buffer | string | number | boolean };
/** What is used of pkcs11js. */
export type Binding = {
  load(path: string): void;
  close(): void;
  C_Initialize(): void;
  C_Finalize(): void;
  C_GetSlotList(tokenPresent: boolean): Handle[];
  C_GetTokenInfo(slot: Handle): { label: string };
  C_OpenSession(slot: Handle, flags: number): Handle;
  C_CloseAllSessions(slot: Handle): void;
  C_Login(session: Handle, userType: number, pin: string): void;
  C_FindObjectsInit(session: Handle, template: Attribute[]): void;
  C_FindObjects(session: Handle, count: number): Handle[];
  C_FindObjectsFinal(session: Handle): void;
  C_GetAttributeValue(session: Handle, object: Handle, wanted: Attribute[]): Attribute[];
  C_GenerateKeyPair(
    session: Handle,
    mechanism: { mechanism: number },
    publicKey: Attribute[],
    privateKey: Attribute[],
  ): { publicKey: Handle; privateKey: Handle };
  C_SignInit(session: Handle, mechanism: { mechanism: number }, key: Handle): void;
  C_SignAsync(session: Handle, data: Buffer, room: Buffer): Promise<Buffer>;
};

/** Numbers of PKCS #11 v2.40 (OASIS, pkcs11t.h). */
const CKF = { rwSession: 2, serialSession: 4 };
const CKU_USER = 1;
const CKO = { publicKey: 2, privateKey: 3 };
const CKK_EC = 3;
const CKM = { ecKeyPairGen: 0x1040, ecdsa: 0x1041 };
const CKA = {
  class: 0x0,
  token: 0x1,
  private: 0x2,
  label: 0x3,
  keyType: 0x100,
  id: 0x102,
  sensitive: 0x103,
  sign: 0x108,
  verify: 0x10a,
  extractable: 0x162,
  ecParams: 0x180,
  ecPoint: 0x181,
};
/** A session that is over: the token was drawn out, reset or logged out elsewhere. Asked once more on a new one. */
const LOST = new Set([0x30, 0x32, 0x60, 0x82, 0xb0, 0xb3, 0xe0, 0x101]);
/** CKR_USER_ALREADY_LOGGED_IN and CKR_CRYPTOKI_ALREADY_INITIALIZED: this process did it before. */
const DONE_BEFORE = new Set([0x100, 0x191]);

/** DER of the named curve P-256 (RFC 5480), and what stands before the point in a SubjectPublicKeyInfo. */
const P256 = Buffer.from('06082a8648ce3d030107', 'hex');
const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

/** Loads the binding and opens the token. Throws a plain Error that says what is missing. */
export function openToken({ module, label, pin }: TokenOptions, library: Binding = loadBinding()): Token {
  try {
    library.load(module);
    once(() => library.C_Initialize());
  } catch (cause) {
    throw new Error(`PKCS11_MODULE: ${module} does not load`, { cause });
  }
  let refused: Error | null = null;
  const open = () => {
    if (refused) throw refused;
    const slot = library
      .C_GetSlotList(true)
      .find((one) => library.C_GetTokenInfo(one).label.trim() === label);
    if (slot === undefined) throw new Error(`PKCS11_TOKEN: no token is labelled ${label}`);
    const session = library.C_OpenSession(slot, CKF.rwSession | CKF.serialSession);
    try {
      once(() => library.C_Login(session, CKU_USER, pin));
    } catch (cause) {
      const refusal = new Error('PKCS11_PIN: the token refuses it', { cause });
      // Never tried again before a restart: a few wrong PINs lock a token. One that was drawn out has not judged it.
      if (!LOST.has(codeOf(cause))) refused = refusal;
      throw refusal;
    }
    return { slot, session };
  };
  let at = open();
  let last: Promise<unknown> = Promise.resolve();

  /** One operation at a time, as PKCS #11 wants it of a session; a lost session is opened anew once. */
  function inTurn<T>(work: (session: Handle) => T | Promise<T>): Promise<T> {
    const done = last.then(async () => {
      try {
        return await work(at.session);
      } catch (error) {
        if (!LOST.has(codeOf(error))) throw error;
        at = open();
        return work(at.session);
      }
    });
    last = done.catch(() => undefined);
    return done;
  }

  const find = (session: Handle, kind: number, name: string): Handle | null => {
    library.C_FindObjectsInit(session, [
      { type: CKA.class, value: kind },
      { type: CKA.label, value: name },
    ]);
    try {
      const [first, second] = library.C_FindObjects(session, 2);
      if (second) throw new Error(`two keys of the token are labelled ${name}`);
      return first ?? null;
    } finally {
      library.C_FindObjectsFinal(session);
    }
  };
  const keyAt = (session: Handle, name: string, object: Handle): FreshKey => {
    const [point] = library.C_GetAttributeValue(session, object, [{ type: CKA.ecPoint }]);
    return { publicKey: spkiOf(point?.value as Buffer), sign: (message) => signWith(name, message) };
  };
  async function signWith(name: string, message: Uint8Array): Promise<Uint8Array> {
    const digest = createHash('sha256').update(message).digest();
    try {
      return await inTurn(async (session) => {
        // Looked up each time: handles do not outlive their session.
        const key = find(session, CKO.privateKey, name);
        if (key === null) throw new Error(`the token holds no key ${name}`);
        library.C_SignInit(session, { mechanism: CKM.ecdsa }, key);
        return rawToDer(copy(await library.C_SignAsync(session, digest, Buffer.alloc(64))));
      });
    } catch (cause) {
      throw Object.assign(new DomainError('UNAVAILABLE', { reason: 'signing-token' }), { cause });
    }
  }

  return {
    find: (name) =>
      inTurn((session) => {
        const object = find(session, CKO.publicKey, name);
        return object && keyAt(session, name, object);
      }),
    generate: (name) =>
      inTurn((session) => {
        const both = [
          { type: CKA.token, value: true },
          { type: CKA.label, value: name },
          { type: CKA.id, value: randomBytes(16) },
          { type: CKA.keyType, value: CKK_EC },
        ];
        const { publicKey } = library.C_GenerateKeyPair(
          session,
          { mechanism: CKM.ecKeyPairGen },
          [...both, { type: CKA.verify, value: true }, { type: CKA.ecParams, value: P256 }],
          [
            ...both,
            { type: CKA.private, value: true },
            { type: CKA.sensitive, value: true },
            { type: CKA.extractable, value: false },
            { type: CKA.sign, value: true },
          ],
        );
        return keyAt(session, name, publicKey);
      }),
    close() {
      library.C_CloseAllSessions(at.slot);
      library.C_Finalize();
      library.close();
    },
  };
}

function loadBinding(): Binding {
  try {
    const { PKCS11 } = createRequire(BINDING)('pkcs11js') as { PKCS11: new () => Binding };
    return new PKCS11();
  } catch (cause) {
    throw new Error('PKCS11_MODULE: its binding is not installed, run `npm ci` in deploy/pkcs11', { cause });
  }
}

function once(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!DONE_BEFORE.has(codeOf(error))) throw error;
  }
}

const codeOf = (error: unknown): number =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : -1;

/** CKA_EC_POINT is the uncompressed point in an OCTET STRING; some tokens leave the wrapping out. */
function spkiOf(value: Buffer): Uint8Array {
  const point = value.length === 65 ? value : contentOf(decode(copy(value)), TAG.octetString);
  if (point.length !== 65 || point[0] !== 4) throw new Error('the token gives no P-256 point');
  const der = Buffer.concat([SPKI_HEAD, point]);
  createPublicKey({ key: der, format: 'der', type: 'spki' }); // refuses what is not on the curve
  return new Uint8Array(der);
}
