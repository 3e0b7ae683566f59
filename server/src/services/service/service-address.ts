import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { ServiceAddressInput } from '../../contract/after-effect.ts';
import { DomainError } from '../../domain/errors.ts';
import { isMobile } from '../../domain/phone.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';

/**
 * 送达地址确认: where a party wants to be served, by itself or (at the station) recorded for it. Personal values are
 * sealed; a new answer is a new row and the newest stands (在线调解规则 17, 参照).
 */
export async function confirmServiceAddress(
  ctx: Ctx<Extract<Principal, { kind: 'staff' | 'party' }>>,
  input: { caseId: string; partyId: string } & z.output<typeof ServiceAddressInput>,
): Promise<void> {
  if (input.phone && !isMobile(input.phone)) throw new DomainError('BAD_REQUEST', { fields: ['phone'] });
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'confirm-service-address', input.caseId);
    if (ctx.principal.kind === 'party' && ctx.principal.partyId !== input.partyId)
      throw new DomainError('NOT_FOUND');
    const party = await tx.party.findFirst({ where: { id: input.partyId, caseId: theCase.id } });
    if (!party) throw new DomainError('NOT_FOUND');
    const id = randomUUID();
    const { courtId } = theCase;
    const seal = (column: string, value: string | undefined) =>
      value
        ? Buffer.from(ctx.deps.cipher.encrypt({ courtId, table: 'ServiceAddress', rowId: id, column }, value))
        : null;
    await tx.serviceAddress.create({
      data: {
        id,
        courtId,
        caseId: theCase.id,
        partyId: party.id,
        recordedById: ctx.principal.kind === 'staff' ? ctx.principal.staffUserId : null,
        electronic: input.electronic,
        receiver: input.receiver,
        addressEnc: seal('addressEnc', input.address) ?? Buffer.alloc(0),
        phoneEnc: seal('phoneEnc', input.phone),
        emailEnc: seal('emailEnc', input.email),
        at: ctx.deps.clock.now(),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'confirm-service-address',
      subject: { type: 'party', id: party.id },
      caseId: theCase.id,
      duty,
      data: { electronic: input.electronic },
      topics: [`station:${theCase.stationId}`],
    });
  });
}
