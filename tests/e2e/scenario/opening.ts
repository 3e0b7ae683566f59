import type { Page } from 'playwright-core';

/** Compared by the director, attested by the mediator: each person by name. */
export async function checkIdentities(station: Page, mediator: Page, names: string[]): Promise<void> {
  for (const name of names) await station.getByRole('button', { name: `核对${name}的身份` }).click();
  for (const name of names) await mediator.getByRole('button', { name: `确认 ${name} 人证一致` }).click();
}

/** Warning and rights are read out, then it begins. */
export async function readNoticesAndOpen(mediator: Page): Promise<void> {
  for (const action of ['告知虚假调解的后果', '宣读权利义务']) {
    await mediator.getByRole('button', { name: action }).click();
    await mediator.getByRole('dialog').getByText('宁波话', { exact: true }).click();
    await mediator.getByRole('button', { name: '已宣读' }).click();
    await mediator.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await mediator.getByRole('button', { name: '宣布开始' }).click();
  await mediator.getByText('调解中').first().waitFor();
}

/** A party's phone before the lobby: camera, microphone, a sound that is heard, the network; then it waits. */
export async function tryDevicesAndWait(phone: Page): Promise<void> {
  await phone.getByRole('button', { name: '放一段声音听听' }).click();
  await phone.getByRole('button', { name: '听到了' }).click();
  await phone.getByText('可以了').waitFor();
  await phone.getByRole('button', { name: '进入等候' }).click();
}
