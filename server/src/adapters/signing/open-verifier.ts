import { Worker } from 'node:worker_threads';
import { DomainError } from '../../domain/errors.ts';
import type { VerificationReport } from '../../ports/signing.ts';
import type { SignedState } from './signed-states.ts';
import type { Trust } from './verify-agreement.ts';

/** A file that needs longer or more memory than this is not one of ours, which take milliseconds. */
const LIMIT_MS = 10_000;
const LIMIT_MB = 256;
/** Loading the code in a fresh thread on a busy machine is not the file's fault. */
const START_MS = 30_000;
/** More waiting files than this are turned away. */
const MAX_WAITING = 20;

/** The message number with which a thread says that it has loaded. */
const READY = 0;

type Job = {
  pdf: Uint8Array;
  kind: 'report' | 'states';
  resolve(answer: unknown): void;
  reject(error: Error): void;
};

/**
 * Judges strangers' files in a thread of its own, so that a hostile one costs at most its time and memory limit and
 * never the service. One at a time; RATE_LIMITED when too many wait, FILE_TOO_COMPLEX past a limit.
 */
export function openVerifier(
  trust: Trust,
  limits: { ms?: number; mb?: number; script?: URL } = {},
): {
  verify(pdf: Uint8Array): Promise<VerificationReport>;
  states(pdf: Uint8Array): Promise<SignedState[]>;
  stop(): Promise<void>;
} {
  const waiting: Job[] = [];
  let current: Job | null = null;
  let timer: NodeJS.Timeout | undefined;
  let worker: Worker | null = null;
  let id = 0;

  const settle = (end: (job: Job) => void) => {
    clearTimeout(timer);
    const job = current;
    current = null;
    // An idle thread keeps nobody from ending.
    worker?.unref();
    if (job) end(job);
    next();
  };
  const fail = () => {
    const broken = worker;
    worker = null;
    broken?.removeAllListeners();
    broken?.on('error', () => {});
    void broken?.terminate();
    settle((job) => job.reject(new DomainError('FILE_TOO_COMPLEX')));
  };
  const startClock = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(fail, ms);
  };
  const start = (): Worker => {
    const made = new Worker(limits.script ?? new URL('./verify-worker.ts', import.meta.url), {
      workerData: trust,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: limits.mb ?? LIMIT_MB },
    });
    made.on('message', ({ id: of, answer }: { id: number; answer: unknown }) => {
      if (of === READY) startClock(limits.ms ?? LIMIT_MS);
      if (of === id) settle((job) => job.resolve(answer));
    });
    made.on('error', fail);
    made.on('exit', () => {
      if (worker === made) fail();
    });
    return made;
  };
  const next = () => {
    const job = current === null ? waiting.shift() : undefined;
    if (job === undefined) return;
    current = job;
    id += 1;
    startClock(limits.ms ?? (worker === null ? START_MS : LIMIT_MS));
    worker ??= start();
    worker.ref();
    worker.postMessage({ id, pdf: job.pdf, kind: job.kind });
  };

  const ask = (pdf: Uint8Array, kind: Job['kind']): Promise<unknown> => {
    if (waiting.length >= MAX_WAITING) return Promise.reject(new DomainError('RATE_LIMITED'));
    return new Promise((resolve, reject) => {
      waiting.push({ pdf, kind, resolve, reject });
      next();
    });
  };

  return {
    verify: (pdf) => ask(pdf, 'report') as Promise<VerificationReport>,
    states: (pdf) => ask(pdf, 'states') as Promise<SignedState[]>,
    async stop() {
      const running = worker;
      worker = null;
      running?.removeAllListeners();
      await running?.terminate();
      clearTimeout(timer);
    },
  };
}
