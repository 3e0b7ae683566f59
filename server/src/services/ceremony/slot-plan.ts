import type { AgreementDocument } from '../../contract/agreement-document.ts';
import type { CeremonyStepKind } from '../../contract/enums.ts';
import {
  answeredNo,
  ceremonyPlan,
  doneSteps,
  type PlannedStep,
} from '../../domain/agreement/ceremony-plan.ts';
import { type Flag, flagsForPrivateCheck } from '../../domain/flags/flags.ts';
import type { Ctx, Tx } from '../context.ts';
import { currentFlags } from '../flags/case-flags.ts';
import { type Ceremony, type Slot, stepsOf } from './load-ceremony.ts';

export type SlotPlan = {
  plan: PlannedStep[];
  done: Set<CeremonyStepKind>;
  /** Why somebody talks with this signer alone; empty when nobody needs to. */
  because: (Flag['flag'] | 'ANSWERED_NO')[];
};

/** The frozen document's word on this signer. */
export function signerOf({ version }: Ceremony, slot: Slot) {
  const { signers } = version.document as Partial<AgreementDocument>;
  return signers?.find((s) => s.personId === slot.personId && s.role === slot.role);
}

/** What the plans of a ceremony's places depend on beside their own rows; read once for all of them. */
export async function planContext(tx: Tx, ctx: Ctx, ceremony: Ceremony) {
  const { caseId } = ceremony.agreement;
  // The agreement stands when both apply for its confirmation: nobody is pressed into anything new by that.
  if (ceremony.application) {
    const aids = await tx.signingAid.findMany({ where: { caseId, endedAt: null } });
    return { flags: [], sealed: new Set<string | null>(), aids };
  }
  const flags = await currentFlags(tx, ctx, caseId);
  const registered = await tx.attachment.findMany({
    where: {
      caseId,
      kind: 'SEAL_IMAGE',
      originalSeen: true,
      createdAt: { lt: ceremony.version.frozenAt },
      party: { kind: 'ORGANISATION' },
    },
    select: { partyId: true },
  });
  return { flags, sealed: new Set(registered.map((r) => r.partyId)), aids: [] };
}

/** One signer's steps and how far they are. */
export function planOf(
  ceremony: Ceremony,
  slot: Slot,
  { flags, sealed, aids }: Awaited<ReturnType<typeof planContext>>,
): SlotPlan {
  const steps = stepsOf(ceremony, slot.fieldName);
  const because = [
    ...flagsForPrivateCheck(flags, slot),
    ...(answeredNo(steps) ? (['ANSWERED_NO'] as const) : []),
  ];
  const plan = ceremonyPlan({
    role: slot.role,
    privateCheck: because.length > 0,
    thumbprint:
      signerOf(ceremony, slot)?.thumbprint !== undefined ||
      aids.some((a) => a.partyId === slot.partyId && a.agentId === slot.agentId),
    orgSeal: sealed.has(slot.partyId),
  });
  return { plan, done: doneSteps(steps), because };
}
