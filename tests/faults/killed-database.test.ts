import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ceremonyActs } from '../factories/ceremony-acts.ts';
import { must } from '../factories/signing.ts';
import { drillDatabase } from '../setup/drill.ts';
import { type KillablePostgres, killablePostgres } from '../setup/killable-postgres.ts';
import { auditFaults, readSite, verdictOf } from '../setup/killed-app.ts';
import { agreedStage, signedStage } from '../setup/stages.ts';

/** Some fifty deaths and recoveries of PostgreSQL one after the other. */
const DRILL_MS = 600_000;

let postgres: KillablePostgres;
beforeAll(async () => {
  postgres = await killablePostgres();
});
afterAll(() => postgres.stop());

test(
  'PostgreSQL killed with SIGKILL around each thing the ceremony persists: the service lives, and it goes on where it was',
  async () => {
    const stage = await agreedStage(postgres.server);
    const copy = await stage.copy();
    const { caseId, contentSha256, mediator, zhou } = stage.prepared;
    const { open, read, sayPressed, sayFree, talkAlone, write, giveCode, photo, sign } = ceremonyActs(
      caseId,
      zhou,
    );
    const freeze = {
      name: 'freeze',
      run: () =>
        must(mediator.post(`/api/cases/${caseId}/agreement/freeze`, { contentSha256, paper: false })),
      done: async () => (await readSite(copy.site, caseId)).status === 'FROZEN',
    };
    const talk = talkAlone(mediator);
    const acts = [freeze, open, read, sayPressed, sayFree, talk, write, giveCode, photo, ...sign];
    try {
      const deaths = await drillDatabase({ copy, postgres }, acts, async (at) => {
        const site = await readSite(copy.site, caseId);
        expect({ at, steps: site.steps, tokens: site.tokens }).toEqual({
          at,
          steps: site.committed,
          tokens: site.signed,
        });
        expect(await auditFaults(copy.site, stage.courtId), at).toEqual([]);
      });
      expect(deaths).toEqual({
        freeze: 8,
        OPENED: 2,
        READ: 2,
        'a no': 2,
        QUESTIONS: 2,
        PRIVATE_CHECK: 2,
        INK: 2,
        CODE: 6,
        PHOTO: 6,
        CERTIFICATE: 2,
        PREPARED: 2,
        SIGNED: 6,
      });
      expect(await readSite(copy.site, caseId)).toMatchObject({ status: 'SIGNING', signed: 1, tokens: 1 });
    } finally {
      await copy.drop();
      await stage.drop();
    }
  },
  DRILL_MS,
);

test(
  'PostgreSQL killed while sealing: one complete agreement, everybody told once, the service never restarted',
  async () => {
    const stage = await signedStage(postgres.server);
    const { caseId, holder, zhou } = stage.prepared;
    const moments = (['before', 'after'] as const).flatMap((side) =>
      [0, 1, 2, 3, 4].map((nth) => ({ side, nth })),
    );
    try {
      for (const { side, nth } of moments) {
        const copy = await stage.copy();
        const app = await copy.start();
        try {
          const victim = postgres.pid();
          await app.strikeAt(victim, side, nth);
          const answer = await holder.post(`/api/cases/${caseId}/seal`);
          await vi.waitFor(() => expect(postgres.pid()).not.toBe(victim), { timeout: 30_000, interval: 50 });
          await postgres.untilBack(victim);
          if ((await readSite(copy.site, caseId)).status === 'SIGNING') {
            expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
            await must(holder.post(`/api/cases/${caseId}/seal`));
          }
          await vi.waitFor(async () => expect((await readSite(copy.site, caseId)).sentLinks).toBe(1), {
            timeout: 60_000,
            interval: 100,
          });
          expect(await readSite(copy.site, caseId), `${side} ${nth}`).toMatchObject({
            status: 'EFFECTIVE',
            sealed: 1,
            signed: 5,
            tokens: 5,
            services: 2,
            performances: 3,
            seals: 1,
            sentLinks: 1,
          });
          expect(await verdictOf(app, await zhou.raw(`/api/cases/${caseId}/agreement.pdf`))).toBe('genuine');
          expect(await auditFaults(copy.site, stage.courtId)).toEqual([]);
        } finally {
          await app.stop();
          await copy.drop();
        }
      }
    } finally {
      await stage.drop();
    }
  },
  DRILL_MS,
);
