import type { Tx } from '../context.ts';
import { vanishOffers } from '../offers/open-offer.ts';

/**
 * Talks that failed leave no concession behind (参照在线调解规则 18, 民诉法解释 107): offers and answers are gone, and so is
 * every word of a draft that was never frozen. A frozen text stays as it was signed or refused: it is evidence.
 */
export async function forgetTalks(tx: Tx, caseId: string): Promise<void> {
  await vanishOffers(tx, caseId);
  const drafts = await tx.agreement.findMany({
    where: { caseId, status: { in: ['VOID', 'REFUSED'] }, versions: { none: {} } },
    select: { id: true },
  });
  const agreementId = { in: drafts.map((d) => d.id) };
  await tx.draftUpdate.deleteMany({ where: { agreementId } });
  await tx.textApproval.deleteMany({ where: { agreementId } });
  await tx.agreement.updateMany({ where: { id: agreementId }, data: { draftState: null } });
}
