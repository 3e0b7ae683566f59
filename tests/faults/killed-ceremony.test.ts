import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CeremonyState } from '../../server/src/contract/ceremony.ts';
import { openedSession } from '../factories/case.ts';
import { frozenAgreement } from '../factories/draft.ts';
import { ink, myPlace, signPlace } from '../factories/signing.ts';
import {
  type AppProcess,
  auditFaults,
  type Copy,
  readSite,
  type Stage,
  stageOf,
  verdictOf,
} from '../setup/killed-app.ts';
import type { Moment } from '../setup/persisted-writes.ts';
import { signedStage } from '../setup/stages.ts';
import type { Client } from '../setup/test-app.ts';

/** One signer's steps take about twenty starts of the service, each some seconds on a busy machine. */
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
    expect(await readSite(copy.site, caseId)).toEqual({
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

test(
  'one signer’s ceremony, the process killed before and after each persisted step: it goes on where it was',
  async () => {
    const stage = await stageOf(async (app, clients) => {
      const c1 = await openedSession(app);
      const chen = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
      await frozenAgreement({ ...c1, chenAtStation: chen });
      return { caseId: c1.caseId, zhou: await clients.asParty({ caseId: c1.caseId, partyId: c1.zhou }) };
    });
    const { caseId, zhou } = stage.prepared;
    const copy = await stage.copy();
    const deaths: string[] = [];
    try {
      // Every process dies at the next persisted write, once before and once after it, until nothing is left to write.
      let moments: Moment[] = ['commit:before', 'commit:after'];
      for (let alive = false; !alive; ) {
        const [moment = 'commit:before'] = moments;
        const app = await copy.start();
        try {
          await app.dieAt(moment);
          alive = await Promise.race([stepsOn(zhou, caseId), app.gone.then(() => false)]);
          if (alive) break;
          await app.gone;
          expect(app.child.signalCode).toBe('SIGKILL');
          deaths.push(moment);
          expect((await readSite(copy.site, caseId)).signed).toBeLessThanOrEqual(1);
        } finally {
          await app.stop();
        }
        moments = moments.reverse();
        if (deaths.length > 60) throw new Error('the ceremony does not come to its end');
      }
      expect(deaths.filter((d) => d === 'commit:after').length).toBeGreaterThanOrEqual(8);
      expect(await readSite(copy.site, caseId)).toMatchObject({ status: 'SIGNING', signed: 1, tokens: 1 });
      expect(await auditFaults(copy.site, stage.courtId)).toEqual([]);
    } finally {
      await copy.drop();
      await stage.drop();
    }
  },
  STARTS_MS,
);

test.each(['file:before', 'file:after'] as const)(
  'a signature killed at %s is not half there: signed again',
  async (moment) => {
    const stage = await stageOf(async (app, clients) => {
      const c1 = await openedSession(app);
      const chen = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
      await frozenAgreement({ ...c1, chenAtStation: chen });
      return { caseId: c1.caseId, zhou: await clients.asParty({ caseId: c1.caseId, partyId: c1.zhou }) };
    });
    const { caseId, zhou } = stage.prepared;
    const copy = await stage.copy();
    try {
      const first = await copy.start();
      await first.dieAt(moment);
      expect(await stepsOn(zhou, caseId)).toBe(false);
      await first.gone;
      expect(await readSite(copy.site, caseId)).toMatchObject({ status: 'FROZEN', signed: 0, tokens: 0 });
      const second = await copy.start();
      expect(await stepsOn(zhou, caseId)).toBe(true);
      expect(await readSite(copy.site, caseId)).toMatchObject({ status: 'SIGNING', signed: 1, tokens: 1 });
      await second.stop();
    } finally {
      await copy.drop();
      await stage.drop();
    }
  },
);

/** Does the step that the server says comes next, until signed; false when the server died meanwhile. */
async function stepsOn(client: Client, caseId: string): Promise<boolean> {
  try {
    for (let i = 0; i < 20; i += 1) {
      const state = (await client.get<CeremonyState>(`/api/cases/${caseId}/ceremony`)).body;
      const mine = state.slots.find((slot) => slot.mine);
      if (mine?.signedAt) return true;
      const { at, slot } = await myPlace(client, caseId);
      const textSha256 = createHash('sha256').update(state.canonicalText).digest('hex');
      const done = new Set(slot.steps.map((step) => step.kind));
      if (!done.has('OPENED')) await must(client.post(`${at}/open`));
      else if (!done.has('READ')) await must(client.post(`${at}/read`, { textSha256, how: 'SCROLLED' }));
      else if (!done.has('QUESTIONS'))
        await must(client.post(`${at}/questions`, { understood: true, free: true, unpressed: true }));
      else if (!done.has('INK')) await must(client.post(`${at}/ink`, ink));
      else if (!done.has('CODE')) {
        // The code that came before the process died is still good, unless it was taken already.
        const sent = await newestCode(client);
        if (sent && (await client.post(`${at}/code/verify`, { code: sent })).status === 200) continue;
        await must(client.post(`${at}/code`));
        await must(client.post(`${at}/code/verify`, { code: await newestCode(client) }));
      } else await must((await signPlace(client, at, textSha256)).complete());
    }
  } catch (error) {
    // fetch failed: the process is gone
    if (error instanceof TypeError) return false;
    throw error;
  }
  throw new Error('never signed');
}

async function must(answer: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
}

async function newestCode(client: Client): Promise<string> {
  const { body } = await client.get<{ template: string; values: Record<string, string> }[]>('/api/demo/sms');
  return body.find((m) => m.template === 'signing-code')?.values.code ?? '';
}
