/** The station device's key pair: made here, kept by the browser, never readable by anybody, also not by this page. */
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const STORE = 'keys';
const NAME = 'device';

export type DevicePublicKey = { kty: 'EC'; crv: 'P-256'; x: string; y: string };

/** A fresh pair and its public half for the server. It replaces the old one once `keep` is called: after enrolment. */
export async function newDeviceKey(): Promise<{ publicKey: DevicePublicKey; keep(): Promise<void> }> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return {
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    keep: async () => {
      await inStore('readwrite', (store) => store.put(pair.privateKey, NAME));
    },
  };
}

/** Signs the server's challenge; undefined where the device has no key (the demo's one-tap device). */
export async function proveDevice(
  challenge: string | null,
): Promise<{ challenge: string; signature: string } | undefined> {
  if (challenge === null) return undefined;
  const key: unknown = await inStore('readonly', (store) => store.get(NAME));
  if (!(key instanceof CryptoKey)) return undefined;
  const how = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(how, key, new TextEncoder().encode(challenge));
  return { challenge, signature: btoa(String.fromCharCode(...new Uint8Array(signature))) };
}

function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('tongxi-device', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        database.close();
        resolve(request.result);
      };
      transaction.onerror = () => reject(transaction.error);
    };
  });
}
