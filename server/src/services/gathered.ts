import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '../domain/errors.ts';
import type { Deps } from './context.ts';

/** Questions that one piece of work answers; further ones are the next piece. */
const MOST = 500;
/** So many may wait in a lane; whoever comes then is refused (UNAVAILABLE) and asks again later. */
const WAITING = 5000;

type Asked<Q, A> = { question: Q; answer: (answer: A) => void; fail: (error: unknown) => void };

/**
 * Does `work` once for all questions of a lane that came while it did it for those before. A question that is alone is
 * answered at once, under load one statement answers hundreds, and a lane never has more than one piece of work under
 * way. `pauseMs` lets more of them come where nobody waits for the answer. Answers stand in the order of the
 * questions; a refusal of one of them is a DomainError in its place, what `work` throws fails all it was asked.
 */
export function gathered<Q, A>(
  work: (deps: Deps, lane: string, questions: Q[]) => Promise<(A | DomainError)[]>,
  pauseMs = 0,
): (deps: Deps, lane: string, question: Q) => Promise<A> {
  const installations = new WeakMap<Deps, Map<string, Asked<Q, A>[]>>();

  const run = async (deps: Deps, lane: string, lanes: Map<string, Asked<Q, A>[]>): Promise<void> => {
    const waiting = lanes.get(lane) ?? [];
    while (waiting.length > 0) {
      if (pauseMs > 0) await pause(pauseMs);
      const asked = waiting.splice(0, MOST);
      try {
        const answers = await work(
          deps,
          lane,
          asked.map(({ question }) => question),
        );
        for (const [nth, { answer, fail }] of asked.entries()) {
          const given = answers[nth];
          if (given instanceof DomainError) fail(given);
          else answer(given as A);
        }
      } catch (error) {
        for (const { fail } of asked) fail(error);
      }
    }
    // In the same turn as the last look: whoever was answered just now may ask again in the next.
    lanes.delete(lane);
  };

  return (deps, lane, question) =>
    new Promise((answer, fail) => {
      const lanes = installations.get(deps) ?? new Map<string, Asked<Q, A>[]>();
      installations.set(deps, lanes);
      const waiting = lanes.get(lane);
      if (waiting && waiting.length >= WAITING)
        return fail(new DomainError('UNAVAILABLE', { reason: 'busy' }));
      if (waiting) return void waiting.push({ question, answer, fail });
      lanes.set(lane, [{ question, answer, fail }]);
      void run(deps, lane, lanes);
    });
}
