import { createHash } from 'node:crypto';
import type { CeremonyState } from '../../server/src/contract/ceremony.ts';
import {
  buildSignedAttributes,
  createCertificateRequest,
  generateSigningKey,
  signAttributes,
} from '../../server/src/contract/signing-client.ts';
import type { Client, TestApp } from '../setup/test-app.ts';
import type { CourtApp } from './case.ts';
import type { DemoLogin } from './court.ts';
import { ink } from './handwriting.ts';

export { ink } from './handwriting.ts';

type Keys = Awaited<ReturnType<typeof generateSigningKey>>;

/** What signing needs of an application: its people, and the messages that go out. */
export type SmsApp = CourtApp & Pick<TestApp, 'sms' | 'settle'>;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const hex = (value: string) => new Uint8Array(Buffer.from(value, 'hex'));

/** The agreement, or the application for its confirmation. */
type What = 'ceremony' | 'confirmation/ceremony';

/** My open place on it. */
export async function myPlace(client: Client, caseId: string, of: What = 'ceremony') {
  const { body, status } = await client.get<CeremonyState>(`/api/cases/${caseId}/${of}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  const slot = body.slots.find((s) => s.mine && !s.signedAt);
  if (!slot) throw new Error('no place of mine');
  return { state: body, slot, at: `/api/cases/${caseId}/ceremony/${slot.fieldName}` };
}

export async function must(answer: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
}

/** The case's mediator, who asks the questions aloud at the station. */
export async function mediatorOf(app: SmsApp, caseId: string): Promise<Client> {
  const { inCourt } = await import('../../server/src/services/transact.ts');
  const { staffUserId } = await inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.appointment.findFirstOrThrow({ where: { caseId, duty: 'MEDIATOR', status: 'ACCEPTED' } }),
  );
  const [login] = Object.entries(app.court.staff).find(([, id]) => id === staffUserId) ?? [];
  return app.asStaff(login as DemoLogin);
}

const yes = { understood: true, free: true, unpressed: true };
export const aloud = { ...yes, othersAway: true, way: 'VIDEO', language: '宁波话' };

/** What the browser computes over the text that it shows. */
export const textHash = ({ canonicalText }: Pick<CeremonyState, 'canonicalText'>): string =>
  createHash('sha256').update(canonicalText).digest('hex');

/** Opens the place and reads the whole text: what the browser does first. */
export async function readPlace(client: Client, caseId: string, of: What = 'ceremony') {
  const { state, slot, at } = await myPlace(client, caseId, of);
  await must(client.post(`${at}/open`, { screen: { width: 360, height: 740, language: 'zh-CN' } }));
  const textSha256 = textHash(state);
  await must(client.post(`${at}/read`, { textSha256, how: 'SCROLLED', seconds: 60 }));
  return { state, slot, at, textSha256 };
}

/** Everything up to handwriting. */
export async function ceremonyUntilHand(app: SmsApp, client: Client, caseId: string, of: What = 'ceremony') {
  const read = await readPlace(client, caseId, of);
  const { state, slot, at } = read;
  if (slot.role !== 'party' && slot.role !== 'agent') return read;
  if (state.questionsBy === 'SELF') await must(client.post(`${at}/questions`, yes));
  else await must((await mediatorOf(app, caseId)).post(`${at}/questions-aloud`, aloud));
  return read;
}

/** Everything up to the signature itself. */
export async function ceremonyUntilInk(app: SmsApp, client: Client, caseId: string, of: What = 'ceremony') {
  const { state, slot, at, textSha256 } = await ceremonyUntilHand(app, client, caseId, of);
  await must(client.post(`${at}/ink`, ink));
  if (slot.role === 'party' || slot.role === 'agent') await giveCode(app, client, at, state.codeBy);
  return { at, textSha256, slot };
}

/** The code of that moment, or presence at the station. */
export async function giveCode(app: SmsApp, client: Client, at: string, by: string): Promise<void> {
  if (by !== 'SMS') return must(client.post(`${at}/presence`));
  const before = app.sms.length;
  await must(client.post(`${at}/code`));
  await app.settle(() => app.sms.slice(before).some((m) => m.template === 'signing-code'));
  const code = app.sms.findLast((m) => m.template === 'signing-code')?.values.code;
  await must(client.post(`${at}/code/verify`, { code }));
}

/** Has a certificate issued for this key. */
export async function certifyKey(client: Client, at: string, keys: Keys): Promise<Uint8Array> {
  const csr = base64(await createCertificateRequest(keys));
  const issued = await client.post<{ certificate: string }>(`${at}/certificate`, { csr });
  if (issued.status !== 200) throw new Error(JSON.stringify(issued.body));
  return new Uint8Array(Buffer.from(issued.body.certificate, 'base64'));
}

/** Asks what is to be signed now, and signs it: what `complete` takes. */
export async function answerWith(
  client: Client,
  at: string,
  { textSha256, keys, certificate }: { textSha256: string; keys: Keys; certificate: Uint8Array },
) {
  const prepared = await client.post<{ digest: string }>(`${at}/prepare`);
  if (prepared.status !== 200) throw new Error(JSON.stringify(prepared.body));
  const signedAttributes = await buildSignedAttributes({
    digest: hex(prepared.body.digest),
    certificate,
    textSha256: hex(textSha256),
  });
  const signature = await signAttributes(keys.privateKey, signedAttributes);
  return { signedAttributes: base64(signedAttributes), signature: base64(signature) };
}

/** Makes a key, gets its certificate, signs: what the browser does. */
export async function signPlace(client: Client, at: string, textSha256: string) {
  const keys = await generateSigningKey();
  const certificate = await certifyKey(client, at, keys);
  const answer = () => answerWith(client, at, { textSha256, keys, certificate });
  return {
    answer,
    complete: async () => client.post<{ signedAt: string }>(`${at}/complete`, await answer()),
  };
}

/** The whole ceremony of one person, on the agreement or on the application for its confirmation. */
export async function signAll(
  app: SmsApp,
  client: Client,
  caseId: string,
  of: What = 'ceremony',
): Promise<void> {
  const { at, textSha256 } = await ceremonyUntilInk(app, client, caseId, of);
  const { complete } = await signPlace(client, at, textSha256);
  await must(complete());
}
