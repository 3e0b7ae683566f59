import { parentPort, workerData } from 'node:worker_threads';
import { signedStates } from './signed-states.ts';
import { type Trust, verifyAgreement } from './verify-agreement.ts';

/** Judges one file after the other; nothing of one is kept for the next. */
const trust = workerData as Trust;
type Message = { id: number; pdf: Uint8Array; kind: 'report' | 'states' };
parentPort?.on('message', ({ id, pdf, kind }: Message) => {
  const answer = kind === 'states' ? signedStates(pdf, trust) : verifyAgreement(pdf, trust);
  parentPort?.postMessage({ id, answer });
});
// Number 0: loaded; only from here on the file itself takes time.
parentPort?.postMessage({ id: 0 });
