import type { MessagePort } from 'node:worker_threads';
import type { Drawings } from '../pdf/drawings.ts';
import { askingKit, type Crossing, type KitFacts, pack } from '../signing/kit-questions.ts';
import type { FileVerbs } from '../signing/signing-verbs.ts';

/** One piece of work, as it crosses to a thread. */
export type Task =
  | { area: 'drawing'; verb: keyof Drawings; args: unknown[] }
  | { area: 'signing'; verb: keyof FileVerbs; input: unknown; facts: KitFacts; port: MessagePort };

/** Draws or signs one file. What a thread never does is not loaded there. */
export default function work(task: Task): Promise<Crossing<unknown>> {
  return pack(async () => {
    if (task.area === 'drawing') {
      const { drawings } = await import('../pdf/drawings.ts');
      const draw = drawings[task.verb] as (...args: unknown[]) => Promise<unknown>;
      return draw(...task.args);
    }
    const { verb, input, facts, port } = task;
    try {
      const { fileVerbs } = await import('../signing/signing-verbs.ts');
      const run = fileVerbs(askingKit(facts, port))[verb] as (input: unknown) => Promise<unknown>;
      return await run(input);
    } finally {
      port.close();
    }
  });
}
