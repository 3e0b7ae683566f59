import type { z } from 'zod';
import type { RespondInput } from '../../contract/case.ts';
import type { Duty } from '../../contract/enums.ts';
import { dayAsDate, lastDayOrEstimate, shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { barredTogether, noFacts, requireCan } from '../../domain/permissions.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase, type CaseOfAct } from '../authorise.ts';
import { transitionCase } from '../case/transition-case.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { transact } from '../transact.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/** Mediators on the roster of the case's committee, for the director's choice. */
export async function listMediators(ctx: Ctx, caseId: string) {
  return transact(ctx, async (tx) => {
    const { case: theCase } = await authoriseCase(tx, ctx, 'offer-mediator', caseId);
    return tx.staffUser.findMany({
      where: {
        disabledAt: null,
        duties: { some: { duty: 'MEDIATOR', committeeId: theCase.committeeId, until: null } },
      },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
    });
  });
}

/** Offers the case to a mediator of the roster; silence for three working days lapses (参照在线调解规则 12). */
export async function offerMediator(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; staffUserId: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'offer-mediator', input.caseId);
    await onRoster(tx, theCase, input.staffUserId);
    if (theCase.appointments.some((a) => a.duty === 'MEDIATOR' && a.status === 'ACCEPTED'))
      throw new DomainError('CONFLICT');
    await refuseBarred(tx, ctx, theCase, input.staffUserId, 'MEDIATOR');
    const now = ctx.deps.clock.now();
    const dueAt = dayAsDate(lastDayOrEstimate('ACCEPT_APPOINTMENT', shanghaiDay(now)).day);
    const appointment = await tx.appointment.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        staffUserId: input.staffUserId,
        duty: 'MEDIATOR',
        status: 'OFFERED',
        lead: true,
        offeredAt: now,
        dueAt,
        chosenBy: 'COMMITTEE',
      },
    });
    if (theCase.status === 'APPLIED') await transitionCase(tx, theCase, 'screen');
    await transitionCase(tx, theCase, 'assign');
    await appendAudit(tx, ctx, {
      action: 'offer-mediator',
      subject: { type: 'appointment', id: appointment.id },
      caseId: theCase.id,
      duty,
      data: { staffUserId: input.staffUserId },
      topics: [`user:${input.staffUserId}`, `station:${theCase.stationId}`],
    });
  });
}

/** Offers that wait for the asking mediator: enough to know of ties, no more. */
export async function listOffers(ctx: Ctx<StaffPrincipal>) {
  return transact(ctx, async (tx) => {
    const rows = await tx.appointment.findMany({
      where: { staffUserId: ctx.principal.staffUserId, status: 'OFFERED' },
      include: { case: { include: { parties: { orderBy: { position: 'asc' } } } } },
      orderBy: { offeredAt: 'asc' },
    });
    return rows.map((row) => ({
      appointmentId: row.id,
      caseId: row.caseId,
      title: row.case.title,
      disputeType: row.case.disputeType,
      parties: row.case.parties.map((p) => p.name),
      dueAt: row.dueAt?.toISOString() ?? null,
    }));
  });
}

/**
 * Accepts with disclosure of ties (在线调解规则 13) or declines with a reason. Of two answers at the same moment, or two
 * mediators, one wins; the other gets CONFLICT.
 */
export async function respondToOffer(
  ctx: Ctx<StaffPrincipal>,
  input: { appointmentId: string } & z.infer<typeof RespondInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = requireCan(
      ctx.principal.duties.map((d) => d.duty),
      'respond-offer',
      noFacts,
    );
    const offer = await tx.appointment.findFirst({
      where: { id: input.appointmentId, staffUserId: ctx.principal.staffUserId },
      include: {
        case: {
          include: {
            station: true,
            committee: true,
            appointments: { where: { status: { in: ['OFFERED', 'ACCEPTED'] } } },
          },
        },
      },
    });
    if (!offer) throw new DomainError('NOT_FOUND');
    const now = ctx.deps.clock.now();
    const answer = input.accept
      ? {
          status: 'ACCEPTED' as const,
          disclosure: { ties: input.ties, statement: input.statement },
          disclosedAt: now,
        }
      : { status: 'DECLINED' as const, reason: input.reason };
    const changed = await tx.appointment.updateMany({
      where: { id: offer.id, status: 'OFFERED' },
      data: { ...answer, respondedAt: now },
    });
    if (changed.count !== 1) throw new DomainError('CONFLICT');
    const { case: theCase } = offer;
    if (input.accept) {
      if (theCase.appointments.some((a) => a.duty === 'MEDIATOR' && a.status === 'ACCEPTED'))
        throw new DomainError('CONFLICT');
      await acceptCase(tx, ctx, theCase);
    } else await transitionCase(tx, theCase, 'decline-assignment');
    await appendAudit(tx, ctx, {
      action: 'respond-offer',
      subject: { type: 'appointment', id: offer.id },
      caseId: theCase.id,
      duty,
      data: { accepted: input.accept },
      topics: [`station:${theCase.stationId}`, `user:${ctx.principal.staffUserId}`],
    });
  });
}

/** 本次由我主持调解: a director on the roster takes the mediation of this case, with disclosure. */
export async function takeMediation(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; ties: string[]; statement: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'take-mediation', input.caseId);
    const me = ctx.principal.staffUserId;
    await onRoster(tx, theCase, me);
    if (theCase.appointments.some((a) => a.duty === 'MEDIATOR')) throw new DomainError('CONFLICT');
    await refuseBarred(tx, ctx, theCase, me, 'MEDIATOR');
    const now = ctx.deps.clock.now();
    const disclosure = { ties: input.ties, statement: input.statement };
    const appointment = await tx.appointment.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        staffUserId: me,
        duty: 'MEDIATOR',
        status: 'ACCEPTED',
        lead: true,
        offeredAt: now,
        respondedAt: now,
        disclosure,
        disclosedAt: now,
        chosenBy: 'SELF',
      },
    });
    if (theCase.status === 'APPLIED') await transitionCase(tx, theCase, 'screen');
    await acceptCase(tx, ctx, theCase);
    await appendAudit(tx, ctx, {
      action: 'take-mediation',
      subject: { type: 'appointment', id: appointment.id },
      caseId: theCase.id,
      duty,
      topics: [`station:${theCase.stationId}`],
    });
  });
}

/** The case is accepted: judge by the station's pairing, recorder of the station, both by name from now on. */
async function acceptCase(tx: Tx, ctx: Ctx<StaffPrincipal>, theCase: CaseOfAct): Promise<void> {
  const now = ctx.deps.clock.now();
  if (theCase.status !== 'ACCEPTED') await transitionCase(tx, theCase, 'accept', { acceptedAt: now });
  const pairing = await tx.pairing.findFirst({ where: { stationId: theCase.stationId, until: null } });
  const recorder = await tx.staffUser.findFirst({
    where: {
      disabledAt: null,
      duties: { some: { duty: 'RECORDER', stationId: theCase.stationId, until: null } },
    },
    orderBy: { createdAt: 'asc' },
  });
  const also: [Duty, string | undefined][] = [
    ['GUIDING_JUDGE', pairing?.judgeId],
    ['RECORDER', recorder?.id],
  ];
  for (const [duty, staffUserId] of also) {
    if (!staffUserId || theCase.appointments.some((a) => a.duty === duty && a.status === 'ACCEPTED'))
      continue;
    await tx.appointment.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        staffUserId,
        duty,
        status: 'ACCEPTED',
        offeredAt: now,
        respondedAt: now,
        chosenBy: 'PAIRING',
      },
    });
  }
}

async function onRoster(tx: Tx, theCase: CaseOfAct, staffUserId: string): Promise<void> {
  const found = await tx.dutyAssignment.count({
    where: {
      staffUserId,
      duty: 'MEDIATOR',
      committeeId: theCase.committeeId,
      until: null,
      staffUser: { disabledAt: null },
    },
  });
  if (found === 0) throw new DomainError('DUTY_MISSING', { duty: 'MEDIATOR' });
}

/** Barred together in one case (domain.md section 1): a party's or agent's own number counts as the same person. */
async function refuseBarred(
  tx: Tx,
  ctx: Ctx<StaffPrincipal>,
  theCase: CaseOfAct,
  staffUserId: string,
  duty: Duty,
): Promise<void> {
  const held = theCase.appointments.filter((a) => a.staffUserId === staffUserId).map((a) => a.duty);
  const pairing = await tx.pairing.count({
    where: { stationId: theCase.stationId, until: null, judgeId: staffUserId },
  });
  const barred = barredTogether([...held, duty, ...(pairing > 0 ? (['GUIDING_JUDGE'] as const) : [])]);
  if (barred && !barred.warnOnly) throw new DomainError('DUTIES_BARRED', { pair: barred.pair });
  await refuseOwnCase(tx, ctx, theCase, staffUserId, duty);
}

/** Nobody mediates a matter in which their own telephone number is a party's or an agent's. */
async function refuseOwnCase(
  tx: Tx,
  ctx: Ctx<StaffPrincipal>,
  theCase: CaseOfAct,
  staffUserId: string,
  duty: Duty,
): Promise<void> {
  const { courtId } = theCase;
  const { phoneEnc } = await tx.staffUser.findUniqueOrThrow({ where: { id: staffUserId } });
  if (!phoneEnc) return;
  const { cipher } = ctx.deps;
  const at = { courtId, table: 'StaffUser', rowId: staffUserId, column: 'phoneEnc' };
  const phone = cipher.decrypt(at, phoneEnc);
  const index = (table: string) => cipher.blindIndex(courtId, table, 'phone', phone);
  const ofCase = { caseId: theCase.id };
  if ((await tx.party.count({ where: { ...ofCase, phoneIndex: index('Party') } })) > 0)
    throw new DomainError('DUTIES_BARRED', { pair: ['PARTY', duty] });
  if ((await tx.agent.count({ where: { ...ofCase, phoneIndex: index('Agent') } })) > 0)
    throw new DomainError('DUTIES_BARRED', { pair: ['AGENT', duty] });
}
