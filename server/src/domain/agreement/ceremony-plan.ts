import type { CeremonyStepKind } from '../../contract/enums.ts';

/** What decides which steps one signer has. */
export type PlanFacts = {
  role: string;
  /** Mediator or judge talks with this signer alone first: a sign of pressure, age or violence stands, or a no was given. */
  privateCheck: boolean;
  /** Thumbprint and witness in place of handwriting. */
  thumbprint: boolean;
  /** An organisation with a registered seal image. */
  orgSeal: boolean;
};
export type PlannedStep = { kind: CeremonyStepKind; required: boolean };

/** A persisted step as the plan reads it. */
export type DoneStep = { kind: CeremonyStepKind; at: Date; data: unknown };

/**
 * The steps of one signer, in order: text, voluntariness, private check, own hand, code of that moment, optional photo,
 * one-time certificate, signature (电子签名法 13). Members of staff gave their second factor when they signed in.
 */
export function ceremonyPlan({ role, privateCheck, thumbprint, orgSeal }: PlanFacts): PlannedStep[] {
  const must = (...kinds: CeremonyStepKind[]) => kinds.map((kind) => ({ kind, required: true }));
  if (role === 'committee') return must('SIGNED');
  if (role !== 'party' && role !== 'agent') return must('OPENED', 'READ', 'INK', 'CERTIFICATE', 'SIGNED');
  return [
    ...must('OPENED', 'READ', 'QUESTIONS'),
    ...must(...(privateCheck ? (['PRIVATE_CHECK'] as const) : [])),
    ...must(...(thumbprint ? (['THUMBPRINT', 'WITNESS'] as const) : (['INK'] as const))),
    ...must(...(orgSeal ? (['ORG_SEAL'] as const) : [])),
    ...must('CODE'),
    { kind: 'PHOTO', required: false },
    ...must('CERTIFICATE', 'SIGNED'),
  ];
}

type Answers = { passed?: boolean; free?: boolean; unpressed?: boolean };
const answersOf = ({ data }: DoneStep): Answers => (data ?? {}) as Answers;
/** Not having understood is talked over; not being free, or being pressed, is a sign that somebody looks at. */
const saidNo = (step: DoneStep): boolean =>
  step.kind === 'QUESTIONS' && (answersOf(step).free === false || answersOf(step).unpressed === false);

/** Whether this signer once said not to be free, or to be pressed. */
export function answeredNo(steps: readonly DoneStep[]): boolean {
  return steps.some(saidNo);
}

/**
 * What counts as done. Of questions the newest answers count; a private check counts when it found nothing and came
 * after the last no; a new thumbprint needs its witness again.
 */
export function doneSteps(steps: readonly DoneStep[]): Set<CeremonyStepKind> {
  const last = (kind: CeremonyStepKind) => steps.findLastIndex((step) => step.kind === kind);
  const done = new Set(steps.map(({ kind }) => kind));
  const questions = steps[last('QUESTIONS')];
  if (questions && answersOf(questions).passed !== true) done.delete('QUESTIONS');
  const check = steps[last('PRIVATE_CHECK')];
  const clear = (check?.data as { result?: string } | undefined)?.result === 'CLEAR';
  if (!clear || last('PRIVATE_CHECK') < steps.findLastIndex(saidNo)) done.delete('PRIVATE_CHECK');
  if (last('WITNESS') < last('THUMBPRINT')) done.delete('WITNESS');
  return done;
}

/** The first required step before `kind` that is not done; null when its turn has come. Repeating a step is allowed. */
export function missingBefore(
  plan: readonly PlannedStep[],
  done: ReadonlySet<CeremonyStepKind>,
  kind: CeremonyStepKind,
): CeremonyStepKind | null {
  const position = plan.findIndex((step) => step.kind === kind);
  const before = position < 0 ? plan : plan.slice(0, position);
  return before.find((step) => step.required && !done.has(step.kind))?.kind ?? null;
}

/** The step that waits: required or only offered, before the certificate. Null when everything but signing is done. */
export function nextStepOf(
  plan: readonly PlannedStep[],
  done: ReadonlySet<CeremonyStepKind>,
): CeremonyStepKind | null {
  return (
    plan.find(({ kind }) => kind !== 'CERTIFICATE' && kind !== 'SIGNED' && !done.has(kind))?.kind ?? null
  );
}
