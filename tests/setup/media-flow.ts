import type { BrowserContext, Page } from 'playwright-core';

/** What came in at a page within a window of time. */
export type Flow = { audioPackets: number; loudness: number; frames: number; path: string };

/** Remembers every peer connection that pages of this context open. */
export const watchMedia = (context: BrowserContext) =>
  context.addInitScript(`
    window.__lines = [];
    const Plain = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Plain {
      constructor(...args) { super(...args); window.__lines.push(this); }
    };
  `);

const received = `(async () => {
  const sum = { audioPackets: 0, loudness: 0, frames: 0, path: '' };
  for (const line of window.__lines) {
    if (line.connectionState === 'closed') continue;
    const stats = [...(await line.getStats()).values()];
    for (const one of stats) {
      if (one.type === 'inbound-rtp' && one.kind === 'audio') {
        sum.audioPackets += one.packetsReceived;
        sum.loudness += one.totalAudioEnergy ?? 0;
      }
      if (one.type === 'inbound-rtp' && one.kind === 'video') sum.frames += one.framesDecoded ?? 0;
      const pair = one.type === 'transport' && stats.find((each) => each.id === one.selectedCandidatePairId);
      if (pair && line.connectionState === 'connected')
        sum.path = stats.find((each) => each.id === pair.localCandidateId)?.protocol ?? '';
    }
  }
  return sum;
})()`;

/** Sound and picture that reach the page within `ms`; a connection that was made anew counts from its beginning. */
export async function flow(page: Page, ms: number): Promise<Flow> {
  const before = (await page.evaluate(received)) as Flow;
  await page.waitForTimeout(ms);
  const after = (await page.evaluate(received)) as Flow;
  const more = (now: number, then: number) => (now >= then ? now - then : now);
  return {
    audioPackets: more(after.audioPackets, before.audioPackets),
    loudness: more(after.loudness, before.loudness),
    frames: more(after.frames, before.frames),
    path: after.path,
  };
}

/** Milliseconds until sound and picture reach every page again; rejects after `limit`. */
export async function untilFlows(pages: Page[], limit: number): Promise<number> {
  const started = Date.now();
  for (;;) {
    const flows = await Promise.all(pages.map((page) => flow(page, 500)));
    if (flows.every((one) => one.audioPackets > 0 && one.frames > 1)) return Date.now() - started - 500;
    if (Date.now() - started > limit) throw new Error(`no media after ${limit} ms: ${JSON.stringify(flows)}`);
  }
}

/** Resolves once neither sound nor picture reached the page for half a second; rejects after `limit` ms. */
export async function untilStops(page: Page, limit: number): Promise<void> {
  const started = Date.now();
  for (;;) {
    const { audioPackets, frames } = await flow(page, 500);
    if (audioPackets === 0 && frames === 0) return;
    if (Date.now() - started > limit) throw new Error(`media still flows after ${limit} ms`);
  }
}
