import { parentPort, workerData } from 'node:worker_threads';
import { type Trust, verifyAgreement } from './verify-agreement.ts';

/** Judges one file after the other; nothing of one is kept for the next. */
const trust = workerData as Trust;
parentPort?.on('message', ({ id, pdf }: { id: number; pdf: Uint8Array }) => {
  parentPort?.postMessage({ id, report: verifyAgreement(pdf, trust) });
});
