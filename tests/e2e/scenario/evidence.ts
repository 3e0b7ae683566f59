import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** The mediator fetches the evidence report of the sealed agreement, once its audit head has its time stamp. */
export async function evidenceReport(
  mediator: Page,
  { caseId, out }: { caseId: string; out: string },
): Promise<void> {
  const answer = await mediator.request.get(`/api/cases/${caseId}/evidence.pdf`);
  if (!answer.ok()) throw new Error(`evidence.pdf: ${answer.status()}`);
  await writeFile(join(out, 'evidence.pdf'), await answer.body());
}
