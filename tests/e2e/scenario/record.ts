import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

type Shot = (page: Page, name: string) => Promise<void>;

/** The recorder types what is said, while the talks go on; the other seats see it grow. */
export async function talkOnRecord(
  { station, mediator, phone }: { station: Page; mediator: Page; phone: Page },
  shot: Shot,
): Promise<void> {
  await station.getByRole('tab', { name: '笔录' }).click();
  const lines: [string, string][] = [
    ['陈阿根', '去年十月起二楼卫生间往下漏水，厨房顶面和墙面都坏了，要求修好并赔偿。'],
    ['周建波', '漏水属实，愿意修，赔多少要商量。'],
    ['', '调解员提出调解方案，征求各方意见。'],
  ];
  for (const [speaker, text] of lines) {
    await station.getByLabel('谁说的').selectOption(speaker);
    await station.getByLabel('内容', { exact: true }).fill(text);
    await station.getByRole('button', { name: '记入笔录' }).click();
    await station.getByRole('list', { name: '笔录内容' }).getByText(text).waitFor();
  }
  await phone.getByRole('tab', { name: '笔录' }).click();
  await phone.getByRole('list', { name: '笔录内容' }).getByText('漏水属实').waitFor();
  await shot(station, 'record-typed');
  await shot(phone, 'phone-record');
  for (const page of [station, phone]) await page.getByRole('tab').first().click();
  await mediator.getByRole('tab').first().click();
}

/**
 * Read out to everybody and confirmed by each on their own screen, 陈阿根 at the station's after hand-over; leaves
 * record.pdf.
 */
export async function confirmTheRecord(
  { station, mediator, phone }: { station: Page; mediator: Page; phone: Page },
  input: { out: string; shot: Shot; handOver(page: Page, work: () => Promise<void>): Promise<void> },
): Promise<void> {
  const { shot } = input;
  const confirm = async (page: Page) => {
    await page.getByRole('button', { name: /确认无误/ }).click();
    await page.getByText('您已确认。').waitFor();
  };
  await mediator.getByRole('tab', { name: '笔录' }).click();
  await mediator.getByRole('button', { name: '宣读笔录，请各方确认' }).click();
  const dialog = mediator.getByRole('dialog');
  await dialog.getByText('宁波话', { exact: true }).click();
  await dialog.getByLabel('宣读人').fill('方慧');
  await dialog.getByText('调解成功', { exact: true }).click();
  await shot(mediator, 'record-read-out');
  await dialog.getByRole('button', { name: '已宣读' }).click();
  await confirm(mediator);
  await phone.getByRole('button', { name: /确认无误/ }).waitFor();
  await shot(phone, 'phone-record-confirm');
  await phone.getByRole('button', { name: /确认无误/ }).click();
  await station.getByRole('tab', { name: '笔录' }).click();
  await confirm(station);
  await input.handOver(station, async () => {
    await station.getByRole('button', { name: /确认无误/ }).waitFor();
    await shot(station, 'station-record-confirm');
    await station.getByRole('button', { name: /确认无误/ }).click();
    await station.getByRole('button', { name: /确认无误/ }).waitFor({ state: 'detached' });
  });
  await mediator.getByRole('link', { name: '下载笔录 PDF' }).waitFor();
  await shot(mediator, 'record-confirmed');
  const sessionId = mediator.url().split('/').at(-1);
  const answer = await mediator.request.get(`/api/sessions/${sessionId}/records/TALKS/pdf`);
  if (!answer.ok()) throw new Error(`record.pdf: ${answer.status()}`);
  await writeFile(join(input.out, 'record.pdf'), await answer.body());
}
