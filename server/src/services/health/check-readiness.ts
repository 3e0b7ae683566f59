import type { Deps } from '../context.ts';

type State = { ok: boolean; ms: number; error?: string };
const LIMIT_MS = 3000;
/** Anybody may ask, and asking writes a file: all who ask within so long get one answer. */
const FRESH_MS = 5000;

/** `checkReadiness`, asked at most once in five seconds however many ask. */
export function readinessOf(deps: Deps, checkJobs: () => Promise<void>) {
  let known: { at: number; answer: ReturnType<typeof checkReadiness> } | undefined;
  return () => {
    if (!known || performance.now() - known.at >= FRESH_MS)
      known = { at: performance.now(), answer: checkReadiness(deps, checkJobs) };
    return known.answer;
  };
}

/** Asks every part that the service cannot do without, each within 3 s. */
export async function checkReadiness(deps: Deps, checkJobs: () => Promise<void>) {
  const [database, livekit, storage, jobs] = await Promise.all([
    probe(async () => void (await deps.db.$queryRaw`SELECT 1`)),
    probe(() => deps.video.check()),
    probe(() => deps.storage.check()),
    probe(checkJobs),
  ]);
  return { ready: [database, livekit, storage, jobs].every((s) => s.ok), database, livekit, storage, jobs };
}

async function probe(ask: () => Promise<void>): Promise<State> {
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), LIMIT_MS);
  });
  try {
    await Promise.race([ask(), late]);
    return { ok: true, ms: Math.round(performance.now() - started) };
  } catch {
    return { ok: false, ms: Math.round(performance.now() - started), error: 'does not answer' };
  } finally {
    clearTimeout(timer);
  }
}
