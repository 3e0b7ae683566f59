import type { TestApp } from '../setup/test-app.ts';
import { openedSession } from './case.ts';
import { frozenAgreement } from './draft.ts';
import { signAll } from './signing.ts';

/** C1 in effect: signed by both sides, mediator and recorder, sealed by the committee. */
export async function sealedCase(app: TestApp) {
  const c1 = await openedSession(app);
  const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  await frozenAgreement({ ...c1, chenAtStation });
  for (const signer of [c1.zhouPhone, chenAtStation, c1.mediator, c1.director])
    await signAll(app, signer, c1.caseId);
  const sealHolder = await app.asStaff('shenguoqiang');
  const sealed = await sealHolder.post(`/api/cases/${c1.caseId}/seal`);
  if (sealed.status !== 200) throw new Error(JSON.stringify(sealed.body));
  return { ...c1, chenAtStation, sealHolder, at: `/api/cases/${c1.caseId}` };
}
