import type { Deps } from '../context.ts';

type State = { ok: boolean; ms: number; error?: string };
const LIMIT_MS = 3000;

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
