import { createHash } from 'node:crypto';
import type { CeremonyState } from '../../server/src/contract/ceremony.ts';
import {
  buildSignedAttributes,
  createCertificateRequest,
  generateSigningKey,
  signAttributes,
} from '../../server/src/contract/signing-client.ts';
import type { Client, TestApp } from '../setup/test-app.ts';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const hex = (value: string) => new Uint8Array(Buffer.from(value, 'hex'));

/** A handwritten-looking zigzag. */
export const ink = {
  width: 350,
  height: 196,
  strokes: [Array.from({ length: 24 }, (_, i): [number, number] => [0.1 + i * 0.03, i % 2 ? 0.3 : 0.7])],
};

/** My open place on the agreement. */
export async function myPlace(
  client: Client,
  caseId: string,
  of: 'ceremony' | 'confirmation/ceremony' = 'ceremony',
) {
  const { body, status } = await client.get<CeremonyState>(`/api/cases/${caseId}/${of}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  const slot = body.slots.find((s) => s.mine && !s.signedAt);
  if (!slot) throw new Error('no place of mine');
  return { state: body, slot, at: `/api/cases/${caseId}/ceremony/${slot.fieldName}` };
}

async function must(answer: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
}

/** Everything up to the signature itself. */
export async function ceremonyUntilInk(
  app: TestApp,
  client: Client,
  caseId: string,
  of: 'ceremony' | 'confirmation/ceremony' = 'ceremony',
) {
  const { state, slot, at } = await myPlace(client, caseId, of);
  await must(client.post(`${at}/open`));
  const textSha256 = createHash('sha256').update(state.canonicalText).digest('hex');
  await must(client.post(`${at}/read`, { textSha256, how: 'SCROLLED' }));
  if (slot.role === 'party' || slot.role === 'agent') {
    await must(client.post(`${at}/questions`, { understood: true, free: true, unpressed: true }));
    if (state.codeBy === 'SMS') {
      const before = app.sms.length;
      await must(client.post(`${at}/code`));
      await app.settle(() => app.sms.slice(before).some((m) => m.template === 'signing-code'));
      const code = app.sms.findLast((m) => m.template === 'signing-code')?.values.code;
      await must(client.post(`${at}/code/verify`, { code }));
    } else await must(client.post(`${at}/presence`));
  }
  await must(client.post(`${at}/ink`, ink));
  return { at, textSha256, slot };
}

/** Makes a key, gets its certificate, signs: what the browser does. */
export async function signPlace(client: Client, at: string, textSha256: string) {
  const keys = await generateSigningKey();
  const csr = base64(await createCertificateRequest(keys));
  const issued = await client.post<{ certificate: string }>(`${at}/certificate`, { csr });
  if (issued.status !== 200) throw new Error(JSON.stringify(issued.body));
  const certificate = new Uint8Array(Buffer.from(issued.body.certificate, 'base64'));
  const answer = async () => {
    const prepared = await client.post<{ digest: string }>(`${at}/prepare`);
    if (prepared.status !== 200) throw new Error(JSON.stringify(prepared.body));
    const signedAttributes = await buildSignedAttributes({
      digest: hex(prepared.body.digest),
      certificate,
      textSha256: hex(textSha256),
    });
    const signature = await signAttributes(keys.privateKey, signedAttributes);
    return { signedAttributes: base64(signedAttributes), signature: base64(signature) };
  };
  return {
    answer,
    complete: async () => client.post<{ signedAt: string }>(`${at}/complete`, await answer()),
  };
}

/** The whole ceremony of one person, on the agreement or on the application for its confirmation. */
export async function signAll(
  app: TestApp,
  client: Client,
  caseId: string,
  of: 'ceremony' | 'confirmation/ceremony' = 'ceremony',
): Promise<void> {
  const { at, textSha256 } = await ceremonyUntilInk(app, client, caseId, of);
  const { complete } = await signPlace(client, at, textSha256);
  await must(complete());
}
