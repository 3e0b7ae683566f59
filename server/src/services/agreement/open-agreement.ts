import type { Tx } from '../context.ts';

const living = { notIn: ['VOID', 'REFUSED'] } as const;

/** The case's living agreement, or null. */
export function findAgreement(tx: Tx, caseId: string) {
  return tx.agreement.findFirst({ where: { caseId, status: { notIn: [...living.notIn] } } });
}

/** The case's living agreement, opened when there is none. Two at once: one row, the other gets CONFLICT. */
export async function openAgreement(tx: Tx, courtId: string, caseId: string) {
  const found = await findAgreement(tx, caseId);
  if (found) return found;
  const earlier = await tx.agreement.count({ where: { caseId } });
  return tx.agreement.create({ data: { courtId, caseId, number: earlier + 1 } });
}
