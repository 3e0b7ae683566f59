import type { z } from 'zod';
import type { CeremonyState, SigningSlot } from '../../contract/ceremony.ts';
import { APPLICATION_FIELD } from '../../contract/confirmation.ts';
import { photoConsent } from '../../contract/photo-consent.ts';
import { nextStepOf } from '../../domain/agreement/ceremony-plan.ts';
import { allowedActions } from '../../domain/permissions.ts';
import { maskPhone } from '../../domain/phone.ts';
import { canonicalText } from '../agreement/canonical-text.ts';
import { authoriseCase } from '../authorise.ts';
import { textOf } from '../confirmation/read-application.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { fallenVersions } from './fallen-versions.ts';
import { type Ceremony, isMine, isSignable, isTurn, loadCeremony, type Slot } from './load-ceremony.ts';
import { hurdlesOf } from './slot-hurdles.ts';
import { planContext, planOf, type SlotPlan, signerOf } from './slot-plan.ts';

/**
 * The frozen version as the asking person sees it: its text exactly as hashed, everybody's place, and their own
 * progress. NOT_FOUND while nothing is frozen.
 */
export async function readCeremony(
  ctx: Ctx,
  caseId: string,
  of: 'agreement' | 'application' = 'agreement',
): Promise<z.infer<typeof CeremonyState>> {
  return transact(ctx, async (tx) => {
    const application = of === 'application';
    const action = application ? 'read-application' : 'read-agreement';
    const authorised = await authoriseCase(tx, ctx, action, caseId);
    const ceremony = await loadCeremony(tx, caseId, application ? APPLICATION_FIELD : '');
    const { agreement, version } = ceremony;
    const { medium } = ceremony.application ?? agreement;
    const watches = allowedActions(authorised.duties, authorised.facts).some(
      (can) => can === 'check-signer' || can === 'compare-seal',
    );
    const atStation = ctx.principal.kind === 'party' && ctx.principal.via === 'HAND_OVER';
    const slots = await slotViews(tx, ctx, ceremony, watches);
    const mediators = authorised.case.appointments.filter(
      (a) => a.duty === 'MEDIATOR' && a.status === 'ACCEPTED',
    );
    const names = await tx.staffUser.findMany({
      where: { id: { in: mediators.map((m) => m.staffUserId) } },
      select: { name: true },
    });
    return {
      agreementId: agreement.id,
      status: agreement.status,
      medium,
      versionId: version.id,
      versionNumber: version.number,
      caseNumber: authorised.case.number ?? '',
      baseSha256: version.baseSha256,
      canonicalSha256: version.canonicalSha256,
      canonicalText: version.documentEnc ? textOf(ctx, version) : canonicalText(version.document),
      pages: version.pages,
      slots,
      questionsBy: atStation && !application ? 'MEDIATOR' : 'SELF',
      mediators: names.map(({ name }) => name),
      photoConsent,
      fallen: await fallenVersions(tx, caseId),
      ...(await codeWay(tx, ctx)),
    };
  });
}

/** Every place; how far somebody is in detail only for themselves and for those who watch over the signing. */
async function slotViews(tx: Tx, ctx: Ctx, ceremony: Ceremony, watches: boolean): Promise<SigningSlot[]> {
  const { version } = ceremony;
  const { medium } = ceremony.application ?? ceremony.agreement;
  const running = isSignable(ceremony);
  const context = running ? await planContext(tx, ctx, ceremony) : null;
  const views: SigningSlot[] = [];
  for (const slot of version.signatures) {
    const mine = isMine(ctx.principal, slot);
    const detailed = mine || (watches && slot.partyId !== null);
    const open = running && medium === 'ELECTRONIC' && isTurn(ceremony, slot);
    const { plan, done } = context && detailed ? planOf(ceremony, slot, context) : unseen;
    const [hurdle] = open && detailed ? await hurdlesOf(tx, ctx, slot) : [];
    views.push({
      ...plainView(ceremony, slot),
      open,
      mine,
      steps: version.ceremonySteps
        .filter((step) => step.fieldName === slot.fieldName)
        .filter(({ kind }) => detailed || kind === 'SIGNED' || kind === 'OPENED')
        .map((step) => ({ kind: step.kind, at: step.at.toISOString() })),
      plan: plan.map(({ kind, required }) => ({ kind, required, done: done.has(kind) })),
      next: nextStepOf(plan, done),
      hurdle: hurdle ?? null,
    });
  }
  return views;
}

const unseen: Pick<SlotPlan, 'plan' | 'done'> = { plan: [], done: new Set() };

function plainView(ceremony: Ceremony, slot: Slot) {
  const signer = signerOf(ceremony, slot);
  return {
    fieldName: slot.fieldName,
    role: slot.role as SigningSlot['role'],
    signerName: slot.signerName,
    partyId: slot.partyId,
    agentId: slot.agentId,
    signedAt: slot.signedAt?.toISOString() ?? null,
    declinedAt: slot.declinedAt?.toISOString() ?? null,
    witness: signer?.thumbprint?.witness ?? null,
    representative: signer?.representative ?? null,
  };
}

/** A party at the station proves presence before the director; one on a link gives the code of that moment. */
async function codeWay(
  tx: Tx,
  ctx: Ctx,
): Promise<{ codeBy: 'SMS' | 'STATION' | 'NONE'; maskedPhone: string | null }> {
  const { principal } = ctx;
  if (principal.kind !== 'party') return { codeBy: 'NONE', maskedPhone: null };
  if (principal.via === 'HAND_OVER') return { codeBy: 'STATION', maskedPhone: null };
  const row = principal.agentId
    ? await tx.agent.findUniqueOrThrow({ where: { id: principal.agentId } })
    : await tx.party.findUniqueOrThrow({ where: { id: principal.partyId ?? '' } });
  const table = principal.agentId ? 'Agent' : 'Party';
  if (!row.phoneEnc) return { codeBy: 'SMS', maskedPhone: null };
  const phone = ctx.deps.cipher.decrypt(
    { courtId: principal.courtId, table, rowId: row.id, column: 'phoneEnc' },
    row.phoneEnc,
  );
  return { codeBy: 'SMS', maskedPhone: maskPhone(phone) };
}
