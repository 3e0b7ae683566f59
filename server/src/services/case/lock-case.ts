import type { Tx } from '../context.ts';

/** Holds the case's row until this transaction ends: of two acts at the same moment the second sees what the first did. */
export async function lockCase(tx: Tx, caseId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Case" WHERE id = ${caseId}::uuid FOR UPDATE`;
}
