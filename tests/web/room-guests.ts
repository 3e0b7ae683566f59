import type { Page } from 'playwright-core';
import { openDrafts } from '../../server/src/services/transcription/drafts.ts';
import { wavOf } from '../../web/src/features/transcription/wav.ts';
import type { openSession } from '../factories/case.ts';
import type { Client } from '../setup/test-app.ts';
import { must, type Seeded } from './seeded.ts';
import type { Visitor } from './visit.ts';

const connected = (page: Page) => page.locator('video[data-local=true]').waitFor();

/** An installation with telephone and recogniser: what the room offers then. */
export function withExtras({ clients: { deps } }: Seeded): void {
  deps.telephone = { dial: async () => undefined };
  deps.transcription = {
    transcriber: { transcribe: async () => '去年十月起厨房顶面漏水。' },
    drafts: openDrafts(),
  };
}

/** Speech drafts beside the record; an interpreter's voice; sides that must not meet. */
export async function guestPages(
  seeded: Seeded,
  { visit }: Visitor,
  c1: Awaited<ReturnType<typeof openSession>>,
): Promise<void> {
  const at = `/api/sessions/${c1.sessionId}`;
  const path = `/sessions/${c1.sessionId}`;
  await must(c1.mediator.post(`${at}/transcription/start`, { language: 'zh-CN' }));
  const sound = wavOf(Float32Array.from({ length: 32_000 }, (_, i) => Math.sin(i / 8) / 2));
  const heard = await c1.zhouPhone.raw(`${at}/transcription/sound`, {
    method: 'POST',
    headers: { 'content-type': 'audio/wav' },
    body: sound,
  });
  if (heard.status !== 200) throw new Error(`sound ${heard.status}`);
  await visit({
    name: 'room-spoken',
    as: c1.mediator,
    path,
    next: null,
    async reach(page) {
      await connected(page);
      await page.getByRole('tab', { name: '笔录' }).click();
      await page.getByText('厨房顶面漏水').waitFor();
    },
  });
  await must(c1.mediator.post(`${at}/transcription/stop`));
  const interpreter = await interpreterIn(seeded, c1);
  await visit({
    name: 'room-interpreter',
    as: interpreter,
    path,
    next: null,
    reach: connected,
    steps: () =>
      visit({
        party: true,
        name: 'room-voice',
        as: c1.zhouPhone,
        path: '/p',
        next: null,
        reach: (page) => page.locator('[data-voice]').waitFor(),
      }),
  });
  await must(
    c1.director.post(`/api/cases/${c1.caseId}/protections`, {
      partyId: c1.chen,
      because: 'VIOLENCE',
      note: '曾被打伤',
    }),
  );
  await visit({ name: 'room-apart', as: c1.mediator, path, next: null, reach: connected });
  await visit({
    party: true,
    name: 'room-apart-party',
    as: c1.zhouPhone,
    path: '/p',
    next: null,
    reach: connected,
  });
  await visit({ name: 'case-protected', as: c1.director, path: `/cases/${c1.caseId}`, next: null });
}

/** 林晓 translates: invited, agreed to by both sides, let in. */
async function interpreterIn(
  { clients, court }: Seeded,
  c1: Awaited<ReturnType<typeof openSession>>,
): Promise<Client> {
  const staffUserId = court.staff.linxiao;
  const observers = `/api/cases/${c1.caseId}`;
  await must(
    c1.mediator.post(`${observers}/observers`, {
      staffUserId,
      duty: 'INVITED',
      as: 'INTERPRETER',
      language: '宁波话—普通话',
    }),
  );
  const agree = (client: Client, partyId: string) =>
    must(client.post(`${observers}/parties/${partyId}/observers/${staffUserId}`, { agreed: true }));
  await agree(c1.director, c1.chen);
  await agree(c1.zhouPhone, c1.zhou);
  const interpreter = await clients.asStaff('linxiao');
  const { seatId } = await must(
    interpreter.post<{ seatId: string }>(`/api/sessions/${c1.sessionId}/lobby`, {}),
  );
  await must(c1.mediator.post(`/api/sessions/${c1.sessionId}/seats/${seatId}/admit`));
  return interpreter;
}
