import type { z } from 'zod';
import type { IdentityInput } from '../../contract/case.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/**
 * The director (or mediator) compares document and person by name (参照在线调解规则 17). Without an ID card a reason is
 * needed. Nobody without a known ID number is checked: it is entered first (IDENTITY_MISSING).
 */
export async function verifyIdentity(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; partyId: string } & z.infer<typeof IdentityInput>,
): Promise<{ id: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'verify-identity', input.caseId);
    const party = await tx.party.findFirst({ where: { id: input.partyId, caseId: input.caseId } });
    if (!party) throw new DomainError('NOT_FOUND');
    if (party.kind === 'PERSON' && !party.idNumberEnc)
      throw new DomainError('IDENTITY_MISSING', { reason: 'id-number' });
    const withCard = input.method === 'DOCUMENT_IN_PERSON' || input.method === 'DOCUMENT_BY_VIDEO';
    if (!withCard && !input.reason) throw new DomainError('BAD_REQUEST', { fields: ['reason'] });
    for (const attachmentId of [input.frontId, input.backId]) {
      if (!attachmentId) continue;
      const found = await tx.attachment.count({
        where: { id: attachmentId, caseId: input.caseId, kind: 'IDENTITY' },
      });
      if (found !== 1) throw new DomainError('NOT_FOUND');
    }
    const check = await tx.identityCheck.create({
      data: {
        courtId: party.courtId,
        caseId: input.caseId,
        partyId: party.id,
        checkedById: ctx.principal.staffUserId,
        method: input.method,
        samePerson: true,
        reason: input.reason ?? null,
        witnessName: input.witnessName ?? null,
        frontId: input.frontId ?? null,
        backId: input.backId ?? null,
        checkedAt: ctx.deps.clock.now(),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'verify-identity',
      subject: { type: 'party', id: party.id },
      caseId: input.caseId,
      duty,
      data: { method: input.method, witness: input.witnessName !== undefined },
      topics: [`station:${theCase.stationId}`],
    });
    return { id: check.id };
  });
}

/**
 * A second person, who is not at that station and did not compare, sees face and document by video and attests 人证一致.
 */
export async function attestIdentity(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; partyId: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'attest-identity', input.caseId);
    if (ctx.principal.deviceStationId === theCase.stationId)
      throw new DomainError('FORBIDDEN', { reason: 'same-station' });
    const check = await tx.identityCheck.findFirst({
      where: { caseId: input.caseId, partyId: input.partyId, agentId: null },
      orderBy: { checkedAt: 'desc' },
    });
    if (!check) throw new DomainError('IDENTITY_MISSING');
    if (check.checkedById === ctx.principal.staffUserId)
      throw new DomainError('FORBIDDEN', { reason: 'same-person' });
    const changed = await tx.identityCheck.updateMany({
      where: { id: check.id, attestedAt: null },
      data: { attestedById: ctx.principal.staffUserId, attestedAt: ctx.deps.clock.now() },
    });
    if (changed.count !== 1) throw new DomainError('CONFLICT');
    await appendAudit(tx, ctx, {
      action: 'attest-identity',
      subject: { type: 'party', id: input.partyId },
      caseId: input.caseId,
      duty,
    });
  });
}
