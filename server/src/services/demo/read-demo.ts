import { DomainError } from '../../domain/errors.ts';
import type { Deps } from '../context.ts';
import { openTotpSecret, totpAt } from '../sign-in/give-totp.ts';
import { inCourt } from '../transact.ts';

/** Password of every person that the demo's seed makes; a database without the demo flag has none of them. */
export const demoPassword = 'tongxi-demo-2026';

/** Only a demo database answers, and only to this machine (NOT_FOUND otherwise). */
function requireDemo(deps: Deps, loopback: boolean): void {
  if (!deps.settings.demo || !loopback) throw new DomainError('NOT_FOUND');
}

/** The demo's people with the code that each would read from their phone now. */
export async function readDemoPeople(deps: Deps, loopback: boolean) {
  requireDemo(deps, loopback);
  const courts = await deps.db.court.findMany();
  const lists = await Promise.all(
    courts.map((court) =>
      inCourt(deps.db, court.id, async (tx) => {
        const staff = await tx.staffUser.findMany({ include: { duties: { where: { until: null } } }, orderBy: { createdAt: 'asc' } });
        return staff.map((s) => ({
          name: s.name,
          login: s.loginName,
          password: demoPassword,
          totp: s.totpSecretEnc ? totpAt(openTotpSecret(deps, court.id, s.id, s.totpSecretEnc), Math.floor(Date.now() / 30_000)) : '',
          duties: s.duties.map((d) => d.duty),
        }));
      }),
    ),
  );
  return lists.flat();
}

/** The last text messages of the demo. */
export async function readDemoOutbox(deps: Deps, loopback: boolean) {
  requireDemo(deps, loopback);
  const courts = await deps.db.court.findMany();
  const lists = await Promise.all(
    courts.map((court) =>
      inCourt(deps.db, court.id, async (tx) => {
        const rows = await tx.smsMessage.findMany({ orderBy: { createdAt: 'desc' }, take: 30 });
        return rows.map((row) => {
          const at = { courtId: court.id, table: 'SmsMessage', rowId: row.id };
          return {
            id: row.id,
            to: deps.cipher.decrypt({ ...at, column: 'toEnc' }, row.toEnc),
            template: row.template,
            values: JSON.parse(deps.cipher.decrypt({ ...at, column: 'valuesEnc' }, row.valuesEnc)) as Record<string, string>,
            at: row.createdAt.toISOString(),
          };
        });
      }),
    ),
  );
  return lists.flat().sort((a, b) => (a.at < b.at ? 1 : -1));
}
