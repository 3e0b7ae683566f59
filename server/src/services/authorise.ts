import type { Action } from '../contract/actions.ts';
import type { AgentPower, Duty, SessionKind } from '../contract/enums.ts';
import { ageAt } from '../domain/age.ts';
import { DomainError } from '../domain/errors.ts';
import {
  allowedActions,
  dutiesInSession,
  noFacts,
  type PermissionFacts,
  requireCan,
} from '../domain/permissions.ts';
import { actsItself, isAuthorised, mayFor } from '../domain/representation.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { RawTx } from '../ports/statements.ts';
import type { Ctx, Principal, Tx } from './context.ts';

const caseInclude = {
  station: true,
  committee: true,
  appointments: { where: { status: { in: ['OFFERED', 'ACCEPTED'] as const } } },
} satisfies Prisma.CaseInclude;

export type CaseOfAct = Prisma.CaseGetPayload<{ include: typeof caseInclude }>;

export type Authorised = {
  /** The duty under which the act is done: every audit row names it. */
  duty: Duty;
  /** Every duty that the actor holds in this case. */
  duties: Duty[];
  case: CaseOfAct;
  facts: PermissionFacts;
};

/**
 * Permission for one act on one case. NOT_FOUND when the case is not the actor's to know of (another court's, another
 * station's, somebody else's), DUTY_MISSING, SPECIAL_AUTHORITY_REQUIRED or FORBIDDEN when it is but the act is not.
 */
export async function authoriseCase(
  tx: Tx,
  ctx: Ctx,
  action: Action,
  caseId: string,
  kind: SessionKind | null = null,
): Promise<Authorised> {
  const { duties, case: theCase, facts } = await actorOn(tx, ctx, caseId, kind);
  if (ctx.principal.kind === 'system') return { duty: 'DIRECTOR', duties, case: theCase, facts };
  const duty = requireCan(dutiesInSession(duties, action, kind), action, facts);
  if (binding.includes(action)) await refuseDoubted(tx, caseId);
  if (theCase.status === 'ARCHIVED' && filing.includes(action))
    throw new DomainError('ILLEGAL_TRANSITION', { status: theCase.status });
  return { duty, duties, case: theCase, facts };
}

/** Acts that bind somebody. While a party's capacity is in doubt none of them goes on. */
const binding: readonly Action[] = [
  'agree-to-text',
  'make-offer',
  'answer-offer',
  'freeze',
  'sign-as-party',
  'sign-as-agent',
  'sign-as-mediator',
  'sign-as-recorder',
  'seal',
  'confirm-facts',
  'apply-confirmation',
  'answer-correction',
];

/** Acts that add something to the file or change it: none of them once it is in the archive. */
const filing: readonly Action[] = [
  'edit',
  'upload',
  'add-agent',
  'verify-agent',
  'verify-identity',
  'confirm-service-address',
  'record-receipt',
  'propose-correction',
  'answer-correction',
  'record-performance',
  'remind-performance',
  'follow-up',
];

/** CAPACITY_DOUBTED with the name: nobody is bound before that is cleared up (民法典 21–24). */
async function refuseDoubted(tx: Tx, caseId: string): Promise<void> {
  const doubted = await tx.party.findFirst({ where: { caseId, capacityDoubtAt: { not: null } } });
  if (doubted)
    throw new DomainError('CAPACITY_DOUBTED', { name: doubted.name, basis: '民法典第21、22、24条' });
}

/** The same for an act on a session. */
export async function authoriseSession(tx: Tx, ctx: Ctx, action: Action, sessionId: string) {
  const session = await tx.session.findFirst({ where: { id: sessionId } });
  if (!session) throw new DomainError('NOT_FOUND', {}, true);
  return { session, ...(await authoriseCase(tx, ctx, action, session.caseId, session.kind)) };
}

/** Permission for an act that belongs to no case: by standing duties alone. */
export function authoriseCourt(ctx: Ctx, action: Action): Duty {
  const { principal } = ctx;
  if (principal.kind !== 'staff') throw new DomainError('DUTY_MISSING', { action });
  return requireCan(
    principal.duties.map((d) => d.duty),
    action,
    noFacts,
  );
}

/** What the actor may do on this case now, for the answer's `can`. */
export async function allowedOn(
  tx: Tx,
  ctx: Ctx,
  caseId: string,
  kind: SessionKind | null = null,
): Promise<{ can: Action[]; duties: Duty[]; facts: PermissionFacts }> {
  const { duties, facts } = await actorOn(tx, ctx, caseId, kind);
  return { can: allowedActions(duties, facts, kind), duties, facts };
}

async function actorOn(tx: Tx, ctx: Ctx, caseId: string, kind: SessionKind | null) {
  const theCase = await tx.case.findFirst({
    where: { AND: [{ id: caseId }, visibleCases(ctx)] },
    include: caseInclude,
  });
  if (!theCase) throw new DomainError('NOT_FOUND', {}, true);
  const duties = dutiesIn(ctx.principal, theCase);
  const facts = await factsOf(tx, ctx, theCase, duties);
  facts.inquiry = kind === 'CONFIRMATION_INQUIRY' && facts.courtAccess;
  return { case: theCase, duties, facts };
}

/**
 * Cases that the actor may know of, as a filter for every list and every single read. Row-level security has
 * already limited it to the court.
 */
export function visibleCases(ctx: Ctx): Prisma.CaseWhereInput {
  const { principal } = ctx;
  switch (principal.kind) {
    case 'system':
      return {};
    case 'party':
      return { id: principal.caseId };
    case 'device':
      return { stationId: principal.stationId };
    case 'staff': {
      const at = (duty: Duty) => principal.duties.filter((d) => d.duty === duty);
      const stations = [...at('DIRECTOR'), ...at('RECORDER')].flatMap((d) =>
        d.stationId ? [d.stationId] : [],
      );
      const committees = at('SEAL_HOLDER').flatMap((d) => (d.committeeId ? [d.committeeId] : []));
      const me = principal.staffUserId;
      const or: Prisma.CaseWhereInput[] = [
        { stationId: { in: stations } },
        {
          committeeId: { in: committees },
          agreements: { some: { status: { in: ['SIGNING', 'SEALING', 'EFFECTIVE'] } } },
        },
        { appointments: { some: { staffUserId: me, status: { in: ['OFFERED', 'ACCEPTED'] } } } },
      ];
      if (at('GUIDING_JUDGE').length > 0) or.push({ stationId: { in: principal.guidedStations } });
      if (at('CONFIRMING_JUDGE').length > 0)
        or.push({ confirmations: { some: { appliedAt: { not: null } } } });
      return { OR: or };
    }
  }
}

/**
 * Duties that count in this case. Standing: director and recorder at their station, seal-holder of the committee,
 * guiding judge by pairing with that very station. By appointment alone: mediator; a director who took the mediation
 * has one, and so has a judge of the town who took the station's call. An offer alone gives no duty.
 */
type DutyHolder = {
  stationId: string;
  committeeId: string;
  appointments: { staffUserId: string; duty: Duty; status: string }[];
};
export function dutiesIn(principal: Principal, theCase: DutyHolder): Duty[] {
  if (principal.kind === 'party') {
    // 家属代收: whoever holds the phone reads the invitation and does nothing in the party's name.
    if (principal.answeredAs === 'FAMILY') return [];
    return [principal.agentId ? 'AGENT' : 'PARTY'];
  }
  if (principal.kind !== 'staff') return [];
  const held = new Set<Duty>();
  for (const { duty, stationId, committeeId } of principal.duties) {
    if ((duty === 'DIRECTOR' || duty === 'RECORDER') && stationId === theCase.stationId) held.add(duty);
    if (duty === 'SEAL_HOLDER' && committeeId === theCase.committeeId) held.add(duty);
    if (duty === 'GUIDING_JUDGE' && principal.guidedStations.includes(theCase.stationId)) held.add(duty);
    if (duty === 'CONFIRMING_JUDGE') held.add(duty);
  }
  for (const appointment of theCase.appointments) {
    if (appointment.staffUserId !== principal.staffUserId) continue;
    if (appointment.status === 'ACCEPTED') held.add(appointment.duty);
  }
  return [...held];
}

/**
 * Whether every party agreed to this invited person by name: the newest answer of each to its own box stands
 * (人民调解法 20). Also asked by the join verb, in plain statements.
 */
export async function isInvitedByAll(tx: RawTx, caseId: string, principal: Principal): Promise<boolean> {
  if (principal.kind !== 'staff') return false;
  const rows = await tx.$queryRaw<{ agreed: boolean }[]>`
    SELECT COALESCE(bool_and(COALESCE((
        SELECT k.agreed AND k."withdrawnAt" IS NULL FROM "Consent" k
        WHERE k."partyId" = p.id AND k.item = 'INVITED_PERSON' AND k.subject = ${principal.staffUserId}
        ORDER BY k.at DESC, k.id DESC LIMIT 1), false)), false) AS agreed
    FROM "Party" p WHERE p."caseId" = ${caseId}::uuid`;
  return rows[0]?.agreed === true;
}

/** Whether every party agrees now that the court sees the file (PIPL 23). Also asked by the join verb. */
export async function courtMaySee(tx: RawTx, caseId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ agreed: boolean }[]>`
    SELECT COALESCE(bool_and(COALESCE((
        SELECT k.agreed AND k."withdrawnAt" IS NULL FROM "Consent" k
        WHERE k."partyId" = p.id AND k.item = 'COURT_ACCESS'
        ORDER BY k.at DESC, k.id DESC LIMIT 1), false)), false) AS agreed
    FROM "Party" p WHERE p."caseId" = ${caseId}::uuid`;
  return rows[0]?.agreed === true;
}

async function factsOf(tx: Tx, ctx: Ctx, theCase: CaseOfAct, duties: Duty[]): Promise<PermissionFacts> {
  const caseId = theCase.id;
  const facts: PermissionFacts = {
    ...noFacts,
    suspendedByDirector: theCase.suspendedDuty === 'DIRECTOR',
    suspendedByMediator: theCase.suspendedDuty === 'MEDIATOR',
  };
  const { principal } = ctx;
  if (principal.kind === 'party' && principal.partyId) {
    const now = ctx.deps.clock.now();
    const party = await tx.party.findUniqueOrThrow({
      where: { id: principal.partyId },
      include: { agents: true },
    });
    const agent = party.agents.find((a) => a.id === principal.agentId);
    const may = (power: AgentPower) => agent !== undefined && mayFor(agent, power, now);
    facts.actsItself = actsItself(party.birthDate && ageAt(party.birthDate, now), party.agents, now);
    facts.agentVerified = agent !== undefined && isAuthorised(agent, now);
    facts.agentMaySettle = may('SETTLE');
    facts.agentMaySign = may('SIGN');
    facts.agentMayAdmit = may('ADMIT');
  }
  if (duties.includes('INVITED') || duties.includes('POLICE_LIAISON'))
    facts.invitedAgreed = await isInvitedByAll(tx, caseId, principal);
  if (duties.includes('CONFIRMING_JUDGE')) facts.courtAccess = await courtMaySee(tx, caseId);
  return facts;
}
