import type { Page } from 'playwright-core';
import { openSession, plannedCase } from '../factories/case.ts';
import { c1Terms, draftUpdate } from '../factories/draft.ts';
import { withExtras } from './room-guests.ts';
import { everyYes, must, type Seeded } from './seeded.ts';
import type { Visitor } from './visit.ts';

const room = (page: Page) => page.locator('.room').waitFor();
const connected = (page: Page) => page.locator('video[data-local=true]').waitFor();

/** The room of every seat, before and after it opens; one after another, since each has its own video. */
export async function roomPages(seeded: Seeded, visitor: Visitor): Promise<void> {
  const { clients } = seeded;
  const { visit } = visitor;
  withExtras(seeded);
  const planned = await plannedCase(clients);
  const path = `/sessions/${planned.sessionId}`;
  await visit({ name: 'room-scheduled', as: planned.mediator, path, next: '开始核对', reach: room });
  const zhou = await clients.asParty({ caseId: planned.caseId, partyId: planned.zhou });
  const consents = `/api/cases/${planned.caseId}/parties`;
  await must(zhou.post(`${consents}/${planned.zhou}/consents`, everyYes));
  await must(planned.director.post(`${consents}/${planned.chen}/consents`, everyYes));
  await must(planned.mediator.post(`/api/sessions/${planned.sessionId}/start-checking`));
  await visit({ name: 'room-checking', as: planned.director, path, next: null, reach: room });
  const c1 = await openSession(clients);
  await must(
    c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, {
      update: draftUpdate(c1Terms(c1.chen, c1.zhou)).update,
    }),
  );
  const tabs = (names: [string, string][]) => ({
    steps: async (
      page: Page,
      look: (name: string, demands: { next: null; party?: boolean }) => Promise<void>,
    ) => {
      for (const [name, label] of names) {
        await page.getByRole('tab', { name: label }).click();
        await look(name, { next: null });
      }
    },
  });
  await visit({
    name: 'room-mediator',
    as: c1.mediator,
    path: `/sessions/${c1.sessionId}`,
    next: null,
    reach: connected,
    ...tabs([
      ['room-record', '笔录'],
      ['room-caucus', '单独交谈'],
      ['room-messages', '消息'],
      ['room-exhibits', '材料'],
      ['room-case', '案情'],
      ['room-seats', '核对'],
    ]),
  });
  await visit({
    name: 'room-party',
    party: true,
    as: c1.zhouPhone,
    path: '/p',
    next: '我同意这个文本',
    reach: connected,
  });
}
