/** LiveKit has so long to confirm who is gone from a room. */
const CONFIRM_MS = 8000;
const ASK_EVERY_MS = 100;

/** Asks LiveKit again and again; false when it did not confirm in time. */
export async function untilConfirmed(ask: () => Promise<boolean>): Promise<boolean> {
  const until = Date.now() + CONFIRM_MS;
  while (Date.now() < until) {
    if (await ask()) return true;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return false;
}
