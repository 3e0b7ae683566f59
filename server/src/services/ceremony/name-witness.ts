import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { SigningAidInput } from '../../contract/ceremony.ts';
import { ageAt } from '../../domain/age.ts';
import { type Involved, witnessFault } from '../../domain/agreement/witness.ts';
import { DomainError } from '../../domain/errors.ts';
import { birthDateOf, isIdNumber, maskIdNumber } from '../../domain/id-number.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';

type Input = { caseId: string; partyId: string } & z.infer<typeof SigningAidInput>;

/**
 * Somebody cannot write: they will give a thumbprint, and this independent person, whose document was compared, will sign
 * as its witness (民法典 490). Named before the text is frozen, because the agreement itself says so: CONFLICT
 * text-frozen afterwards. WITNESS_NOT_INDEPENDENT for a minor or anybody of the case. Naming again replaces.
 */
export async function nameWitness(ctx: Ctx<StaffPrincipal>, input: Input): Promise<void> {
  const idNumber = input.witness.idNumber.toUpperCase();
  if (!isIdNumber(idNumber)) throw new DomainError('ID_NUMBER_INVALID', { fields: ['witness.idNumber'] });
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'name-witness', input.caseId);
    await requirePerson(tx, input);
    await requireUnfrozen(tx, input.caseId);
    const birthDate = birthDateOf(idNumber);
    const age = birthDate ? ageAt(birthDate, ctx.deps.clock.now()) : 0;
    const fault = witnessFault(
      { name: input.witness.name, idNumber, age },
      await involvedIn(tx, ctx, theCase.id),
    );
    if (fault) throw new DomainError('WITNESS_NOT_INDEPENDENT', { reason: fault });
    const id = randomUUID();
    await endAid(tx, ctx, input);
    const at = { courtId: theCase.courtId, table: 'SigningAid', rowId: id, column: 'witnessIdEnc' };
    await tx.signingAid.create({
      data: {
        id,
        courtId: theCase.courtId,
        caseId: theCase.id,
        partyId: input.partyId,
        agentId: input.agentId ?? null,
        recordedById: ctx.principal.staffUserId,
        reason: input.reason,
        witnessName: input.witness.name,
        witnessRelation: input.witness.relation,
        witnessIdEnc: Buffer.from(ctx.deps.cipher.encrypt(at, idNumber)),
        witnessIdMasked: maskIdNumber(idNumber),
        recordedAt: ctx.deps.clock.now(),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'name-witness',
      subject: { type: 'signing-aid', id },
      caseId: theCase.id,
      duty,
      data: { partyId: input.partyId, agentId: input.agentId ?? null },
      personal: { witness: input.witness.name, relation: input.witness.relation, reason: input.reason },
    });
  });
}

/** The person will write after all. */
export async function withdrawWitness(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; partyId: string; agentId?: string | undefined },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'name-witness', input.caseId);
    await requireUnfrozen(tx, input.caseId);
    if ((await endAid(tx, ctx, input)) === 0) throw new DomainError('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'name-witness',
      subject: { type: 'party', id: input.partyId },
      caseId: input.caseId,
      duty,
      data: { withdrawn: true },
    });
  });
}

type Person = { caseId: string; partyId: string; agentId?: string | undefined };

async function endAid(tx: Tx, ctx: Ctx, { caseId, partyId, agentId }: Person): Promise<number> {
  const ended = await tx.signingAid.updateMany({
    where: { caseId, partyId, agentId: agentId ?? null, endedAt: null },
    data: { endedAt: ctx.deps.clock.now() },
  });
  return ended.count;
}

async function requirePerson(tx: Tx, { caseId, partyId, agentId }: Person): Promise<void> {
  const known = agentId
    ? await tx.agent.count({ where: { id: agentId, partyId, caseId } })
    : await tx.party.count({ where: { id: partyId, caseId, kind: 'PERSON' } });
  if (known !== 1) throw new DomainError('NOT_FOUND');
}

async function requireUnfrozen(tx: Tx, caseId: string): Promise<void> {
  const frozen = await tx.agreement.count({
    where: { caseId, status: { in: ['FROZEN', 'SIGNING', 'SEALING'] } },
  });
  if (frozen > 0) throw new DomainError('CONFLICT', { reason: 'text-frozen' });
}

/** Parties, agents, those who conduct the case, and whoever asks. */
async function involvedIn(tx: Tx, ctx: Ctx<StaffPrincipal>, caseId: string): Promise<Involved[]> {
  const parties = await tx.party.findMany({ where: { caseId } });
  const agents = await tx.agent.findMany({ where: { caseId } });
  const appointments = await tx.appointment.findMany({ where: { caseId }, include: { staffUser: true } });
  const idOf = (table: string, row: { id: string; courtId: string; idNumberEnc: Uint8Array | null }) =>
    row.idNumberEnc
      ? ctx.deps.cipher.decrypt(
          { courtId: row.courtId, table, rowId: row.id, column: 'idNumberEnc' },
          row.idNumberEnc,
        )
      : null;
  return [
    ...parties.map((p) => ({ name: p.name, idNumber: idOf('Party', p) })),
    ...agents.map((a) => ({ name: a.name, idNumber: idOf('Agent', a) })),
    ...[ctx.principal.name, ...appointments.map((a) => a.staffUser.name)].map((name) => ({
      name,
      idNumber: null,
    })),
  ];
}
