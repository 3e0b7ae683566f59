import type { CaseRow } from '../../contract/case.ts';
import { nextStep } from '../../domain/next-step.ts';
import { dutiesIn, visibleCases } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { caseDetail, hasConsent, stepFacts } from './read-case.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/** Cases that the asking person takes part in, newest session first; membership is part of the query. At most 100. */
export async function listCases(ctx: Ctx<StaffPrincipal>): Promise<CaseRow[]> {
  return transact(ctx, async (tx) => {
    const cases = await tx.case.findMany({
      where: visibleCases(ctx),
      include: caseDetail,
      orderBy: { updatedAt: 'desc' },
      take: 100,
    });
    const versionIds = cases.flatMap((c) =>
      c.agreements[0]?.currentVersionId ? [c.agreements[0].currentVersionId] : [],
    );
    const signatures = await tx.signature.findMany({
      where: { versionId: { in: versionIds } },
      select: { versionId: true, staffUserId: true, partyId: true, role: true, signedAt: true },
    });
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
        },
        dueOn: open ? open.dueOn.toISOString().slice(0, 10) : null,
        agreement: detail.agreements[0]?.status ?? null,
      };
    });
  });
}
