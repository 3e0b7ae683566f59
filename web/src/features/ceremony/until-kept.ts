/** How long a signer waits for the time-stamp service before being told to come back, and how often it is asked. */
export const WAIT = { everyMs: 5000, limitMs: 300_000 };
/** Others who sign at the same moment: more than these in a row are no coincidence. */
const MAX_MOVED = 5;

type Options = {
  codeOf(error: unknown): string | undefined;
  /** Resolves after so many ms; rejects when the person stopped waiting. */
  pause(ms: number): Promise<void>;
  /** Says on the screen that the time-stamp service is waited for. */
  onWaiting(): void;
};

/**
 * Repeats a signature until it is kept: at once when somebody else signed meanwhile, every few seconds while no time
 * stamp comes. Nothing weaker is ever kept, so waiting loses nothing. Throws the last refusal past the limit.
 */
export async function untilKept<T>(attempt: () => Promise<T>, options: Options): Promise<T> {
  let moved = 0;
  for (let waited = 0; ; ) {
    try {
      return await attempt();
    } catch (error) {
      const code = options.codeOf(error);
      if (code === 'HEAD_MOVED' && moved < MAX_MOVED) {
        moved += 1;
        continue;
      }
      if (code !== 'TIMESTAMP_UNAVAILABLE' || waited >= WAIT.limitMs) throw error;
      options.onWaiting();
      await options.pause(WAIT.everyMs).catch(() => {
        throw error;
      });
      waited += WAIT.everyMs;
    }
  }
}
