import type { MessagePort } from 'node:worker_threads';
import { DomainError } from '../../domain/errors.ts';
import type { Signer } from '../../ports/signer.ts';
import type { CourtName, RevokedCertificate, SealCommittee } from '../../ports/signing.ts';
import type { SigningKit } from './sign-agreement.ts';
import type { Trust } from './verify-agreement.ts';

/** Whose lasting key: the platform's of a court, or a committee's. */
type Holder = { court: CourtName } | { committee: SealCommittee };

/** What work on a file asks of keys, clock and network, which stay with the service's own thread. */
type Questions = {
  signer: { asked: Holder; answer: Pick<Signer, 'certificate' | 'chain'> };
  signature: { asked: { holder: Holder; message: Uint8Array }; answer: Uint8Array };
  token: { asked: Uint8Array; answer: Uint8Array };
  lists: {
    asked: { court: CourtName; revoked: RevokedCertificate[] };
    answer: [court: Uint8Array, signerRoot: Uint8Array, timestampRoot: Uint8Array];
  };
  externalLists: { asked: Uint8Array[]; answer: Uint8Array[] };
};
type Kind = keyof Questions;
type Message = { [K in Kind]: { id: number; kind: K; asked: Questions[K]['asked'] } }[Kind];

/** A refusal or a result, as it crosses between threads: an error's class would be lost on the way. */
export type Crossing<T> =
  | { ok: true; result: T }
  | { ok: false; code: DomainError['code']; details: Record<string, unknown> };

/** Runs work and packs its outcome; anything but a DomainError is thrown on. */
export async function pack<T>(work: () => Promise<T>): Promise<Crossing<T>> {
  try {
    return { ok: true, result: await work() };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ok: false, code: error.code, details: error.details };
  }
}

/** The result, or the DomainError that the other thread threw. */
export function unpack<T>(crossing: Crossing<T>): T {
  if (crossing.ok) return crossing.result;
  throw new DomainError(crossing.code, crossing.details);
}

/** What of a kit crosses as it is. */
export type KitFacts = { demo: boolean; maxTokenBytes: number; trust: Trust };
export const factsOf = ({ ca, timestamp, trust }: SigningKit): KitFacts => ({
  demo: ca.demo,
  maxTokenBytes: timestamp.maxTokenBytes,
  trust,
});

/** Answers a thread's questions from the kit until the port closes. */
export function answerQuestions(kit: SigningKit, port: MessagePort): void {
  const signerOf = (holder: Holder) =>
    'court' in holder ? kit.ca.platformSigner(holder.court) : kit.ca.committeeSigner(holder.committee);
  const answers: { [K in Kind]: (asked: Questions[K]['asked']) => Promise<Questions[K]['answer']> } = {
    async signer(holder) {
      const { certificate, chain } = await signerOf(holder);
      return { certificate, chain };
    },
    signature: async ({ holder, message }) => (await signerOf(holder)).sign(message),
    token: (digest) => kit.timestamp.stamp(digest),
    lists: ({ court, revoked }) => kit.ca.revocationLists(court, revoked),
    externalLists: (certificates) => kit.externalLists(certificates),
  };
  port.on('message', async ({ id, kind, asked }: Message) => {
    const answer = answers[kind] as (asked: unknown) => Promise<unknown>;
    try {
      port.postMessage({ id, crossing: await pack(() => answer(asked)) });
    } catch (error) {
      port.postMessage({ id, error });
    }
  });
}

/** The kit as a working thread has it: every answer comes over the port. */
export function askingKit(facts: KitFacts, port: MessagePort): SigningKit {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let last = 0;
  port.on(
    'message',
    ({ id, crossing, error }: { id: number; crossing?: Crossing<unknown>; error?: unknown }) => {
      const asker = waiting.get(id);
      waiting.delete(id);
      if (crossing === undefined) asker?.reject(error);
      else
        try {
          asker?.resolve(unpack(crossing));
        } catch (refusal) {
          asker?.reject(refusal);
        }
    },
  );
  const ask = <K extends Kind>(kind: K, asked: Questions[K]['asked']): Promise<Questions[K]['answer']> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve: resolve as (value: unknown) => void, reject });
      port.postMessage({ id: last, kind, asked });
    });
  const signer = async (holder: Holder): Promise<Signer> => ({
    ...(await ask('signer', holder)),
    sign: (message) => ask('signature', { holder, message }),
  });
  return {
    ca: {
      demo: facts.demo,
      platformSigner: ({ courtId, courtName }) => signer({ court: { courtId, courtName } }),
      committeeSigner: (committee) => signer({ committee }),
      revocationLists: (court, revoked) => ask('lists', { court, revoked }),
    },
    timestamp: { maxTokenBytes: facts.maxTokenBytes, stamp: (digest) => ask('token', digest) },
    trust: facts.trust,
    externalLists: (certificates) => ask('externalLists', certificates),
  };
}
