import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Refusals of one actor that the audit log takes in an hour. */
export const REFUSALS_AN_HOUR = 30;

/** The chain is kept for ever and every row takes its head's lock: refusals must not flood it. */
const actors = new RateLimiterMemory({ points: REFUSALS_AN_HOUR, duration: 3600 });

/** Whether another refusal of this actor (a person, a device, a seat, an address) is written down; the request log has all. */
export async function mayTellRefusal(courtId: string, actor: string): Promise<boolean> {
  return actors.consume(`${courtId}|${actor}`).then(
    () => true,
    () => false,
  );
}
