import type { DemoOutbox } from '../../contract/sign-in.ts';
import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';
import { requireDemo } from './require-demo.ts';

/** The demo's last text messages, newest first, with the codes and links that nobody else may ever see. */
export async function readDemoOutbox(
  deps: Deps,
  asker: { loopback: boolean; proxied: boolean },
): Promise<DemoOutbox> {
  requireDemo(deps, asker);
  const courts = await deps.db.court.findMany();
  const messages: DemoOutbox = [];
  for (const court of courts) {
    const rows = await inCourt(deps.db, court.id, (tx) =>
      tx.smsMessage.findMany({ orderBy: { createdAt: 'desc' }, take: 30 }),
    );
    for (const row of rows) {
      const at = { courtId: court.id, table: 'SmsMessage', rowId: row.id };
      messages.push({
        id: row.id,
        to: deps.cipher.decrypt({ ...at, column: 'toEnc' }, row.toEnc),
        template: row.template,
        values: JSON.parse(deps.cipher.decrypt({ ...at, column: 'valuesEnc' }, row.valuesEnc)) as Record<
          string,
          string
        >,
        at: row.createdAt.toISOString(),
        sent: row.sentAt !== null,
      });
    }
  }
  return messages.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 30);
}
