import type { z } from 'zod';
import type { CeremonyState, SigningSlot } from '../../contract/ceremony.ts';
import { APPLICATION_FIELD } from '../../contract/confirmation.ts';
import { maskPhone } from '../../domain/phone.ts';
import { canonicalText } from '../agreement/canonical-text.ts';
import { authoriseCase } from '../authorise.ts';
import { textOf } from '../confirmation/read-application.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { isMine, isSignable, isTurn, loadCeremony } from './load-ceremony.ts';

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
    const { case: theCase } = await authoriseCase(tx, ctx, action, caseId);
    const ceremony = await loadCeremony(tx, caseId, application ? APPLICATION_FIELD : '');
    const { agreement, version } = ceremony;
    const running = isSignable(ceremony);
    const medium = (ceremony.application ?? agreement).medium;
    const slots = version.signatures.map((slot): SigningSlot => {
      const mine = isMine(ctx.principal, slot);
      return {
        fieldName: slot.fieldName,
        role: slot.role as SigningSlot['role'],
        signerName: slot.signerName,
        partyId: slot.partyId,
        agentId: slot.agentId,
        signedAt: slot.signedAt?.toISOString() ?? null,
        declinedAt: slot.declinedAt?.toISOString() ?? null,
        open: running && medium === 'ELECTRONIC' && isTurn(ceremony, slot),
        mine,
        steps: version.ceremonySteps
          .filter(
            (step) =>
              step.fieldName === slot.fieldName && (mine || step.kind === 'SIGNED' || step.kind === 'OPENED'),
          )
          .map((step) => ({ kind: step.kind, at: step.at.toISOString() })),
      };
    });
    return {
      agreementId: agreement.id,
      status: agreement.status,
      medium,
      versionId: version.id,
      versionNumber: version.number,
      caseNumber: theCase.number ?? '',
      baseSha256: version.baseSha256,
      canonicalSha256: version.canonicalSha256,
      canonicalText: version.documentEnc ? textOf(ctx, version) : canonicalText(version.document),
      pages: version.pages,
      slots,
      ...(await codeWay(tx, ctx)),
    };
  });
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
