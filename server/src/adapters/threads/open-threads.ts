import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { DomainError } from '../../domain/errors.ts';
import type { Drawings } from '../pdf/drawings.ts';
import { answerQuestions, type Crossing, factsOf, unpack } from '../signing/kit-questions.ts';
import type { SigningKit } from '../signing/sign-agreement.ts';
import type { FileVerbs } from '../signing/signing-verbs.ts';
import type { Task } from './work-thread.ts';

/** Pieces of work that wait; more are turned away with RATE_LIMITED. */
const MAX_WAITING = 500;
/** A thread that waits for a time-stamp authority does something else meanwhile. */
const AT_ONCE_IN_ONE = 3;
/** Each thread has parsed fonts of its own, some 100 MB: more than this many are of no use to a court. */
const MOST = 8;
/** How long a thread without work is kept, with its parsed fonts. */
const IDLE_MS = 60_000;
/** The answering of people goes before the making of documents. */
const NICE = 5;

/** Threads that draw and sign, so that no document holds up the thread that answers people. */
export type Threads = {
  draw<V extends keyof Drawings>(verb: V, ...args: Parameters<Drawings[V]>): ReturnType<Drawings[V]>;
  sign<V extends keyof FileVerbs>(
    kit: SigningKit,
    verb: V,
    input: Parameters<FileVerbs[V]>[0],
  ): ReturnType<FileVerbs[V]>;
  /** Ends every thread at once; work in them is refused. */
  close(): Promise<void>;
};

const stopping = () => new DomainError('UNAVAILABLE', { reason: 'stopping' });

/** As many threads as cores (eight at most), started by the first work and ended after a minute without any. */
export function openThreads(size: number = Math.min(availableParallelism(), MOST)): Threads {
  let pool: Piscina<Task, Crossing<unknown>> | null = null;
  let closed = false;
  const run = async (task: Task): Promise<unknown> => {
    if (closed) throw stopping();
    pool ??= new Piscina<Task, Crossing<unknown>>({
      filename: fileURLToPath(new URL('./work-thread.ts', import.meta.url)),
      minThreads: 0,
      maxThreads: size,
      idleTimeout: IDLE_MS,
      maxQueue: Number.POSITIVE_INFINITY,
      concurrentTasksPerWorker: AT_ONCE_IN_ONE,
      niceIncrement: NICE,
      execArgv: [],
    });
    if (pool.queueSize >= MAX_WAITING) throw new DomainError('RATE_LIMITED');
    const transferList = task.area === 'signing' ? [task.port] : [];
    const crossing = await pool.run(task, { transferList }).catch((error: unknown) => {
      throw closed ? stopping() : error;
    });
    return unpack(crossing);
  };
  return {
    draw: (verb, ...args) => run({ area: 'drawing', verb, args }) as ReturnType<Drawings[typeof verb]>,
    sign(kit, verb, input) {
      const { port1, port2: port } = new MessageChannel();
      answerQuestions(kit, port1);
      const done = run({ area: 'signing', verb, input, facts: factsOf(kit), port });
      return done.finally(() => port1.close()) as ReturnType<FileVerbs[typeof verb]>;
    },
    async close() {
      closed = true;
      await pool?.destroy();
    },
  };
}
