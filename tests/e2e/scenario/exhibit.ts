import type { Page } from 'playwright-core';
import { plainPdf } from '../../factories/files.ts';

type Shot = (page: Page, name: string) => Promise<void>;

/** The director photographs (here: chooses) a paper and shows it; page and pointer are in step on the phone. */
export async function showPaper(
  { station, phone }: { station: Page; phone: Page },
  shot: Shot,
): Promise<void> {
  await station.getByRole('tab', { name: '材料' }).click();
  await station.getByLabel('现在拍照或选文件').setInputFiles({
    name: '漏水情况说明.pdf',
    mimeType: 'application/pdf',
    buffer: plainPdf(2),
  });
  await phone.locator('[data-exhibit="1"]').waitFor();
  await station.getByText(/已看到：.*周建波/).waitFor();
  await station.getByRole('button', { name: '下一页' }).click();
  await phone.locator('[data-exhibit="2"]').waitFor();
  await station.locator('button.exhibit').click({ position: { x: 120, y: 90 } });
  await phone.getByRole('img', { name: '正在指的地方' }).waitFor();
  await shot(station, 'exhibit');
  await phone.locator('[data-exhibit="2"]').scrollIntoViewIfNeeded();
  await shot(phone, 'phone-exhibit');
  await station.getByRole('button', { name: '收起' }).click();
  await phone.locator('[data-exhibit]').waitFor({ state: 'detached' });
  await station.getByRole('tab').first().click();
}
