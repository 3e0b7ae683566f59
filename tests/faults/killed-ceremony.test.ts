import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ceremonyActs } from '../factories/ceremony-acts.ts';
import { must } from '../factories/signing.ts';
import { drill } from '../setup/drill.ts';
import {
  type AppProcess,
  auditFaults,
  type Copy,
  readSite,
  type Stage,
  verdictOf,
} from '../setup/killed-app.ts';
import type { Moment } from '../setup/persisted-writes.ts';
import { agreedStage, handlessStage, signedStage } from '../setup/stages.ts';

/** Some forty starts of the service one after the other, each some seconds on a busy machine. */
const STARTS_MS = 900_000;

describe('sealing, killed with SIGKILL', () => {
  type Prepared = Awaited<ReturnType<typeof signedStage>>['prepared'];
  let stage: Stage<Prepared>;
  beforeAll(async () => {
    stage = await signedStage();
  });
  afterAll(() => stage.drop());

  /** Restarted: one complete valid agreement, everybody told once, the chain whole. */
  async function provesSealed(copy: Copy, app: AppProcess): Promise<void> {
    const { caseId, zhou, holder } = stage.prepared;
    await vi.waitFor(async () => expect((await readSite(copy.site, caseId)).sentLinks).toBe(1), {
      timeout: 60_000,
      interval: 100,
    });
    expect(await readSite(copy.site, caseId)).toMatchObject({
      status: 'EFFECTIVE',
      sealed: 1,
      signed: 5,
      tokens: 5,
      services: 2,
      performances: 3,
      seals: 1,
      sentLinks: 1,
    });
    expect((await holder.post(`/api/cases/${caseId}/seal`)).body.code).toBe('CONFLICT');
    expect(await verdictOf(app, await zhou.raw(`/api/cases/${caseId}/agreement.pdf`))).toBe('genuine');
    expect(await auditFaults(copy.site, stage.courtId)).toEqual([]);
  }

  // Commits: the decision, the promise to tidy the file, effect, everybody is told.
  const commits = [0, 1, 2, 3].flatMap((nth): [Moment, number][] => [
    ['commit:before', nth],
    ['commit:after', nth],
  ]);
  const files: [Moment, number][] = [
    ['file:before', 0],
    ['file:after', 0],
  ];
  test.each([...commits, ...files])(
    'at %s number %i: whole or untouched, and sealed exactly once',
    async (moment, nth) => {
      const { caseId, holder } = stage.prepared;
      const copy = await stage.copy();
      const first = await copy.start();
      try {
        await first.dieAt(moment, nth);
        await holder.post(`/api/cases/${caseId}/seal`).catch(() => undefined);
        await first.gone;
        expect(first.child.signalCode).toBe('SIGKILL');
        const left = await readSite(copy.site, caseId);
        const whole = left.status === 'EFFECTIVE';
        expect(left).toMatchObject(
          whole
            ? { sealed: 1, tokens: 5, seals: 1, services: 2 }
            : { sealed: 0, tokens: 4, seals: 0, services: 0 },
        );
        if (moment === 'commit:before' && nth === 0) expect(left.status).toBe('SIGNING');
        const second = await copy.start();
        try {
          if (left.status === 'SIGNING')
            expect((await holder.post(`/api/cases/${caseId}/seal`)).body).toEqual({ status: 'EFFECTIVE' });
          await provesSealed(copy, second);
        } finally {
          await second.stop();
        }
      } finally {
        await first.stop();
        await copy.drop();
      }
    },
  );

  test('killed again and again, also while the job completes it', async () => {
    const { caseId, holder } = stage.prepared;
    const copy = await stage.copy();
    try {
      const deaths: Moment[] = ['commit:after', 'file:before', 'file:after', 'commit:before', 'commit:after'];
      for (const [round, moment] of deaths.entries()) {
        const app = await copy.start();
        await app.dieAt(moment);
        if (round === 0) await holder.post(`/api/cases/${caseId}/seal`).catch(() => undefined);
        await app.gone;
        expect(app.child.signalCode).toBe('SIGKILL');
      }
      const last = await copy.start();
      await provesSealed(copy, last).finally(() => last.stop());
    } finally {
      await copy.drop();
    }
  });
});

describe('the ceremony, killed with SIGKILL before and after each thing it persists', () => {
  /** Half of nothing: no step that the chain does not know, no signature without its token, no broken chain. */
  async function wholeOrUntouched(copy: Copy, courtId: string, caseId: string, at: string): Promise<void> {
    const site = await readSite(copy.site, caseId);
    expect({ at, steps: site.steps, tokens: site.tokens }).toEqual({
      at,
      steps: site.committed,
      tokens: site.signed,
    });
    expect(site.signed === 1, at).toBe(site.status === 'SIGNING');
    expect(await auditFaults(copy.site, courtId), at).toEqual([]);
  }

  test(
    'from the frozen text to one signature: it goes on where it was',
    async () => {
      const stage = await agreedStage();
      const copy = await stage.copy();
      const { caseId, contentSha256, mediator, zhou } = stage.prepared;
      const acts = ceremonyActs(caseId, zhou);
      const freeze = {
        name: 'freeze',
        run: () =>
          must(mediator.post(`/api/cases/${caseId}/agreement/freeze`, { contentSha256, paper: false })),
        done: async () => (await readSite(copy.site, caseId)).status === 'FROZEN',
      };
      const { open, read, sayPressed, sayFree, write, giveCode, photo, sign } = acts;
      const talk = acts.talkAlone(mediator);
      const all = [freeze, open, read, sayPressed, sayFree, talk, write, giveCode, photo, ...sign];
      try {
        const deaths = await drill(copy, all, (at) => wholeOrUntouched(copy, stage.courtId, caseId, at));
        expect(deaths).toEqual({
          freeze: 8, // the row's lock, the promise to tidy the file, the file, the version
          OPENED: 2,
          READ: 2,
          'a no': 2,
          QUESTIONS: 2,
          PRIVATE_CHECK: 2,
          INK: 2,
          CODE: 6, // sent, used, passed
          PHOTO: 6,
          CERTIFICATE: 2,
          PREPARED: 2,
          SIGNED: 6,
        });
        const site = await readSite(copy.site, caseId);
        expect(site).toMatchObject({ status: 'SIGNING', signed: 1, tokens: 1 });
      } finally {
        await copy.drop();
        await stage.drop();
      }
    },
    STARTS_MS,
  );

  test(
    'thumbprint and witness, an organisation’s seal, and a no at the end',
    async () => {
      const stage = await handlessStage();
      const copy = await stage.copy();
      const { caseId, chen, zhou, director, images } = stage.prepared;
      const [ofChen, ofZhou] = [ceremonyActs(caseId, chen), ceremonyActs(caseId, zhou)];
      const { open, read, sayFree, write } = ofZhou;
      const decline = {
        ...ofZhou.decline,
        done: async () => (await readSite(copy.site, caseId)).status === 'REFUSED',
      };
      const seal = ofZhou.compareSeal(director, images);
      const all = [ofChen.thumbprint, ofChen.witness, open, read, sayFree, write, seal, decline];
      try {
        const deaths = await drill(copy, all, (at) => wholeOrUntouched(copy, stage.courtId, caseId, at));
        expect(deaths).toMatchObject({ THUMBPRINT: 6, WITNESS: 6, ORG_SEAL: 2, DECLINED: 2 });
        expect(await readSite(copy.site, caseId)).toMatchObject({ status: 'REFUSED', signed: 0, tokens: 0 });
      } finally {
        await copy.drop();
        await stage.drop();
      }
    },
    STARTS_MS,
  );
});
