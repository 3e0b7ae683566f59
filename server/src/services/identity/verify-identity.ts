import type { z } from 'zod';
import type { IdentityInput } from '../../contract/case.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { transact } from '../transact.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;
/** A party, or somebody who acts for it. */
type Person = { caseId: string; partyId: string; agentId?: string };

/**
 * The director (or mediator) compares document and person by name (参照在线调解规则 17). Without an ID card a reason is
 * needed. Nobody without a known ID number is checked: it is entered first (IDENTITY_MISSING).
 */
export async function verifyIdentity(
  ctx: Ctx<StaffPrincipal>,
  input: Person & z.infer<typeof IdentityInput>,
): Promise<{ id: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'verify-identity', input.caseId);
    const { person, target } = await personOf(tx, input);
    if (person.natural && !person.idNumberEnc)
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
        courtId: ctx.principal.courtId,
        caseId: input.caseId,
        ...target,
        checkedById: ctx.principal.staffUserId,
        method: input.method,
        samePerson: true,
        reason: input.reason ?? null,
        frontId: input.frontId ?? null,
        backId: input.backId ?? null,
        checkedAt: ctx.deps.clock.now(),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'verify-identity',
      subject: { type: input.agentId ? 'agent' : 'party', id: input.agentId ?? input.partyId },
      caseId: input.caseId,
      duty,
      data: { method: input.method },
      topics: [`station:${theCase.stationId}`],
    });
    return { id: check.id };
  });
}

/**
 * A second person, who is not at that station and did not compare, sees face and document by video and attests 人证一致.
 */
export async function attestIdentity(ctx: Ctx<StaffPrincipal>, input: Person): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'attest-identity', input.caseId);
    if (ctx.principal.deviceStationId === theCase.stationId)
      throw new DomainError('FORBIDDEN', { reason: 'same-station' });
    const { target } = await personOf(tx, input);
    const check = await tx.identityCheck.findFirst({
      where: { caseId: input.caseId, ...target },
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
      subject: { type: input.agentId ? 'agent' : 'party', id: input.agentId ?? input.partyId },
      caseId: input.caseId,
      duty,
    });
  });
}

async function personOf(tx: Tx, { caseId, partyId, agentId }: Person) {
  if (agentId) {
    const agent = await tx.agent.findFirst({ where: { id: agentId, partyId, caseId } });
    if (!agent) throw new DomainError('NOT_FOUND');
    return {
      person: { natural: true, idNumberEnc: agent.idNumberEnc },
      target: { agentId: agent.id, partyId: null },
    };
  }
  const party = await tx.party.findFirst({ where: { id: partyId, caseId } });
  if (!party) throw new DomainError('NOT_FOUND');
  const natural = party.kind === 'PERSON';
  return {
    person: { natural, idNumberEnc: party.idNumberEnc },
    target: { partyId: party.id, agentId: null },
  };
}
