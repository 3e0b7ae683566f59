import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CeremonyStepKind } from '../../contract/enums.ts';
import {
  answeredNo,
  ceremonyPlan,
  type DoneStep,
  doneSteps,
  missingBefore,
  nextStepOf,
} from './ceremony-plan.ts';

const plain = { role: 'party', privateCheck: false, thumbprint: false, orgSeal: false };
const kinds = (facts: Partial<typeof plain>) => ceremonyPlan({ ...plain, ...facts }).map((s) => s.kind);
const step = (kind: CeremonyStepKind, data: unknown = {}): DoneStep => ({ kind, at: new Date(0), data });
const yes = step('QUESTIONS', { understood: true, free: true, unpressed: true, passed: true });
const pressed = step('QUESTIONS', { understood: true, free: true, unpressed: false, passed: false });
const puzzled = step('QUESTIONS', { understood: false, free: true, unpressed: true, passed: false });
const clear = step('PRIVATE_CHECK', { result: 'CLEAR' });
const concern = step('PRIVATE_CHECK', { result: 'CONCERN' });

describe('the order of a ceremony (电子签名法 13)', () => {
  it.each<[string, Partial<typeof plain>, string]>([
    ['a party', {}, 'OPENED READ QUESTIONS INK CODE PHOTO CERTIFICATE SIGNED'],
    [
      'where a sign of pressure stands',
      { privateCheck: true },
      'OPENED READ QUESTIONS PRIVATE_CHECK INK CODE PHOTO CERTIFICATE SIGNED',
    ],
    [
      'somebody who cannot write',
      { thumbprint: true },
      'OPENED READ QUESTIONS THUMBPRINT WITNESS CODE PHOTO CERTIFICATE SIGNED',
    ],
    [
      'an organisation with a registered seal',
      { orgSeal: true },
      'OPENED READ QUESTIONS INK ORG_SEAL CODE PHOTO CERTIFICATE SIGNED',
    ],
    ['the mediator', { role: 'mediator' }, 'OPENED READ INK CERTIFICATE SIGNED'],
  ])('%s', (_name, facts, order) => {
    expect(kinds(facts).join(' ')).toBe(order);
  });

  test('only the photo is a matter of choice', () => {
    expect(
      ceremonyPlan(plain)
        .filter((s) => !s.required)
        .map((s) => s.kind),
    ).toEqual(['PHOTO']);
  });

  test('nothing is skipped, whatever was done before: the first missing required step is named', () => {
    const facts = fc.record({
      role: fc.constantFrom('party', 'agent', 'mediator', 'recorder'),
      privateCheck: fc.boolean(),
      thumbprint: fc.boolean(),
      orgSeal: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, fc.uniqueArray(fc.constantFrom(...CeremonyStepKind.options)), (f, some) => {
        const plan = ceremonyPlan(f);
        const done = new Set(some);
        const missing =
          plan.find((s) => s.required && s.kind !== 'SIGNED' && !done.has(s.kind))?.kind ?? null;
        expect(missingBefore(plan, done, 'SIGNED')).toBe(missing);
        const next = nextStepOf(plan, done);
        if (next) expect(done.has(next)).toBe(false);
      }),
    );
  });
});

describe('what counts as done', () => {
  it.each<[string, DoneStep[], CeremonyStepKind, boolean]>([
    ['three good answers', [yes], 'QUESTIONS', true],
    ['a no', [pressed], 'QUESTIONS', false],
    ['a no after a yes', [yes, puzzled], 'QUESTIONS', false],
    ['a yes after a no', [puzzled, yes], 'QUESTIONS', true],
    ['a private check that found nothing', [yes, clear], 'PRIVATE_CHECK', true],
    ['one that found something', [yes, clear, concern], 'PRIVATE_CHECK', false],
    ['one before somebody said to be pressed', [clear, pressed, yes], 'PRIVATE_CHECK', false],
    ['one after it', [pressed, clear, yes], 'PRIVATE_CHECK', true],
    [
      'a witness of an earlier thumbprint',
      [step('THUMBPRINT'), step('WITNESS'), step('THUMBPRINT')],
      'WITNESS',
      false,
    ],
  ])('%s', (_name, steps, kind, expected) => {
    expect(doneSteps(steps).has(kind)).toBe(expected);
  });

  test('not to have understood is no pressure', () => {
    expect(answeredNo([puzzled])).toBe(false);
    expect(answeredNo([yes, pressed, yes])).toBe(true);
  });
});
