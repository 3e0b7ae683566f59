import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { PartyInput, RegisterInput } from '../../contract/case.ts';
import { ageAt, capacityAt } from '../../domain/age.ts';
import { caseNumber } from '../../domain/case-number.ts';
import { isCreditCode } from '../../domain/credit-code.ts';
import { dayAsDate, lastDayOrEstimate, shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { birthDateOf, isIdNumber, maskIdNumber, sexOf } from '../../domain/id-number.ts';
import { isMobile } from '../../domain/phone.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { carryProtections } from '../apart/carry-protections.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { endDraft } from '../intake/intake-drafts.ts';
import { insertAgent } from '../representation/add-agent.ts';
import { transact } from '../transact.ts';
import { transitionCase } from './transition-case.ts';
import { typeNames } from './type-names.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;
type Input = z.output<typeof RegisterInput>;

/**
 * Registers a dispute at the director's own station: parties, number and clock in one transaction. The number is
 * gap-free per committee and year: its counter row is locked until commit, a refused registration uses none.
 * A walk-in goes straight on to its session.
 */
export async function registerCase(
  ctx: Ctx<StaffPrincipal>,
  input: Input,
): Promise<{ id: string; number: string }> {
  return transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'register');
    const station = await tx.station.findUnique({
      where: { id: input.stationId },
      include: { committee: true },
    });
    const mine = ctx.principal.duties.some((d) => d.duty === 'DIRECTOR' && d.stationId === input.stationId);
    if (!station || !mine) throw new DomainError('NOT_FOUND');
    if (!['APPLICANT', 'RESPONDENT'].every((side) => input.parties.some((p) => p.side === side))) {
      throw new DomainError('BAD_REQUEST', { fields: ['parties'], reason: 'both-sides' });
    }
    if (input.draftId) await endDraft(tx, ctx, input.draftId);
    const now = ctx.deps.clock.now();
    const today = shanghaiDay(now);
    const year = Number(today.slice(0, 4));
    const id = randomUUID();
    const sequence = await nextSequence(tx, station.courtId, station.committeeId, year);
    const number = caseNumber(station.committee.numberPrefix, year, sequence);
    const theCase = await tx.case.create({
      data: {
        id,
        courtId: station.courtId,
        stationId: station.id,
        committeeId: station.committeeId,
        createdById: ctx.principal.staffUserId,
        status: 'APPLIED',
        number,
        numberYear: year,
        numberSeq: sequence,
        source: input.source,
        walkIn: input.walkIn,
        disputeType: input.disputeType,
        title: titleOf(input),
        facts: input.facts,
        requests: input.requests,
        amountFen: input.amountFen === null ? null : BigInt(input.amountFen),
        registeredAt: now,
      },
    });
    for (const [position, party] of input.parties.entries()) await addParty(tx, ctx, id, position, party);
    await carryProtections(tx, ctx, id);
    const limit = lastDayOrEstimate('MEDIATION_TRACK_A', today);
    await tx.deadline.create({
      data: {
        courtId: station.courtId,
        caseId: id,
        kind: 'MEDIATION',
        startsOn: dayAsDate(today),
        dueOn: dayAsDate(limit.day),
        basis: limit.basis,
      },
    });
    if (input.walkIn) await transitionCase(tx, theCase, 'walk-in', { acceptedAt: now });
    else await transitionCase(tx, theCase, 'screen');
    await appendAudit(tx, ctx, {
      action: 'register',
      subject: { type: 'case', id },
      caseId: id,
      duty,
      data: { number, walkIn: input.walkIn, disputeType: input.disputeType, parties: input.parties.length },
      topics: [`station:${station.id}`],
    });
    return { id, number };
  });
}

async function nextSequence(tx: Tx, courtId: string, committeeId: string, year: number): Promise<number> {
  const rows = await tx.$queryRaw<{ last: number }[]>`
    INSERT INTO "CaseNumberCounter" (id, "courtId", "committeeId", year, last)
    VALUES (${randomUUID()}::uuid, ${courtId}::uuid, ${committeeId}::uuid, ${year}, 1)
    ON CONFLICT ("courtId", "committeeId", year) DO UPDATE SET last = "CaseNumberCounter".last + 1
    RETURNING last`;
  const last = rows[0]?.last;
  if (last === undefined) throw new DomainError('INTERNAL');
  return last;
}

function titleOf(input: Input): string {
  const side = (which: 'APPLICANT' | 'RESPONDENT') => {
    const names = input.parties.filter((p) => p.side === which).map((p) => p.name);
    return names.length > 1 ? `${names[0]}等${names.length}人` : (names[0] ?? '');
  };
  return `${side('APPLICANT')} 与 ${side('RESPONDENT')} · ${typeNames[input.disputeType]}`;
}

const plainGuardian = { kind: 'GUARDIAN' as const, special: false, powers: [] };
const relationOf = ({ guardianRelation }: PartyInput) =>
  guardianRelation ? { relation: guardianRelation } : {};

/** Adds one party with those who act for it: numbers checked, personal values sealed, minors only with a guardian (民法典 19–20). */
export async function addParty(
  tx: Tx,
  ctx: Ctx<StaffPrincipal>,
  caseId: string,
  position: number,
  input: PartyInput,
): Promise<string> {
  const { courtId, staffUserId } = ctx.principal;
  const { cipher, clock } = ctx.deps;
  const id = randomUUID();
  const idNumber = input.idNumber?.toUpperCase();
  if (idNumber && !isIdNumber(idNumber))
    throw new DomainError('ID_NUMBER_INVALID', { fields: [`parties.${position}.idNumber`] });
  if (input.creditCode && !isCreditCode(input.creditCode))
    throw new DomainError('ID_NUMBER_INVALID', { fields: [`parties.${position}.creditCode`] });
  if (input.phone && !isMobile(input.phone))
    throw new DomainError('BAD_REQUEST', { fields: [`parties.${position}.phone`] });
  const guardians = input.agents.filter((a) => a.kind === 'GUARDIAN');
  const reachable = input.phone || input.usesStation || guardians.some((a) => a.phone);
  if (!reachable && input.kind === 'PERSON') {
    throw new DomainError('BAD_REQUEST', {
      fields: [`parties.${position}.phone`],
      reason: 'phone-or-station',
    });
  }
  const birthDate = idNumber ? birthDateOf(idNumber) : input.birthDate ? dayAsDate(input.birthDate) : null;
  const named = input.guardianName ?? guardians[0]?.name;
  if (birthDate && capacityAt(ageAt(birthDate, clock.now())) !== 'FULL' && !named) {
    throw new DomainError('GUARDIAN_REQUIRED', {
      fields: [`parties.${position}.guardianName`],
      basis: '民法典第19、20条',
    });
  }
  const seal = (column: string, value: string | undefined) =>
    value ? Buffer.from(cipher.encrypt({ courtId, table: 'Party', rowId: id, column }, value)) : null;
  const data: Prisma.PartyUncheckedCreateInput = {
    id,
    courtId,
    caseId,
    enteredById: staffUserId,
    side: input.side,
    position,
    kind: input.kind,
    name: input.name,
    sex: idNumber ? sexOf(idNumber) : (input.sex ?? null),
    ethnicity: input.ethnicity ?? null,
    birthDate,
    occupation: input.occupation ?? null,
    phoneEnc: seal('phoneEnc', input.phone),
    phoneIndex: input.phone ? cipher.blindIndex(courtId, 'Party', 'phone', input.phone) : null,
    addressEnc: seal('addressEnc', input.address),
    idNumberEnc: seal('idNumberEnc', idNumber),
    idNumberIndex: idNumber ? cipher.blindIndex(courtId, 'Party', 'idNumber', idNumber) : null,
    idNumberMasked: idNumber ? maskIdNumber(idNumber) : null,
    creditCode: input.creditCode ?? null,
    representative: input.representative ?? null,
    guardianName: named ?? null,
    guardianRelation: input.guardianRelation ?? guardians[0]?.relation ?? null,
    usesStation: input.usesStation,
  };
  await tx.party.create({ data });
  // A guardian who was only named acts as well, once checked and verified like any other.
  const toName =
    named && guardians.length === 0
      ? [...input.agents, { ...plainGuardian, name: named, ...relationOf(input) }]
      : input.agents;
  for (const [i, agent] of toName.entries())
    await insertAgent(tx, ctx, { caseId, partyId: id, ...agent }, `parties.${position}.agents.${i}.`);
  return id;
}
