import type { z } from 'zod';
import { invitedWordingV1 } from '../../contract/consent-wordings.ts';
import type { ObserverInput } from '../../contract/representation.ts';
import { DomainError } from '../../domain/errors.ts';
import { barredAnywhere } from '../../domain/permissions.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { standingWording } from '../consents/standing-wording.ts';
import type { Ctx, Principal } from '../context.ts';
import { createSeats } from '../session/create-seats.ts';
import { putOut } from '../session/seat-owner.ts';
import { transact } from '../transact.ts';
import { everybodyOf } from './suspend.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;
const observing = ['POLICE_LIAISON', 'INVITED'] as const;

/** Colleagues who may be invited: nobody who holds another duty in this case. */
export async function listInvitable(ctx: StaffCtx, input: { caseId: string }) {
  return transact(ctx, async (tx) => {
    const { case: theCase } = await authoriseCase(tx, ctx, 'invite-observer', input.caseId);
    const people = await tx.staffUser.findMany({
      where: {
        disabledAt: null,
        id: { notIn: theCase.appointments.map((a) => a.staffUserId) },
        duties: { none: { duty: { in: ['ADMINISTRATOR', 'AUDITOR'] }, until: null } },
      },
      orderBy: { name: 'asc' },
      include: { duties: { where: { duty: 'POLICE_LIAISON', until: null } } },
    });
    return people.map(({ id, name, duties }) => ({ id, name, liaison: duties.length > 0 }));
  });
}

/**
 * Invites a police liaison or another person to take part (人民调解法 20). They see and hear nothing before every party
 * agreed to them by name. DUTY_MISSING for a liaison who is none, CONFLICT for who has a duty in this case already.
 */
export async function inviteObserver(
  ctx: StaffCtx,
  input: { caseId: string } & z.infer<typeof ObserverInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'invite-observer', input.caseId);
    const person = await tx.staffUser.findFirst({
      where: { id: input.staffUserId, disabledAt: null },
      include: { duties: { where: { until: null } } },
    });
    if (!person) throw new DomainError('NOT_FOUND');
    const held = person.duties.map((d) => d.duty);
    const barred = barredAnywhere([...held, input.duty]);
    if (barred) throw new DomainError('DUTIES_BARRED', { pair: barred });
    if (input.duty === 'POLICE_LIAISON' && !held.includes('POLICE_LIAISON'))
      throw new DomainError('DUTY_MISSING', { duty: 'POLICE_LIAISON' });
    if (theCase.appointments.some((a) => a.staffUserId === person.id)) throw new DomainError('CONFLICT');
    const now = ctx.deps.clock.now();
    await tx.appointment.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        staffUserId: person.id,
        duty: input.duty,
        status: 'ACCEPTED',
        offeredAt: now,
        respondedAt: now,
        chosenBy: 'COMMITTEE',
        inviteAs: input.duty === 'INVITED' ? input.as : null,
        language: input.language ?? null,
      },
    });
    const living = await tx.session.findMany({
      where: { caseId: theCase.id, status: { notIn: ['ENDED', 'CANCELLED'] } },
      select: { id: true },
    });
    for (const session of living) await createSeats(tx, ctx, session.id);
    await appendAudit(tx, ctx, {
      action: 'invite-observer',
      subject: { type: 'staff', id: person.id },
      caseId: theCase.id,
      duty,
      data: { duty: input.duty, as: input.as },
      topics: [...everybodyOf(theCase), `user:${person.id}`],
    });
  });
}

/**
 * A party's own yes or no to one invited person. A no, or a yes taken back, works forward: the person gets no new
 * token, and an open connection is cut.
 */
export async function answerObserver(
  ctx: Ctx,
  input: { caseId: string; partyId: string; staffUserId: string; agreed: boolean },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { principal } = ctx;
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'record-consent', input.caseId);
    if (principal.kind === 'party' && principal.partyId !== input.partyId) throw new DomainError('FORBIDDEN');
    const party = await tx.party.count({ where: { id: input.partyId, caseId: theCase.id } });
    const invited = theCase.appointments.some(
      (a) => a.staffUserId === input.staffUserId && observing.some((each) => each === a.duty),
    );
    if (party !== 1 || !invited) throw new DomainError('NOT_FOUND');
    const now = ctx.deps.clock.now();
    const own = { partyId: input.partyId, item: 'INVITED_PERSON' as const, subject: input.staffUserId };
    if (!input.agreed)
      await tx.consent.updateMany({
        where: { ...own, agreed: true, withdrawnAt: null },
        data: { withdrawnAt: now },
      });
    const wordingId = await standingWording(tx, theCase.courtId, invitedWordingV1);
    await tx.consent.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        ...own,
        agentId: principal.kind === 'party' ? principal.agentId : null,
        wordingId,
        agreed: input.agreed,
        at: now,
        recordedById: principal.kind === 'staff' ? principal.staffUserId : null,
      },
    });
    if (!input.agreed)
      await putOut(tx, ctx, {
        staffUserId: input.staffUserId,
        kind: { in: ['INVITED', 'INTERPRETER', 'OBSERVER'] },
        session: { caseId: theCase.id },
      });
    await appendAudit(tx, ctx, {
      action: 'record-consent',
      subject: { type: 'party', id: input.partyId },
      caseId: theCase.id,
      duty,
      data: { answers: [`INVITED_PERSON:${input.agreed ? 'yes' : 'no'}`], about: input.staffUserId },
      topics: everybodyOf(theCase),
    });
  });
}
