import type { z } from 'zod';
import type { SignForInput } from '../../contract/after-effect.ts';
import { DomainError } from '../../domain/errors.ts';
import { serviceStatesBefore } from '../../domain/service/lifecycle.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';

/**
 * The 文书签收单 was signed by the party, by somebody who took it (代收) or, after a refusal, by a witness: then both name
 * and reason are needed (BAD_REQUEST). Signed for twice: CONFLICT.
 */
export async function signFor(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  input: { caseId: string; serviceId: string } & z.output<typeof SignForInput>,
): Promise<void> {
  if (Boolean(input.receivedBy) !== Boolean(input.note))
    throw new DomainError('BAD_REQUEST', { fields: ['receivedBy', 'note'] });
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'record-receipt', input.caseId);
    const service = await tx.service.findFirst({ where: { id: input.serviceId, caseId: theCase.id } });
    if (!service) throw new DomainError('NOT_FOUND');
    const changed = await tx.service.updateMany({
      where: { id: service.id, status: { in: serviceStatesBefore('sign-for') } },
      data: {
        status: 'SIGNED_FOR',
        signedAt: ctx.deps.clock.now(),
        receivedBy: input.receivedBy ?? null,
        note: input.note ?? null,
      },
    });
    if (changed.count !== 1) throw new DomainError('CONFLICT', { status: service.status });
    await appendAudit(tx, ctx, {
      action: 'record-receipt',
      subject: { type: 'service', id: service.id },
      caseId: theCase.id,
      duty,
      data: { partyId: service.partyId, byOther: Boolean(input.receivedBy) },
      topics: [`station:${theCase.stationId}`],
    });
  });
}
