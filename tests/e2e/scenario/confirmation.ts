import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

type Shot = (page: Page, name: string) => Promise<void>;

/**
 * Right after the seal both sides apply together for judicial confirmation and sign in the same sitting, 陈阿根 at the
 * station's screen; leaves confirmation.pdf and the volume as dossier.pdf.
 */
export async function applyTogether(
  { station, phone }: { station: Page; phone: Page },
  input: {
    out: string;
    caseId: string;
    shot: Shot;
    handOver(page: Page, work: () => Promise<void>): Promise<void>;
    sign(page: Page, who: string): Promise<unknown>;
  },
): Promise<void> {
  const { caseId, shot } = input;
  const agree = async (page: Page, who: string) => {
    await page.getByRole('heading', { name: '是否现在共同申请司法确认？' }).waitFor();
    await shot(page, `${who}-confirmation-ask`);
    await page.getByText('我同意把本人的公民身份号码完整写入司法确认申请书').click();
    await page.getByRole('button', { name: '同意，现在共同申请' }).click();
  };
  const sign = async (page: Page, who: string) => {
    await page.getByRole('button', { name: '看申请书并签名' }).click();
    await input.sign(page, who);
  };
  await agree(phone, 'phone');
  await phone.getByText('您已同意申请').waitFor();
  await station.getByRole('tab', { name: '签署' }).click();
  await station.getByRole('heading', { name: '司法确认' }).waitFor();
  await input.handOver(station, async () => {
    await agree(station, 'station');
    await sign(station, 'station-application');
  });
  await sign(phone, 'phone-application');
  await phone.getByText('已申请，等待受理').waitFor();
  await shot(phone, 'phone-applied');
  await station.getByText('已申请，等待受理').first().waitFor();
  await shot(station, 'case-applied');
  for (const [name, path] of [
    ['confirmation.pdf', `confirmation/application.pdf`],
    ['dossier.pdf', 'dossier.pdf'],
  ] as const) {
    const answer = await station.request.get(`/api/cases/${caseId}/${path}`);
    if (!answer.ok()) throw new Error(`${name}: ${answer.status()}`);
    await writeFile(join(input.out, name), await answer.body());
  }
}
