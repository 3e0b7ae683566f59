import {
  buildSignedAttributes,
  createCertificateRequest,
  generateSigningKey,
  sha256,
  signAttributes,
} from '@tongxi/server/contract/signing-client.ts';
import { ApiError, api, call } from '../../api/client.ts';
import { untilKept } from './until-kept.ts';

const base64 = (data: Uint8Array): string => btoa(Array.from(data, (b) => String.fromCharCode(b)).join(''));
const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const unhex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
export const hex = (data: Uint8Array): string =>
  Array.from(data, (b) => b.toString(16).padStart(2, '0')).join('');

/** SHA-256 of the text that this page shows, byte for byte. */
export const hashShownText = async (canonicalText: string): Promise<string> =>
  hex(await sha256(new TextEncoder().encode(canonicalText)));

/**
 * Signs one place: the key is made here and cannot leave this browser; the server issues its one-time certificate and
 * appends what this key signed. When somebody else signed meanwhile or no time stamp came, the same key signs again.
 */
export async function signHere(
  place: { caseId: string; fieldName: string },
  textSha256: string,
  waiting: { signal: AbortSignal; say(): void },
): Promise<{ signedAt: string }> {
  const at = api.cases[':caseId'].ceremony[':fieldName'];
  const keys = await generateSigningKey();
  const csr = base64(await createCertificateRequest(keys));
  const issued = await call(at.certificate.$post({ param: place, json: { csr } }));
  const certificate = bytes(issued.certificate);
  const attempt = async () => {
    const prepared = await call(at.prepare.$post({ param: place }));
    const signedAttributes = await buildSignedAttributes({
      digest: unhex(prepared.digest),
      certificate,
      textSha256: unhex(textSha256),
    });
    const signature = await signAttributes(keys.privateKey, signedAttributes);
    const json = { signedAttributes: base64(signedAttributes), signature: base64(signature) };
    return call(at.complete.$post({ param: place, json }));
  };
  return untilKept(attempt, {
    codeOf: (error) => (error instanceof ApiError ? error.code : undefined),
    pause: (ms) => pauseFor(ms, waiting.signal),
    onWaiting: waiting.say,
  });
}

/** Rejects at once when the person leaves or stops waiting: nobody signs behind one's back. */
const pauseFor = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
