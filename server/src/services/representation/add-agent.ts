import { randomUUID } from 'node:crypto';
import type { AgentInput } from '../../contract/representation.ts';
import { dayAsDate } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { isIdNumber, maskIdNumber } from '../../domain/id-number.ts';
import { isMobile } from '../../domain/phone.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { createSeats } from '../session/create-seats.ts';
import { transact } from '../transact.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;
type Address = { caseId: string; partyId: string };

/**
 * Names somebody who acts for a party: one or two agents (民事诉讼法 61, by analogy), and a minor's guardians. Nothing of
 * the authority counts before it is verified. A living session gets a seat for them. CONFLICT for a third agent.
 */
export async function addAgent(ctx: StaffCtx, input: Address & AgentInput): Promise<{ id: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'add-agent', input.caseId);
    // Two colleagues naming the third agent at the same moment: the later one sees the earlier.
    await tx.$queryRaw`SELECT id FROM "Party" WHERE id = ${input.partyId}::uuid FOR UPDATE`;
    const party = await tx.party.findFirst({
      where: { id: input.partyId, caseId: input.caseId },
      include: { agents: { where: { kind: 'AUTHORISED' } } },
    });
    if (!party) throw new DomainError('NOT_FOUND');
    if (input.kind === 'AUTHORISED' && party.agents.length >= 2)
      throw new DomainError('CONFLICT', { reason: 'two-agents', basis: '民事诉讼法第61条（参照）' });
    const id = await insertAgent(tx, ctx, input, '');
    // Entered while the case runs: this number signs nothing today (电子签名法 13).
    if (input.phone) await tx.agent.update({ where: { id }, data: { phoneChangedAt: ctx.deps.clock.now() } });
    if (input.kind === 'GUARDIAN' && !party.guardianName)
      await tx.party.update({
        where: { id: party.id },
        data: { guardianName: input.name, guardianRelation: input.relation ?? null },
      });
    const living = await tx.session.findMany({
      where: { caseId: input.caseId, status: { notIn: ['ENDED', 'CANCELLED'] } },
      select: { id: true },
    });
    for (const session of living) await createSeats(tx, ctx, session.id);
    await appendAudit(tx, ctx, {
      action: 'add-agent',
      subject: { type: 'agent', id },
      caseId: input.caseId,
      duty,
      data: { partyId: party.id, kind: input.kind, special: input.special, powers: input.powers },
      topics: [`station:${theCase.stationId}`],
    });
    return { id };
  });
}

/** Writes the row, personal values sealed. `field` says where in the input it stood, for the answer to bad values. */
export async function insertAgent(
  tx: Tx,
  ctx: StaffCtx,
  input: Address & AgentInput,
  field: string,
): Promise<string> {
  const { courtId, staffUserId } = ctx.principal;
  const id = randomUUID();
  await tx.agent.create({
    data: {
      id,
      courtId,
      caseId: input.caseId,
      partyId: input.partyId,
      enteredById: staffUserId,
      kind: input.kind,
      name: input.name,
      relation: input.relation ?? null,
      ...sealedNumbers(ctx, id, input, field),
      // The law gives a guardian everything; a power of attorney only what it names.
      special: input.kind === 'AUTHORISED' && input.special,
      powers: input.kind === 'AUTHORISED' ? input.powers : [],
      validFrom: input.validFrom ? dayAsDate(input.validFrom) : null,
      validTo: input.validTo ? dayAsDate(input.validTo) : null,
    },
  });
  return id;
}

type SealedNumbers = Partial<
  Pick<
    Prisma.AgentUncheckedCreateInput,
    'phoneEnc' | 'phoneIndex' | 'idNumberEnc' | 'idNumberIndex' | 'idNumberMasked'
  >
>;

/** Phone and identity number as the row keeps them: sealed, with their search index and mask. Absent ones stay absent. */
export function sealedNumbers(
  ctx: Ctx,
  id: string,
  numbers: { phone?: string; idNumber?: string },
  field: string,
): SealedNumbers {
  const { courtId } = ctx.principal;
  const { cipher } = ctx.deps;
  const { phone } = numbers;
  const idNumber = numbers.idNumber?.toUpperCase();
  if (idNumber && !isIdNumber(idNumber))
    throw new DomainError('ID_NUMBER_INVALID', { fields: [`${field}idNumber`] });
  if (phone && !isMobile(phone)) throw new DomainError('BAD_REQUEST', { fields: [`${field}phone`] });
  const seal = (column: string, value: string) =>
    Buffer.from(cipher.encrypt({ courtId, table: 'Agent', rowId: id, column }, value));
  return {
    ...(phone && {
      phoneEnc: seal('phoneEnc', phone),
      phoneIndex: cipher.blindIndex(courtId, 'Agent', 'phone', phone),
    }),
    ...(idNumber && {
      idNumberEnc: seal('idNumberEnc', idNumber),
      idNumberIndex: cipher.blindIndex(courtId, 'Agent', 'idNumber', idNumber),
      idNumberMasked: maskIdNumber(idNumber),
    }),
  };
}
