import type { CaseView, PartyView } from '../../contract/case.ts';
import type { ConfirmationStatus } from '../../contract/enums.ts';
import { ageAt, capacityAt } from '../../domain/age.ts';
import { paperOnly } from '../../domain/hard-stops.ts';
import { type NextStepFacts, nextStep } from '../../domain/next-step.ts';
import { allowedActions } from '../../domain/permissions.ts';
import { maskPhone } from '../../domain/phone.ts';
import { isAuthorised } from '../../domain/representation.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { noteAddress } from '../apart/protect-person.ts';
import { standing } from '../apart/second-room.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { caseFlags } from '../flags/case-flags.ts';
import { transact } from '../transact.ts';

/** What the answers and the next step need of a case; lists and the page share it. */
export const caseDetail = {
  station: true,
  committee: true,
  parties: {
    orderBy: { position: 'asc' },
    include: {
      consents: { orderBy: { at: 'asc' }, include: { recordedBy: true, wording: true } },
      identityChecks: {
        where: { agentId: null },
        orderBy: { checkedAt: 'desc' },
        take: 1,
        include: { checkedBy: true, attestedBy: true },
      },
      agents: {
        orderBy: { id: 'asc' },
        include: {
          verifiedBy: true,
          identityChecks: {
            orderBy: { checkedAt: 'desc' },
            take: 1,
            include: { checkedBy: true, attestedBy: true },
          },
        },
      },
      invitations: { where: { revokedAt: null }, take: 1 },
      partySessions: { take: 1 },
      signingAids: { where: { agentId: null, endedAt: null }, take: 1 },
    },
  },
  appointments: { orderBy: { offeredAt: 'asc' }, include: { staffUser: true } },
  sessions: { orderBy: { plannedStart: 'asc' } },
  deadlines: { orderBy: { dueOn: 'asc' } },
  requestsOfParties: { where: { settledAt: null }, orderBy: { at: 'asc' }, include: { party: true } },
  attachments: { orderBy: { createdAt: 'asc' } },
  agreements: { where: { status: { notIn: ['VOID', 'REFUSED'] } }, take: 1 },
  confirmations: { orderBy: { createdAt: 'desc' }, take: 1 },
  // The court itself serves its ruling: nobody at the station waits for that receipt.
  services: { where: { document: { kind: { not: 'CONFIRMATION_RULING' } } } },
  performances: true,
  protections: { where: standing, orderBy: { at: 'asc' }, include: { party: true, by: true } },
} satisfies Prisma.CaseInclude;
export type CaseDetail = Prisma.CaseGetPayload<{ include: typeof caseDetail }>;

/** The case as the asking person may see it: personal values masked, with what they may do and what comes next. */
export async function readCase(ctx: Ctx, caseId: string): Promise<CaseView> {
  return transact(ctx, async (tx) => {
    const { duties, facts } = await authoriseCase(tx, ctx, 'read', caseId);
    const detail = await tx.case.findUniqueOrThrow({ where: { id: caseId }, include: caseDetail });
    const court = await tx.court.findUniqueOrThrow({ where: { id: detail.courtId } });
    const isParty = ctx.principal.kind === 'party';
    const can = allowedActions(duties, facts);
    const agreement = detail.agreements[0];
    const signatures = agreement?.currentVersionId
      ? await tx.signature.findMany({
          where: { versionId: agreement.currentVersionId },
          select: { staffUserId: true, partyId: true, role: true, signedAt: true },
        })
      : [];
    return {
      id: detail.id,
      number: detail.number,
      title: detail.title,
      track: detail.track,
      status: detail.status,
      disputeType: detail.disputeType,
      facts: detail.facts,
      requests: detail.requests,
      source: detail.source,
      walkIn: detail.walkIn,
      medium: agreement?.medium ?? detail.medium,
      endCode: detail.endCode,
      endReason: isParty ? null : detail.endReason,
      suspended:
        detail.suspendedAt && !isParty
          ? { at: detail.suspendedAt.toISOString(), reason: detail.suspendReason ?? '' }
          : null,
      asked: detail.requestsOfParties
        .filter((r) => !isParty || (ctx.principal.kind === 'party' && r.partyId === ctx.principal.partyId))
        .map((r) => ({
          kind: r.kind,
          partyId: r.partyId,
          name: r.party.name,
          reason: r.reason,
          at: r.at.toISOString(),
        })),
      observers: observersOf(detail),
      keptApart: detail.protections.length > 0,
      protections: can.includes('protect-person')
        ? detail.protections.map((one) => protectionView(ctx, one))
        : [],
      flags: can.includes('look-at-flag') ? await caseFlags(tx, ctx, caseId) : [],
      registeredAt: detail.registeredAt.toISOString(),
      effectiveAt: detail.effectiveAt?.toISOString() ?? null,
      courtName: court.name,
      committeeName: detail.committee.name,
      station: { id: detail.stationId, name: detail.station.name, phone: detail.station.phone },
      parties: detail.parties.map((party) => partyView(ctx, party, isParty, detail.protections.length > 0)),
      appointments: detail.appointments
        .filter((a) => a.status === 'OFFERED' || a.status === 'ACCEPTED')
        .map((a) => ({
          id: a.id,
          staffUserId: a.staffUserId,
          name: a.staffUser.name,
          duty: a.duty,
          status: a.status,
          disclosed: a.disclosedAt !== null,
          statement: (a.disclosure as { statement?: string } | null)?.statement ?? null,
        })),
      sessions: detail.sessions.map((s) => ({
        id: s.id,
        kind: s.kind,
        status: s.status,
        plannedStart: s.plannedStart.toISOString(),
        plannedEnd: s.plannedEnd.toISOString(),
        result: s.result,
      })),
      deadlines: isParty
        ? []
        : detail.deadlines.map((d) => ({
            kind: d.kind,
            dueOn: d.dueOn.toISOString().slice(0, 10),
            basis: d.basis,
            met: d.metAt !== null,
          })),
      attachments: detail.attachments
        .filter((a) => !isParty || a.kind === 'EVIDENCE' || a.kind === 'RECEIPT' || isOwn(ctx, a))
        .map((a) => ({
          id: a.id,
          name: a.name,
          kind: a.kind,
          mime: a.mime,
          size: a.size,
          sha256: a.sha256,
          partyId: a.partyId,
          originalSeen: a.originalSeen,
        })),
      agreement: agreement
        ? {
            id: agreement.id,
            status: agreement.status,
            medium: agreement.medium,
            effectiveAt: agreement.effectiveAt?.toISOString() ?? null,
          }
        : null,
      paperOnly: paperOnly(detail.disputeType),
      duties,
      can,
      nextStep: nextStep(stepFacts(ctx, detail, signatures), duties),
    };
  });
}

function protectionView(ctx: Ctx, one: CaseDetail['protections'][number]): CaseView['protections'][number] {
  return {
    id: one.id,
    name: one.party?.name ?? null,
    because: one.because,
    note: one.noteEnc ? ctx.deps.cipher.decrypt(noteAddress(one.courtId, one.id), one.noteEnc) : '',
    by: one.by?.name ?? null,
    at: one.at.toISOString(),
  };
}

/** Invited people; the newest answer of each party to each of them stands. */
function observersOf(detail: CaseDetail): CaseView['observers'] {
  const invited = detail.appointments.filter(
    (a) => a.status === 'ACCEPTED' && (a.duty === 'POLICE_LIAISON' || a.duty === 'INVITED'),
  );
  return invited.map(({ staffUserId, staffUser, duty, inviteAs, language }) => {
    const agreed = detail.parties
      .filter((party) => {
        const last = party.consents.findLast((c) => c.item === 'INVITED_PERSON' && c.subject === staffUserId);
        return last?.agreed === true && last.withdrawnAt === null;
      })
      .map((party) => party.id);
    const admissible = agreed.length === detail.parties.length;
    return { staffUserId, name: staffUser.name, duty, as: inviteAs, language, agreed, admissible };
  });
}

/** What a party sent itself, identity papers included. */
function isOwn(ctx: Ctx, { partyId, uploadedById }: CaseDetail['attachments'][number]): boolean {
  return ctx.principal.kind === 'party' && uploadedById === null && partyId === ctx.principal.partyId;
}

type SignatureFact = {
  staffUserId: string | null;
  partyId: string | null;
  role: string;
  signedAt: Date | null;
};

/** Facts of the next-step rule, from one loaded case. */
export function stepFacts(ctx: Ctx, detail: CaseDetail, signatures: SignatureFact[]): NextStepFacts {
  const me = ctx.principal.kind === 'staff' ? ctx.principal.staffUserId : null;
  const accepted = detail.appointments.filter((a) => a.status === 'ACCEPTED');
  const mediators = accepted.filter((a) => a.duty === 'MEDIATOR');
  const agreement = detail.agreements[0];
  const partiesSigned = signatures
    .filter((s) => s.role === 'party' || s.role === 'agent')
    .every((s) => s.signedAt);
  return {
    caseStatus: detail.status,
    mediatorAccepted: mediators.length > 0,
    offeredToMe: detail.appointments.some((a) => a.status === 'OFFERED' && a.staffUserId === me),
    disclosed: mediators.length > 0 && mediators.every((a) => a.disclosedAt !== null),
    consentsMissing: detail.parties.some(
      (party) => !hasConsent(party, 'MEDIATION') || !hasConsent(party, 'ONLINE'),
    ),
    identityMissing: detail.parties.some((party) => party.identityChecks.length === 0),
    identityUnattested: detail.parties.some((party) =>
      party.identityChecks.some((c) => !c.attestedAt && !c.witnessName),
    ),
    session:
      detail.sessions.findLast((s) => s.status !== 'CANCELLED' && s.status !== 'ENDED')?.status ?? null,
    agreement: agreement?.status ?? null,
    paper: agreement?.medium === 'PAPER',
    mySignature:
      partiesSigned &&
      me !== null &&
      signatures.some((s) => s.staffUserId === me && s.role !== 'committee' && s.signedAt === null),
    allSigned:
      signatures.length > 0 && signatures.every((s) => s.role === 'committee' || s.signedAt !== null),
    receiptMissing: detail.services.some((s) => s.status !== 'SIGNED_FOR' && s.status !== 'READ'),
    confirmation: confirmationFact(detail.confirmations[0]),
    performanceOpen: detail.performances.some((p) => p.status === 'PENDING'),
  };
}

/** What still asks somebody to do something: a living application, or a rejection after which nobody has chosen a way. */
function confirmationFact(
  newest: CaseDetail['confirmations'][number] | undefined,
): ConfirmationStatus | null {
  if (!newest) return null;
  if (newest.decidedAt === null) return newest.status;
  return newest.status === 'REJECTED' && newest.nextWay === null ? 'REJECTED' : null;
}

/** The last answer to one box stands, unless withdrawn. */
export function hasConsent(
  party: { consents: { item: string; agreed: boolean; withdrawnAt: Date | null }[] },
  item: string,
): boolean {
  const last = party.consents.findLast((c) => c.item === item);
  return last?.agreed === true && last.withdrawnAt === null;
}

function partyView(
  ctx: Ctx,
  party: CaseDetail['parties'][number],
  forParty: boolean,
  keptApart: boolean,
): PartyView {
  const own = ctx.principal.kind === 'party' && ctx.principal.partyId === party.id;
  const visible = !forParty || own;
  /** Where the other side is, and whether it came, is no business of a side that must not meet it. */
  const known = visible || !keptApart;
  const open = (column: string, sealed: Uint8Array | null) =>
    sealed
      ? ctx.deps.cipher.decrypt({ courtId: party.courtId, table: 'Party', rowId: party.id, column }, sealed)
      : null;
  const phone = open('phoneEnc', party.phoneEnc);
  const check = party.identityChecks[0];
  const age = party.birthDate ? ageAt(party.birthDate, ctx.deps.clock.now()) : null;
  const latest = new Map(party.consents.map((c) => [c.item, c]));
  return {
    id: party.id,
    side: party.side,
    kind: party.kind,
    name: party.name,
    sex: visible ? party.sex : null,
    ethnicity: visible ? party.ethnicity : null,
    age: visible ? age : null,
    occupation: visible ? party.occupation : null,
    maskedPhone: visible && phone ? maskPhone(phone) : null,
    address: visible ? open('addressEnc', party.addressEnc) : null,
    idNumberMasked: visible ? party.idNumberMasked : null,
    creditCode: party.creditCode,
    representative: party.representative,
    guardianName: visible ? party.guardianName : null,
    usesStation: known && party.usesStation,
    witness: forParty ? null : (party.signingAids[0]?.witnessName ?? null),
    capacity: age === null ? 'FULL' : capacityAt(age),
    capacityDoubt: forParty ? null : party.capacityDoubt,
    invited: known && party.invitations.length > 0,
    signedIn: known && party.partySessions.length > 0,
    consents: visible
      ? [...latest.values()].map((c) => ({
          item: c.item,
          agreed: c.agreed,
          at: c.at.toISOString(),
          withdrawnAt: c.withdrawnAt?.toISOString() ?? null,
          recordedBy: c.recordedBy?.name ?? null,
          version: c.wording.version,
        }))
      : [],
    identity:
      check && known
        ? {
            method: check.method,
            checkedBy: check.checkedBy.name,
            checkedAt: check.checkedAt.toISOString(),
            attestedBy: check.attestedBy?.name ?? null,
            witness: check.witnessName,
          }
        : null,
    agents: party.agents.map((agent) => agentView(ctx, agent, { visible, known })),
  };
}

type AgentRow = CaseDetail['parties'][number]['agents'][number];

function agentView(
  ctx: Ctx,
  agent: AgentRow,
  { visible, known }: { visible: boolean; known: boolean },
): PartyView['agents'][number] {
  const at = { courtId: agent.courtId, table: 'Agent', rowId: agent.id, column: 'phoneEnc' };
  const check = agent.identityChecks[0];
  const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
  return {
    id: agent.id,
    kind: agent.kind,
    name: agent.name,
    relation: agent.relation,
    maskedPhone: visible && agent.phoneEnc ? maskPhone(ctx.deps.cipher.decrypt(at, agent.phoneEnc)) : null,
    idNumberMasked: visible ? agent.idNumberMasked : null,
    special: agent.special,
    powers: agent.powers,
    validFrom: day(agent.validFrom),
    validTo: day(agent.validTo),
    verifiedBy: agent.verifiedBy?.name ?? null,
    verified: isAuthorised(agent, ctx.deps.clock.now()),
    mine: ctx.principal.kind === 'staff' && agent.enteredById === ctx.principal.staffUserId,
    consented: agent.consentedAt !== null,
    identity:
      check && known
        ? { checkedBy: check.checkedBy.name, attestedBy: check.attestedBy?.name ?? check.witnessName }
        : null,
    proofId: visible ? agent.proofId : null,
  };
}
