import { expect, test } from 'vitest';
import { openSession } from '../factories/case.ts';
import { frozenAgreement } from '../factories/draft.ts';
import { signAll } from '../factories/signing.ts';
import { afterPages } from '../web/after-pages.ts';
import { messagesOf } from '../web/party-pages.ts';
import { guestPages, withExtras } from '../web/room-guests.ts';
import { must, onSite, type Seeded } from '../web/seeded.ts';
import { seededPages } from '../web/seeded-pages.ts';
import { type Visitor, visitor } from '../web/visit.ts';

/** Pages that a court sees seldom keep what tests/web/pages.test.ts demands of the others; here, for the time it takes. */
test('what follows a sealed agreement, guests of the room, sides kept apart: every page keeps its demands', async () => {
  const { app, browser, seeded, close } = await seededPages();
  try {
    const pages = visitor({ app, browser, seeded });
    await afterSealing(seeded, pages);
    withExtras(seeded);
    await guestPages(seeded, pages, await openSession(seeded.clients));
    expect(pages.findings).toEqual([]);
    expect(pages.names).toHaveLength(14);
  } finally {
    await close();
  }
}, 600_000);

async function afterSealing(seeded: Seeded, pages: Visitor): Promise<void> {
  const { clients, newest } = seeded;
  const c1 = await onSite(seeded);
  const { caseId } = c1;
  const chenAtStation = await clients.asParty({ caseId, partyId: c1.chen, via: 'HAND_OVER' });
  await frozenAgreement({ ...c1, chenAtStation });
  const smsApp = { ...clients, ...messagesOf(newest) };
  for (const client of [c1.zhouPhone, chenAtStation, c1.mediator, c1.director])
    await signAll(smsApp, client, caseId);
  await must((await clients.asStaff('shenguoqiang')).post(`/api/cases/${caseId}/seal`));
  await afterPages(seeded, pages, smsApp, { ...c1, chenAtStation });
}
