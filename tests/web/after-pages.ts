import type { Page } from 'playwright-core';
import type { ConfirmationView } from '../../server/src/contract/confirmation.ts';
import type { CorrectionsView } from '../../server/src/contract/correction.ts';
import { type SmsApp, signAll } from '../factories/signing.ts';
import type { Client } from '../setup/test-app.ts';
import { must, type onSite, type Seeded } from './seeded.ts';
import type { Visitor } from './visit.ts';

const afterTab = async (page: Page) => {
  await page.getByRole('tab', { name: '送达·履行·归档' }).click();
  await page.locator('[data-after]').waitFor();
};
const yes = { choice: 'YES', discloseId: true };

/** What follows a sealed agreement: a slip of the pen, what was served, the court's confirmation and its ruling. */
export async function afterPages(
  seeded: Seeded,
  { visit }: Visitor,
  smsApp: SmsApp,
  c1: Awaited<ReturnType<typeof onSite>> & { chenAtStation: Client },
): Promise<void> {
  const { caseId, zhouPhone, chenAtStation } = c1;
  const at = `/api/cases/${caseId}`;
  const { correctable } = await must(c1.mediator.get<CorrectionsView>(`${at}/corrections`));
  const slip = {
    documentId: correctable[0]?.documentId,
    was: '渗漏',
    corrected: '渗水',
    reason: '用字有误',
  };
  const { correctionId } = await must(c1.mediator.post<{ correctionId: string }>(`${at}/corrections`, slip));
  await visit({
    name: 'case-correction',
    as: c1.director,
    path: `/cases/${caseId}`,
    next: null,
    reach: afterTab,
  });
  await visit({
    party: true,
    name: 'party-correction',
    as: zhouPhone,
    path: '/p',
    next: '同意补正',
    reach: (page) => page.getByRole('button', { name: '同意补正' }).waitFor(),
  });
  for (const client of [zhouPhone, chenAtStation])
    await must(client.post(`${at}/corrections/${correctionId}/answer`, { agreed: true }));
  for (const client of [zhouPhone, chenAtStation]) await must(client.post(`${at}/confirmation/answer`, yes));
  await visit({
    party: true,
    name: 'party-served',
    as: zhouPhone,
    path: '/p',
    next: '看申请书并签名',
    async reach(page) {
      await page.getByRole('link', { name: '打开《补正书》' }).waitFor();
      // A job draws the application: until then there is nothing to sign.
      await page.getByRole('button', { name: '看申请书并签名' }).waitFor();
    },
  });
  for (const client of [zhouPhone, chenAtStation])
    await signAll(smsApp, client, caseId, 'confirmation/ceremony');
  await must(c1.mediator.post(`/api/sessions/${c1.sessionId}/end`, { result: 'AGREED' }));
  await rulingPages(seeded, { visit }, c1);
}

async function rulingPages(
  { clients }: Seeded,
  { visit }: Pick<Visitor, 'visit'>,
  { caseId, zhouPhone, director }: { caseId: string; zhouPhone: Client; director: Client },
): Promise<void> {
  const at = `/api/cases/${caseId}/confirmation`;
  const judge = await clients.asStaff('chenjing');
  const applied = async () =>
    (await must(director.get<ConfirmationView>(at))).confirmation?.status === 'APPLIED';
  for (let i = 0; i < 100 && !(await applied()); i += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const path = `/cases/${caseId}`;
  await visit({
    name: 'case-confirmation',
    as: judge,
    path,
    next: '受理',
    reach: (page) => page.getByRole('button', { name: '受理' }).waitFor(),
  });
  await must(judge.post(`${at}/accept`, { number: '（2025）浙0299民特31号' }));
  const inquiry = await must(
    judge.post<{ sessionId: string }>(`${at}/inquiry`, {
      plannedStart: new Date(Date.now() + 3_600_000).toISOString(),
      minutes: 30,
    }),
  );
  await visit({
    name: 'case-inquiry',
    as: judge,
    path,
    next: null,
    reach: (page) => page.getByRole('button', { name: '进入询问' }).waitFor(),
  });
  await visit({
    name: 'room-inquiry',
    as: judge,
    path: `/sessions/${inquiry.sessionId}`,
    next: null,
    reach: (page) => page.locator('.room').waitFor(),
  });
  await must(judge.post(`${at}/rule`, { ruling: 'CONFIRM' }));
  const ruled = (page: Page) => page.getByText('确认有效').first().waitFor();
  await visit({ name: 'case-ruled', as: director, path, next: null, reach: ruled });
  await visit({ party: true, name: 'party-ruled', as: zhouPhone, path: '/p', next: null, reach: ruled });
}
