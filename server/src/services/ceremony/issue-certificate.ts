import { DomainError } from '../../domain/errors.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { authoriseSlot } from './authorise-slot.ts';
import { recordStep } from './take-step.ts';

/**
 * Issues the one-time certificate for the key that the signer's own browser made. It binds person, role, court,
 * case, way of verification and the certified base's SHA-256. Asking again (a lost answer, a new key) revokes the
 * earlier one. CERTIFICATE_INVALID when the request does not prove possession of a P-256 key.
 */
export async function issueSigningCertificate(
  ctx: Ctx,
  input: { caseId: string; fieldName: string; csr: Uint8Array },
) {
  const place = await transact(ctx, (tx) => authoriseSlot(tx, ctx, input, 'CERTIFICATE'));
  const { slot, ceremony, case: theCase } = place;
  const baseSha256 = ceremony.version.baseSha256;
  if (!baseSha256 || !theCase.number) throw new DomainError('PAPER_ONLY');
  const verification = await transact(ctx, (tx) => verificationOf(tx, slot));
  const court = await ctx.deps.db.court.findUniqueOrThrow({ where: { id: slot.courtId } });
  const issued = await ctx.deps.signing.issueCertificate({
    csr: input.csr,
    subject: {
      courtId: slot.courtId,
      courtName: court.name,
      caseNumber: theCase.number,
      personId: slot.personId,
      name: slot.signerName,
      role: slot.role as 'party' | 'agent' | 'mediator' | 'recorder',
      verification,
      baseSha256,
    },
  });
  return transact(ctx, async (tx) => {
    const again = await authoriseSlot(tx, ctx, input, 'CERTIFICATE');
    if (again.ceremony.version.id !== ceremony.version.id) throw new DomainError('VERSION_CHANGED');
    if (again.slot.certificateId) {
      await tx.certificate.update({
        where: { id: again.slot.certificateId },
        data: { revokedAt: new Date(), revokeReason: 'superseded' },
      });
    }
    const certificate = await tx.certificate.create({
      data: {
        courtId: slot.courtId,
        serial: issued.serial,
        der: Buffer.from(issued.certificate),
        chain: issued.chain.map((der) => Buffer.from(der)),
        personId: slot.personId,
        role: slot.role,
        baseSha256,
        issuedAt: issued.notBefore,
        expiresAt: issued.notAfter,
      },
    });
    await tx.signature.update({
      where: { id: slot.id },
      data: { certificateId: certificate.id, level: 'BROWSER_KEY' },
    });
    await recordStep(tx, ctx, again, 'CERTIFICATE', {
      serial: issued.serial,
      verification,
      level: 'BROWSER_KEY',
    });
    return { certificate: issued.certificate, chain: issued.chain, serial: issued.serial };
  });
}

/** How the person was verified, as the certificate states it. */
async function verificationOf(
  tx: Tx,
  slot: {
    versionId: string;
    fieldName: string;
    partyId: string | null;
    agentId: string | null;
    role: string;
  },
) {
  if (slot.role === 'mediator' || slot.role === 'recorder') return 'STAFF_SECOND_FACTOR';
  const check = await tx.identityCheck.findFirst({
    where: slot.agentId ? { agentId: slot.agentId } : { partyId: slot.partyId, agentId: null },
    orderBy: { checkedAt: 'desc' },
  });
  const steps = await tx.ceremonyStep.findMany({
    where: { versionId: slot.versionId, fieldName: slot.fieldName },
    orderBy: { at: 'asc' },
  });
  const code = steps.findLast((step) => step.kind === 'CODE');
  const by = (code?.data as { by?: string } | undefined)?.by === 'SMS' ? 'SMS_CODE' : 'AT_STATION';
  const attested = check?.attestedAt ? 'ATTESTED_BY_SECOND_PERSON' : 'WITNESSED';
  const thumb = steps.some((step) => step.kind === 'THUMBPRINT') ? ['THUMBPRINT_BEFORE_WITNESS'] : [];
  return [check?.method ?? 'UNKNOWN', attested, by, ...thumb].join('+');
}
