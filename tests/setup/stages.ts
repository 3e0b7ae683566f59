import { openedSession } from '../factories/case.ts';
import { frozenAgreement } from '../factories/draft.ts';
import { signAll } from '../factories/signing.ts';
import { stageOf } from './killed-app.ts';

/** C1 with every signature and no seal. */
export const signedStage = () =>
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
  });
