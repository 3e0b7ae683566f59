import type { Sms } from '../../ports/sms.ts';

/**
 * The demo sends nothing: the queued message itself is what the outbox page shows. A message counts as sent as soon
 * as its job ran.
 */
export function demoOutbox(): Sms {
  return { async send() {} };
}
