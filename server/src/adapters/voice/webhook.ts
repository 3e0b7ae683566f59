import { createHmac } from 'node:crypto';
import type { Voice } from '../../ports/alerts.ts';

const CALL_MS = 10_000;

/**
 * Voice calls through an HTTP gateway of the court's own. Contract: POST with a JSON body `{to, station, phone, id}` and
 * `x-tongxi-signature: sha256=<hex of HMAC-SHA256 over the raw body>`; 2xx = it will be called; the same `id` is never
 * called twice; anything else is tried again. The gateway speaks: station, and its number to call back.
 */
export function voiceWebhook(config: { url: string; secret: string }): Voice {
  return {
    async call({ to, station, phone, idempotencyKey }) {
      const body = JSON.stringify({ to, station, phone, id: idempotencyKey });
      const signature = createHmac('sha256', config.secret).update(body).digest('hex');
      const answer = await fetch(config.url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(CALL_MS),
        headers: { 'content-type': 'application/json', 'x-tongxi-signature': `sha256=${signature}` },
        body,
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`voice gateway answered ${answer.status}`);
    },
  };
}
