import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession, withCheckDigit } from '../factories/case.ts';
import { agreedDraft, frozenAgreement } from '../factories/draft.ts';
import { solidPng } from '../factories/files.ts';
import { ceremonyUntilHand, signAll } from '../factories/signing.ts';
import type { DatabaseServer } from './database.ts';
import { stageOf } from './killed-app.ts';
import type { Client } from './test-app.ts';

/** C1 with every signature and no seal. */
export const signedStage = (server?: DatabaseServer) =>
  stageOf(async (app, clients) => {
    const c1 = await openedSession(app);
    const chen = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
    await frozenAgreement({ ...c1, chenAtStation: chen });
    for (const client of [c1.zhouPhone, chen, c1.mediator, c1.director])
      await signAll(app, client, c1.caseId);
    return {
      caseId: c1.caseId,
      holder: await clients.asStaff('shenguoqiang'),
      zhou: await clients.asParty({ caseId: c1.caseId, partyId: c1.zhou }),
    };
  }, server);

/** C1 with a text that both agreed to, not frozen yet. */
export const agreedStage = (server?: DatabaseServer) =>
  stageOf(async (app, clients) => {
    const c1 = await openedSession(app);
    const { caseId } = c1;
    const chenAtStation = await app.asParty({ caseId, partyId: c1.chen, via: 'HAND_OVER' });
    const contentSha256 = await agreedDraft({ ...c1, chenAtStation });
    const mediator = await clients.asStaff('zhaosuqin');
    return { caseId, contentSha256, mediator, zhou: await clients.asParty({ caseId, partyId: c1.zhou }) };
  }, server);

/** C1, where 陈阿根 cannot write and 周建波 stands for a firm with a registered seal: both are at that step. */
export const handlessStage = () =>
  stageOf(async (app, clients) => {
    const c1 = await openedSession(app);
    const { caseId, director } = c1;
    const aid = {
      reason: '右手受伤',
      witness: { name: '李国良', idNumber: withCheckDigit('33029919700101001'), relation: '村民代表' },
      documentSeen: true,
      independent: true,
    };
    await director.post(`/api/cases/${caseId}/parties/${c1.chen}/signing-aid`, aid);
    const firm = { kind: 'ORGANISATION', name: '禾岸建材有限公司', representative: '周建波' } as const;
    await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.party.update({ where: { id: c1.zhou }, data: firm }),
    );
    const image = (file: Buffer, seen: string) =>
      sealImage(director, { caseId, partyId: c1.zhou, file, seen });
    const registeredId = await image(solidPng(30, 30), 'true');
    const chenAtStation = await app.asParty({ caseId, partyId: c1.chen, via: 'HAND_OVER' });
    await frozenAgreement({ ...c1, chenAtStation });
    await ceremonyUntilHand(app, chenAtStation, caseId);
    return {
      caseId,
      images: { registeredId, shownId: await image(solidPng(31, 31), 'false') },
      director: await clients.asStaff('fanghui'),
      chen: await clients.asParty({ caseId, partyId: c1.chen, via: 'HAND_OVER' }),
      zhou: await clients.asParty({ caseId, partyId: c1.zhou }),
    };
  });

async function sealImage(
  client: Client,
  input: { caseId: string; partyId: string; file: Buffer; seen: string },
): Promise<string> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(input.file)], 'seal.png'));
  form.set('kind', 'SEAL_IMAGE');
  form.set('partyId', input.partyId);
  form.set('originalSeen', input.seen);
  const answer = await client.raw(`/api/cases/${input.caseId}/attachments`, { method: 'POST', body: form });
  return ((await answer.json()) as { id: string }).id;
}
