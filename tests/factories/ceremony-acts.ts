import type { CeremonyState } from '../../server/src/contract/ceremony.ts';
import type { CeremonyStepKind } from '../../server/src/contract/enums.ts';
import { photoConsent } from '../../server/src/contract/photo-consent.ts';
import { generateSigningKey } from '../../server/src/contract/signing-client.ts';
import type { Act } from '../setup/drill.ts';
import type { Client } from '../setup/test-app.ts';
import { solidPng, thumbprintPng } from './files.ts';
import { answerWith, certifyKey, ink, must, textHash } from './signing.ts';

const yes = { understood: true, free: true, unpressed: true };
const alone = { alone: true, way: 'TELEPHONE', note: '单独通话，本人表示自愿', result: 'CLEAR' };

/** What a signer and those around them do, one act after the other, each told done by the service alone. */
export function ceremonyActs(caseId: string, client: Client) {
  const mine = async () => {
    const { status, body } = await client.get<CeremonyState>(`/api/cases/${caseId}/ceremony`);
    if (status !== 200) throw new Error(`ceremony ${status} ${JSON.stringify(body)}`);
    const slot = body.slots.find((one) => one.mine);
    if (!slot) throw new Error('no place of mine');
    return { state: body, slot, at: `/api/cases/${caseId}/ceremony/${slot.fieldName}` };
  };
  const planned = async (kind: CeremonyStepKind) =>
    (await mine()).slot.plan.find((step) => step.kind === kind);
  const step = (kind: CeremonyStepKind, run: (at: string) => Promise<void>): Act => ({
    name: kind,
    run: async () => run((await mine()).at),
    done: async () => (await planned(kind))?.done === true,
  });
  const send = async (path: string, file: Buffer, fields: Record<string, string> = {}) => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(file)], 'picture.png'));
    for (const [key, value] of Object.entries(fields)) form.set(key, value);
    const { status } = await client.raw(path, { method: 'POST', body: form });
    if (status !== 200) throw new Error(`${path} ${status}`);
  };
  return {
    open: step('OPENED', (at) => must(client.post(`${at}/open`))),
    read: step('READ', async (at) => {
      const textSha256 = textHash((await mine()).state);
      await must(client.post(`${at}/read`, { textSha256, how: 'SCROLLED' }));
    }),
    sayPressed: {
      ...step('QUESTIONS', (at) => must(client.post(`${at}/questions`, { ...yes, unpressed: false }))),
      name: 'a no',
      done: async () => (await planned('PRIVATE_CHECK')) !== undefined,
    },
    sayFree: step('QUESTIONS', (at) => must(client.post(`${at}/questions`, yes))),
    talkAlone: (mediator: Client) =>
      step('PRIVATE_CHECK', (at) => must(mediator.post(`${at}/private-check`, alone))),
    write: step('INK', (at) => must(client.post(`${at}/ink`, ink))),
    thumbprint: step('THUMBPRINT', (at) => send(`${at}/thumbprint`, thumbprintPng())),
    witness: step('WITNESS', (at) => must(client.post(`${at}/witness`, { ink, saw: true }))),
    compareSeal: (director: Client, images: { registeredId: string; shownId: string }) =>
      step('ORG_SEAL', (at) => must(director.post(`${at}/org-seal`, { ...images, same: true }))),
    giveCode: step('CODE', async (at) => {
      await must(client.post(`${at}/code`));
      type Sent = { template: string; values: { code?: string } };
      const { status, body } = await client.get<Sent[]>('/api/demo/sms');
      if (status !== 200) throw new Error(`messages ${status}`);
      const code = body.find((message) => message.template === 'signing-code')?.values.code;
      await must(client.post(`${at}/code/verify`, { code }));
    }),
    photo: step('PHOTO', (at) =>
      send(`${at}/photo`, solidPng(40, 40), { consentVersion: String(photoConsent.version) }),
    ),
    /** Nobody's place is left afterwards: whoever asks for this act says how it is seen to be done. */
    decline: step('DECLINED', (at) => must(client.post(`${at}/decline`, { reason: '金额不对' }))),
    sign: signing(client, mine),
  };
}

/** The signature in three acts: what the device holds is lost with no process of the service. */
function signing(
  client: Client,
  mine: () => Promise<{ state: CeremonyState; slot: { signedAt: string | null }; at: string }>,
): Act[] {
  const keys = generateSigningKey();
  let certificate: Uint8Array | null = null;
  let answer: Awaited<ReturnType<typeof answerWith>> | null = null;
  return [
    {
      name: 'CERTIFICATE',
      run: async () => {
        certificate = await certifyKey(client, (await mine()).at, await keys);
      },
      done: async () => certificate !== null,
    },
    {
      name: 'PREPARED',
      run: async () => {
        if (!certificate) throw new Error('no certificate');
        const { state, at } = await mine();
        answer = await answerWith(client, at, { textSha256: textHash(state), keys: await keys, certificate });
      },
      done: async () => answer !== null,
    },
    {
      name: 'SIGNED',
      run: async () => must(client.post(`${(await mine()).at}/complete`, answer)),
      done: async () => (await mine()).slot.signedAt !== null,
    },
  ];
}
