import { expect } from 'vitest';
import type { KillablePostgres } from './killable-postgres.ts';
import type { AppProcess, Copy } from './killed-app.ts';

/** Something that one person does; `done` says by the service's own answer whether it is done for good. */
export type Act = { name: string; run: () => Promise<void>; done: () => Promise<boolean> };

/**
 * Does act after act, and kills the process with SIGKILL before and after each thing that the act persists, commits and
 * files alike: a new process then has the same act before it, or finds it done. `left` looks at what each death left.
 * Answers with the number of deaths in each act. Throws when an act does not come to its end.
 */
export async function drill(copy: Copy, acts: Act[], left: (at: string) => Promise<void>) {
  const deaths: Record<string, number> = {};
  let app: AppProcess | null = null;
  try {
    for (const { name, run, done } of acts) {
      deaths[name] = 0;
      for (let turn = 0; ; turn += 1) {
        if (turn > 12) throw new Error(`${name} does not come to its end`);
        app ??= await copy.start({ idle: true });
        if (turn > 0 && (await done())) break;
        // Before and after the first thing persisted, before and after the second, …
        const side = turn % 2 === 0 ? 'before' : 'after';
        await app.dieAt(side, Math.floor(turn / 2));
        if (await lives(app, run)) break;
        app = null;
        deaths[name] += 1;
        await left(`${name}, ${side} ${Math.floor(turn / 2)}`);
      }
    }
  } finally {
    await app?.stop();
  }
  return deaths;
}

/** Whether the act ended in a living process, which then has no orders any more. */
async function lives(app: AppProcess, run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
  } catch (error) {
    // fetch failed: the process is gone
    if (!(error instanceof TypeError)) throw error;
    await app.gone;
    expect(app.child.signalCode).toBe('SIGKILL');
    return false;
  }
  await app.spare();
  return true;
}

/**
 * The same with PostgreSQL as the victim, all of its processes at once: the service lives on, answers with an error of its
 * own and, once the database is back, does the same act or finds it done.
 */
export async function drillDatabase(
  { copy, postgres }: { copy: Copy; postgres: KillablePostgres },
  acts: Act[],
  left: (at: string) => Promise<void>,
) {
  const deaths: Record<string, number> = {};
  const app = await copy.start({ idle: true });
  try {
    for (const { name, run, done } of acts) {
      deaths[name] = 0;
      for (let turn = 0; ; turn += 1) {
        if (turn > 12) throw new Error(`${name} does not come to its end`);
        if (turn > 0 && (await done())) break;
        const [victim, side] = [postgres.pid(), turn % 2 === 0 ? 'before' : 'after'] as const;
        await app.strikeAt(victim, side, Math.floor(turn / 2));
        const refused: unknown = await run().then(
          () => null,
          (error: unknown) => error,
        );
        if (!(await app.spare())) {
          if (refused) throw refused;
          break;
        }
        await postgres.untilBack(victim);
        if (refused) expect(String(refused), name).toMatch(/UNAVAILABLE|503/);
        deaths[name] += 1;
        await left(`${name}, ${side} ${Math.floor(turn / 2)}`);
      }
    }
  } finally {
    await app.stop();
  }
  return deaths;
}
