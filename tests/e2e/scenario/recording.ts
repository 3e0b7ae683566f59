import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

type Shot = (page: Page, name: string) => Promise<void>;
const SEAL_MS = 60_000;
/** Run inside the page: seeks, and plays without sound. */
const playFromTheMiddle = `(async () => {
  const video = document.querySelector('[data-part-player]');
  video.muted = true;
  video.currentTime = 5;
  await video.play();
})()`;

/** The mediator starts recording with everybody's yes; it goes on behind the rest of the talks. */
export async function startRecording(
  { mediator, phone }: { mediator: Page; phone: Page },
  shot: Shot,
): Promise<void> {
  await mediator.getByRole('button', { name: '开始录制' }).click();
  await shot(mediator, 'recording-who');
  await mediator.getByRole('dialog').getByRole('button', { name: '开始录制' }).click();
  for (const page of [mediator, phone]) await page.locator('[data-recording=RUNNING]').waitFor();
}

/**
 * The mediator stops it; each part is sealed into one file and the chain verifies on the case's page, where it plays.
 * Leaves recording.webm (further parts as recording-2.webm …).
 */
export async function sealRecording(
  mediator: Page,
  { caseId, out, shot }: { caseId: string; out: string; shot: Shot },
): Promise<void> {
  await mediator.getByRole('button', { name: '停止录制' }).click();
  await mediator.getByRole('dialog').getByRole('button', { name: '停止录制' }).click();
  await mediator.locator('[data-recording=STOPPED]').waitFor();
  const recording = await sealed(mediator, caseId);
  await mediator.goto(`/cases/${caseId}/recordings`);
  await mediator.getByRole('button', { name: '校验是否完整' }).click();
  await mediator.locator('[data-check=fine]').waitFor();
  await mediator.evaluate(playFromTheMiddle);
  await plays(mediator);
  await shot(mediator, 'recording-played');
  for (const [i, { number }] of recording.parts.entries()) {
    const path = `/api/cases/${caseId}/recordings/${recording.id}/parts/${number}?download=1`;
    const answer = await mediator.request.get(path);
    if (!answer.ok()) throw new Error(`recording.webm: ${answer.status()}`);
    await writeFile(join(out, `recording${i === 0 ? '' : `-${i + 1}`}.webm`), await answer.body());
  }
}

/** The page's policy forbids text as code in a loop of its own: asked from outside, again and again. */
export async function plays(page: Page): Promise<void> {
  const frames = `[...document.querySelectorAll('[data-part-player]')].at(-1).getVideoPlaybackQuality().totalVideoFrames`;
  const until = Date.now() + SEAL_MS;
  while ((await page.evaluate<number>(frames)) < 6) {
    if (Date.now() > until) throw new Error('the recording does not play');
    await page.waitForTimeout(200);
  }
}

type Recording = { id: string; closed: boolean; parts: { number: number }[] };

async function sealed(page: Page, caseId: string): Promise<Recording> {
  const until = Date.now() + SEAL_MS;
  while (Date.now() < until) {
    const answer = await page.request.get(`/api/cases/${caseId}/recordings`);
    const [recording] = (await answer.json()) as Recording[];
    if (recording?.closed) return recording;
    await page.waitForTimeout(300);
  }
  throw new Error('the recording was not sealed');
}
