import type { DemoPeople } from '../../contract/sign-in.ts';
import type { Deps } from '../context.ts';
import { openTotpSecret, stepNow, totpAt } from '../sign-in/give-totp.ts';
import { verifyPassword } from '../sign-in/password.ts';
import { inCourt } from '../transact.ts';
import { requireDemo } from './require-demo.ts';

/** Password that the demo's seed gives everybody. A person with another one is shown without. */
export const demoPassword = 'tongxi-demo-2026';

/** Whether a stored form is the demo's password: each is derived once a process. */
const known = new Map<string, Promise<boolean>>();
function hasDemoPassword(stored: string | null): Promise<boolean> {
  if (!stored) return Promise.resolve(false);
  const answer = known.get(stored) ?? verifyPassword(demoPassword, stored);
  known.set(stored, answer);
  return answer;
}

/** The demo's people with the code that each would read from their phone now. */
export async function readDemoPeople(
  deps: Deps,
  asker: { loopback: boolean; proxied: boolean },
): Promise<DemoPeople> {
  requireDemo(deps, asker);
  const courts = await deps.db.court.findMany({ orderBy: { createdAt: 'asc' } });
  const people: DemoPeople = [];
  for (const court of courts) {
    const staff = await inCourt(deps.db, court.id, (tx) =>
      tx.staffUser.findMany({
        where: { disabledAt: null },
        include: { duties: { where: { until: null } } },
        orderBy: { createdAt: 'asc' },
      }),
    );
    for (const person of staff) {
      people.push({
        name: person.name,
        login: person.loginName,
        password: (await hasDemoPassword(person.passwordHash)) ? demoPassword : '',
        totp: freshCode(deps, person),
        duties: [...new Set(person.duties.map((d) => d.duty))],
      });
    }
  }
  return people;
}

/** A code whose step was not used yet: now's, or the next one's, which the tolerance of one step accepts too. */
function freshCode(
  deps: Deps,
  person: { id: string; courtId: string; totpSecretEnc: Uint8Array | null; totpLastStep: bigint | null },
): string {
  if (!person.totpSecretEnc) return '';
  const secret = openTotpSecret(deps, person.courtId, person.id, person.totpSecretEnc);
  const now = stepNow();
  const used = person.totpLastStep === null ? -1 : Number(person.totpLastStep);
  return totpAt(secret, used >= now ? now + 1 : now);
}
