import { shanghaiDay } from '../../../server/src/domain/deadlines.ts';
import { inCourt } from '../../../server/src/services/transact.ts';
import type { Running } from '../../../server/src/start.ts';

const DAY_MS = 86_400_000;

/**
 * The demo case's dates, moved to today with its intervals: registered six days before the session (4 March), consents
 * and acceptance five days before (5 March), the session today (10 March). Domain time only: codes, tokens,
 * certificates and time stamps keep the real one.
 */
export function demoDates(app: Running): { on(daysFromSession: number): void } {
  return {
    on(days) {
      app.deps.clock.now = () => new Date(Date.now() + days * DAY_MS);
    },
  };
}

/** The committee has registered eleven disputes this year: the demo case becomes 第12号. */
export async function seedCaseNumber(app: Running): Promise<void> {
  const { db, clock } = app.deps;
  const year = Number(shanghaiDay(clock.now()).slice(0, 4));
  for (const { id: courtId } of await db.court.findMany({ select: { id: true } })) {
    await inCourt(db, courtId, async (tx) => {
      const committees = await tx.committee.findMany({ select: { id: true } });
      await tx.caseNumberCounter.createMany({
        data: committees.map(({ id: committeeId }) => ({ courtId, committeeId, year, last: 11 })),
        skipDuplicates: true,
      });
    });
  }
}
