import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AuditedAct } from '../../contract/act-words.ts';
import type { StepData } from '../../contract/ceremony-steps.ts';
import type { CeremonyStepKind, Duty } from '../../contract/enums.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { authoriseSlot, type Place } from './authorise-slot.ts';
import type { Ceremony, Slot } from './load-ceremony.ts';
import { traceOf } from './trace.ts';

type Authorised = Awaited<ReturnType<typeof authoriseSlot>>;
type About = { slot: Slot; ceremony: Ceremony; duty: Duty };

/** Signing itself is told as the act of its role. */
type Told = Exclude<CeremonyStepKind, 'SIGNED'>;
const actOf = {
  OPENED: 'system:ceremony-opened',
  READ: 'system:ceremony-read',
  QUESTIONS: 'system:ceremony-questions',
  PRIVATE_CHECK: 'system:ceremony-private-check',
  INK: 'system:ceremony-ink',
  THUMBPRINT: 'system:ceremony-thumbprint',
  WITNESS: 'system:ceremony-witness',
  ORG_SEAL: 'system:ceremony-org-seal',
  CODE: 'system:ceremony-code',
  PHOTO: 'system:ceremony-photo',
  CERTIFICATE: 'system:ceremony-certificate',
  DECLINED: 'system:ceremony-declined',
} as const satisfies Record<Told, AuditedAct>;

/** One step of the signer's own: gate, row and audit event in one transaction. */
export async function takeStep<K extends Told>(
  ctx: Ctx,
  place: Place,
  kind: K,
  work: (authorised: Authorised, tx: Tx) => StepData<K> | Promise<StepData<K>>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const authorised = await authoriseSlot(tx, ctx, place, kind);
    await recordStep(tx, ctx, authorised, kind, await work(authorised, tx));
  });
}

/** The step's row and its event; `personal` are values that the chain only commits to. */
export async function recordStep<K extends Told>(
  tx: Tx,
  ctx: Ctx,
  about: About,
  kind: K,
  data: StepData<K>,
  personal: Record<string, string> = {},
): Promise<void> {
  const stepSha256 = await addStep(tx, ctx, about, kind, data);
  const { slot, ceremony, duty } = about;
  await appendAudit(tx, ctx, {
    action: actOf[kind],
    subject: { type: 'signature', id: slot.id },
    caseId: ceremony.agreement.caseId,
    duty,
    data: { stepSha256, field: slot.fieldName, role: slot.role, versionId: slot.versionId },
    personal,
  });
}

/**
 * Persists one step with its trace; the answer is the SHA-256 (hex) of the row's RFC 8785 form, for the chain. Real time:
 * what the ceremony proves does not follow a shifted domain clock.
 */
export async function addStep<K extends CeremonyStepKind>(
  tx: Tx,
  ctx: Ctx,
  { slot }: { slot: Slot },
  kind: K,
  facts: StepData<K>,
): Promise<string> {
  const data = { ...(facts as object), trace: await traceOf(tx, ctx) };
  await tx.ceremonyStep.create({
    data: {
      courtId: slot.courtId,
      versionId: slot.versionId,
      fieldName: slot.fieldName,
      kind,
      at: new Date(),
      data,
    },
  });
  return createHash('sha256')
    .update(canonicalize(data) ?? '')
    .digest('hex');
}
