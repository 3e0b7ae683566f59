import type { CaseRow } from '../../contract/case.ts';
import type { Duty } from '../../contract/enums.ts';
import { nextStep } from '../../domain/next-step.ts';
import { dutiesIn, isInvitedByAll, visibleCases } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { selfTestOf } from '../session/self-test-of.ts';
import { transact } from '../transact.ts';
import { caseDetail, hasConsent, stepFacts } from './read-case.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/** Cases that the asking person takes part in, newest session first; membership is part of the query. At most 100. */
export async function listCases(ctx: Ctx<StaffPrincipal>): Promise<CaseRow[]> {
  return transact(ctx, async (tx) => {
    const found = await tx.case.findMany({
      where: visibleCases(ctx),
      include: caseDetail,
      orderBy: { updatedAt: 'desc' },
      take: 100,
    });
    const cases: typeof found = [];
    for (const each of found) if (await mayBeListed(tx, ctx, each)) cases.push(each);
    const versionIds = cases.flatMap((c) =>
      c.agreements[0]?.currentVersionId ? [c.agreements[0].currentVersionId] : [],
    );
    const signatures = await tx.signature.findMany({
      where: { versionId: { in: versionIds } },
      select: { versionId: true, staffUserId: true, partyId: true, role: true, signedAt: true },
    });
    const devices = await testedDevices(tx, cases);
    return cases.map((detail): CaseRow => {
      const mine = signatures.filter((s) => s.versionId === detail.agreements[0]?.currentVersionId);
      const session = detail.sessions.findLast((s) => s.status !== 'CANCELLED' && s.status !== 'ENDED');
      const named = (duty: string) =>
        detail.appointments.find((a) => a.duty === duty && a.status === 'ACCEPTED')?.staffUser.name ?? null;
      const open = detail.deadlines.find((d) => d.metAt === null);
      return {
        id: detail.id,
        number: detail.number,
        title: detail.title,
        status: detail.status,
        disputeType: detail.disputeType,
        stationName: detail.station.name,
        mediator: named('MEDIATOR'),
        judge: named('GUIDING_JUDGE'),
        nextStep: nextStep(stepFacts(ctx, detail, mine), dutiesIn(ctx.principal, detail)),
        session: session
          ? {
              id: session.id,
              status: session.status,
              plannedStart: session.plannedStart.toISOString(),
              plannedEnd: session.plannedEnd.toISOString(),
            }
          : null,
        readiness: {
          consents: detail.parties.every((p) => hasConsent(p, 'MEDIATION') && hasConsent(p, 'ONLINE')),
          identities: detail.parties.map((p) => ({ name: p.name, done: p.identityChecks.length > 0 })),
          devices: devices.get(session?.id ?? '') ?? [],
        },
        dueOn: open ? open.dueOn.toISOString().slice(0, 10) : null,
        agreement: detail.agreements[0]?.status ?? null,
      };
    });
  });
}

/** By session: the parties' own devices, with what their tests showed. */
async function testedDevices(
  tx: Tx,
  cases: { sessions: { id: string; status: string }[]; parties: { usesStation: boolean; id: string }[] }[],
): Promise<Map<string, CaseRow['readiness']['devices']>> {
  const own = cases.flatMap((c) => c.parties.filter((p) => !p.usesStation).map((p) => p.id));
  const planned = cases.flatMap((c) => c.sessions.filter((s) => s.status === 'SCHEDULED').map((s) => s.id));
  const seats = await tx.seat.findMany({
    where: { sessionId: { in: planned }, partyId: { in: own } },
    select: {
      sessionId: true,
      selfTest: true,
      party: { select: { name: true } },
      agent: { select: { name: true } },
    },
    orderBy: { id: 'asc' },
  });
  const bySession = new Map<string, CaseRow['readiness']['devices']>();
  for (const seat of seats) {
    const found = bySession.get(seat.sessionId) ?? [];
    found.push({ name: seat.agent?.name ?? seat.party?.name ?? '', test: selfTestOf(seat) });
    bySession.set(seat.sessionId, found);
  }
  return bySession;
}

const observing: readonly Duty[] = ['INVITED', 'POLICE_LIAISON'];

/** Somebody who is only invited knows of the case once every party agreed to them (人民调解法 20). */
async function mayBeListed(
  tx: Tx,
  ctx: Ctx<StaffPrincipal>,
  theCase: Parameters<typeof dutiesIn>[1] & { id: string },
): Promise<boolean> {
  const held = dutiesIn(ctx.principal, theCase);
  const onlyInvited = held.length > 0 && held.every((duty) => observing.includes(duty));
  return !onlyInvited || isInvitedByAll(tx, theCase.id, ctx.principal);
}
