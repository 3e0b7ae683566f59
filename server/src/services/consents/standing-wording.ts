import { createHash } from 'node:crypto';
import type { ConsentItem } from '../../contract/enums.ts';
import type { Tx } from '../context.ts';

/**
 * The newest version of a wording that stands outside the sheet; the first one is written when somebody first answers it
 * in this court. Returns its id.
 */
export async function standingWording(
  tx: Tx,
  courtId: string,
  { item, zh, en }: { item: ConsentItem; zh: string; en: string },
): Promise<string> {
  const found = await tx.consentWording.findFirst({ where: { item }, orderBy: { version: 'desc' } });
  if (found) return found.id;
  const sha256 = createHash('sha256').update(zh).digest('hex');
  const made = await tx.consentWording.upsert({
    where: { courtId_item_version: { courtId, item, version: 1 } },
    create: { courtId, item, version: 1, zh, en, sha256 },
    update: {},
  });
  return made.id;
}
