import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readSite, type Stage, verdictOf } from '../setup/killed-app.ts';
import { signedStage } from '../setup/stages.ts';

type Prepared = Awaited<ReturnType<typeof signedStage>>['prepared'];
let stage: Stage<Prepared>;
beforeAll(async () => {
  stage = await signedStage();
});
afterAll(() => stage.drop());

test('killed with SIGKILL between the sealed file and its transaction: restarted, it seals exactly once', async () => {
  const { caseId, holder, zhou } = stage.prepared;
  const copy = await stage.copy();
  const first = await copy.start();
  try {
    await first.dieAt('file:after');
    await holder.post(`/api/cases/${caseId}/seal`).catch(() => undefined);
    await first.gone;
    expect(first.child.signalCode).toBe('SIGKILL');
    expect(await readSite(copy.site, caseId)).toMatchObject({ status: 'SEALING', sealed: 0, tokens: 4 });
    const second = await copy.start();
    try {
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
        seals: 1,
      });
      expect((await holder.post(`/api/cases/${caseId}/seal`)).body.code).toBe('CONFLICT');
      const file = await zhou.raw(`/api/cases/${caseId}/agreement.pdf`);
      expect(await verdictOf(second, file)).toBe('genuine');
    } finally {
      await second.stop();
    }
  } finally {
    await first.stop();
    await copy.drop();
  }
  // Two processes start one after the other; a busy machine takes its time for that.
}, 120_000);
