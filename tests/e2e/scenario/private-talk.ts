import type { Page } from 'playwright-core';

type Shot = (page: Page, name: string) => Promise<void>;

/** The mediator speaks privately with 周建波 on his phone; the station sees that, and hears and reads nothing. */
export async function privateTalk(
  { station, mediator, phone }: { station: Page; mediator: Page; phone: Page },
  shot: Shot,
): Promise<void> {
  await mediator.getByRole('tab', { name: '单独交谈' }).click();
  await mediator.getByText('被申请人一方：周建波').click();
  const hears = mediator.getByRole('region', { name: '能听到的人' });
  await hears.getByText('周建波').waitFor();
  await shot(mediator, 'talk-who-hears');
  await mediator.getByRole('button', { name: '开始单独交谈（2 人能听到）' }).click();
  await mediator.locator('[data-caucus=inside]').waitFor();
  await phone.locator('[data-caucus=inside]').waitFor();
  await station.locator('[data-caucus=outside]').waitFor();
  // Both are in the second room: each sees the other's picture, the station sees neither.
  for (const page of [mediator, phone]) await page.locator('video[data-local=false]').first().waitFor();
  await phone.getByRole('tab', { name: '消息' }).click();
  await phone.getByLabel('写消息').fill('最多能赔四千八');
  await phone.getByRole('button', { name: '发送' }).click();
  await mediator.getByRole('tab', { name: '消息' }).click();
  await mediator.getByText('最多能赔四千八').waitFor();
  await station.getByRole('tab', { name: '消息' }).click();
  await station.getByText('还没有消息。').waitFor();
  await mediator.getByRole('tab', { name: '单独交谈' }).click();
  await mediator.getByLabel(/的单独交谈：/).fill('愿意修，赔偿最多四千八百元。');
  await mediator.getByRole('button', { name: '保存记录' }).click();
  await mediator.getByRole('button', { name: '已保存' }).waitFor();
  await shot(mediator, 'talk-inside');
  await shot(phone, 'phone-talk');
  await shot(station, 'talk-outside');
  await mediator.getByRole('button', { name: '结束，请大家回来' }).click();
  await phone.getByText(/秒后回到调解室/).waitFor();
  for (const page of [station, mediator, phone])
    await page.locator('[data-caucus]').waitFor({ state: 'detached' });
  await mediator.locator('figure[data-seat-kind=STATION] video').waitFor();
  await station.locator('figure[data-seat-kind=PARTY] video').waitFor();
  for (const page of [station, mediator, phone]) await page.getByRole('tab').first().click();
}
