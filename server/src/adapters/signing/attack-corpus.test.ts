import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allAttacks, corpus, openStage, type Stage } from '../../../../tests/factories/attacks/index.ts';
import type { VerificationReport } from '../../ports/signing.ts';
import { readTrust } from './certificate-path.ts';
import { MANIFEST } from './sample-agreement.fixture.ts';
import { verifyAgreement } from './verify-agreement.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** Everything a report names: problem codes, and failed checks as `field:CHECK`. */
function named({ problems, signatures, stamps }: VerificationReport): string[] {
  const failed = [...signatures, ...stamps].flatMap(({ field, checks }) =>
    checks.filter(({ ok }) => !ok).map(({ code }) => `${field}:${code}`),
  );
  return [...problems.map(({ code }) => code), ...failed];
}

/** The built-in service gives up after ten; a hostile file must not get near it on a busy machine. */
const MOST_SECONDS = 5;

describe.each(Object.entries(corpus))('%s', (_, attacks) => {
  test.each(attacks)('$name: $about', async (attack) => {
    const pdf = await attack.make(stage);
    const begun = performance.now();
    const report = verifyAgreement(pdf, readTrust(stage.kit.trustPem()));
    expect(performance.now() - begun).toBeLessThan(MOST_SECONDS * 1000);
    const says = named(report);
    expect({ verdict: report.verdict, says }).toEqual({
      verdict: attack.verdict,
      says: attack.says.length === 0 ? says : expect.arrayContaining(attack.says),
    });
    if (attack.verdict === 'changed') expect(says.length).toBeGreaterThan(0);
    if (attack.verdict !== 'genuine') expect(report.effectiveAt).toBeNull();
    if (attack.otherCase) expect(report.manifest?.caseNumber).not.toBe(MANIFEST.caseNumber);
  });
});

test('every file of the corpus has a name of its own', () => {
  const names = allAttacks.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(150);
});
