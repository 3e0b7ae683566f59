import type { LayoutView } from '@tongxi/server/contract/recording.ts';

const TRY_AGAIN_MS = 1000;
/** A service that restarts is back long before; longer, and this part is lost anyway. */
const GIVE_UP_MS = 30_000;

export type Service = {
  /** What to draw now. Throws `refused` when the ticket is over. */
  hello(): Promise<LayoutView>;
  /** Hands in one piece, again until it is taken; false when it cannot be. */
  hand(bytes: Blob, sequence: number, last: boolean): Promise<boolean>;
};

/** Our own API by the ticket of this part. */
export function openService(ticket: string): Service {
  const headers = { 'x-tongxi': '1', 'x-tongxi-recorder': ticket };
  return {
    async hello() {
      const answer = await fetch('/api/recorder/hello', { method: 'POST', headers });
      if (!answer.ok) throw new Error(answer.status === 401 ? 'refused' : `${answer.status}`);
      return (await answer.json()) as LayoutView;
    },
    async hand(bytes, sequence, last) {
      const until = Date.now() + GIVE_UP_MS;
      for (;;) {
        const answer = await fetch(`/api/recorder/pieces/${sequence}${last ? '?last=1' : ''}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/octet-stream' },
          body: bytes,
        }).catch(() => null);
        if (answer?.ok) return true;
        if ((answer && answer.status < 500 && answer.status !== 429) || Date.now() > until) return false;
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
      }
    },
  };
}
