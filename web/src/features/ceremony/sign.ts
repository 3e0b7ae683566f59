import {
  buildSignedAttributes,
  createCertificateRequest,
  generateSigningKey,
  sha256,
  signAttributes,
} from '@tongxi/server/contract/signing-client.ts';
import { ApiError, api, call } from '../../api/client.ts';

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
 * appends what this key signed. When somebody else signed meanwhile, the same key signs again over the new head.
 */
export async function signHere(
  place: { caseId: string; fieldName: string },
  textSha256: string,
): Promise<{ signedAt: string }> {
  const at = api.cases[':caseId'].ceremony[':fieldName'];
  const keys = await generateSigningKey();
  const csr = base64(await createCertificateRequest(keys));
  const issued = await call(at.certificate.$post({ param: place, json: { csr } }));
  const certificate = bytes(issued.certificate);
  for (let round = 0; ; round += 1) {
    const prepared = await call(at.prepare.$post({ param: place }));
    const signedAttributes = await buildSignedAttributes({
      digest: unhex(prepared.digest),
      certificate,
      textSha256: unhex(textSha256),
    });
    const signature = await signAttributes(keys.privateKey, signedAttributes);
    try {
      return await call(
        at.complete.$post({
          param: place,
          json: { signedAttributes: base64(signedAttributes), signature: base64(signature) },
        }),
      );
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'HEAD_MOVED') || round >= 5) throw error;
    }
  }
}
