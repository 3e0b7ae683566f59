import type { PartyHome } from '../../contract/sign-in.ts';
import { partyStep } from '../../domain/party-step.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { waitingRecord } from '../record/waiting-record.ts';
import { transact } from '../transact.ts';

type PartyPrincipal = Extract<Principal, { kind: 'party' }>;

/** Who the party is, what it is about, and the one step that comes next, from the case's own state. */
export async function readPartyHome(ctx: Ctx<PartyPrincipal>): Promise<PartyHome> {
  return transact(ctx, async (tx) => {
    const { principal } = ctx;
    if (principal.answeredAs === 'FAMILY') return familyHome(tx, ctx);
    const { case: theCase, facts: may } = await authoriseCase(tx, ctx, 'read', principal.caseId);
    const party = await tx.party.findUniqueOrThrow({
      where: { id: principal.partyId ?? '' },
      include: { consents: { where: { item: { in: ['MEDIATION', 'ONLINE'] } } } },
    });
    const session = await livingSession(tx, theCase.id);
    const agreement = await tx.agreement.findFirst({
      where: { caseId: theCase.id, status: { notIn: ['VOID', 'REFUSED'] } },
    });
    const answered = new Set(party.consents.map((c) => c.item));
    const waiting = await waitingRecord(tx, ctx);
    const facts = {
      caseStatus: theCase.status,
      via: principal.via,
      agent: principal.agentId !== null && !may.agentMaySettle,
      consentsAnswered: answered.has('MEDIATION') && answered.has('ONLINE'),
      session: session?.status ?? null,
      inquiry: session?.kind === 'CONFIRMATION_INQUIRY',
      seat: session ? await ownSeat(tx, session.id, principal) : null,
      agreement: agreement?.status ?? null,
      medium: agreement?.medium ?? theCase.medium,
      recordWaits: waiting !== null,
      place: await ownPlace(tx, agreement?.currentVersionId ?? null, principal),
    };
    return {
      name: principal.name,
      partyId: party.id,
      agent: principal.agentId !== null,
      via: principal.via,
      answeredAs: principal.answeredAs,
      caseId: theCase.id,
      caseTitle: theCase.title,
      caseNumber: theCase.number,
      caseStatus: theCase.status,
      committeeName: theCase.committee.name,
      stationName: theCase.station.name,
      stationPhone: theCase.station.phone,
      sessionId: session?.id ?? null,
      sessionStatus: session?.status ?? null,
      inquiry: facts.inquiry,
      startsAt: session?.plannedStart.toISOString() ?? null,
      agreementId: agreement?.id ?? null,
      medium: facts.medium,
      place: facts.place,
      recordWaits: waiting,
      step: partyStep(facts),
      demo: ctx.deps.settings.demo,
    };
  });
}

/** 家属代收: when and where, to be passed on; nothing about the dispute, and nothing to do in the party's name. */
async function familyHome(tx: Tx, ctx: Ctx<PartyPrincipal>): Promise<PartyHome> {
  const { principal } = ctx;
  const theCase = await tx.case.findUniqueOrThrow({
    where: { id: principal.caseId },
    include: { committee: true, station: true },
  });
  const session = await livingSession(tx, theCase.id);
  return {
    name: principal.name,
    partyId: principal.partyId ?? '',
    agent: principal.agentId !== null,
    via: principal.via,
    answeredAs: principal.answeredAs,
    caseId: theCase.id,
    caseTitle: '',
    caseNumber: null,
    caseStatus: theCase.status,
    committeeName: theCase.committee.name,
    stationName: theCase.station.name,
    stationPhone: theCase.station.phone,
    sessionId: null,
    sessionStatus: session?.status ?? null,
    inquiry: false,
    startsAt: session?.plannedStart.toISOString() ?? null,
    agreementId: null,
    medium: 'ELECTRONIC',
    place: 'NONE',
    recordWaits: null,
    step: 'FAMILY',
    demo: ctx.deps.settings.demo,
  };
}

const livingSession = (tx: Tx, caseId: string) =>
  tx.session.findFirst({
    where: { caseId, status: { in: ['SCHEDULED', 'CHECKING', 'OPEN', 'PAUSED', 'ONSITE'] } },
    orderBy: { plannedStart: 'asc' },
  });

async function ownSeat(tx: Tx, sessionId: string, principal: PartyPrincipal) {
  const seat = await tx.seat.findFirst({
    where: {
      sessionId,
      ...(principal.agentId
        ? { agentId: principal.agentId }
        : { partyId: principal.partyId ?? '', agentId: null }),
    },
    include: { admissions: { take: 1 }, denials: { where: { liftedAt: null }, take: 1 } },
  });
  if (!seat) return null;
  return {
    tested: seat.selfTest !== null || seat.enteredAt !== null,
    admitted: seat.admissions.length > 0,
    removed: seat.denials.length > 0,
  };
}

async function ownPlace(
  tx: Tx,
  versionId: string | null,
  principal: PartyPrincipal,
): Promise<'NONE' | 'OPEN' | 'SIGNED' | 'DECLINED'> {
  if (!versionId) return 'NONE';
  const slot = await tx.signature.findFirst({
    where: {
      versionId,
      ...(principal.agentId
        ? { agentId: principal.agentId }
        : { partyId: principal.partyId ?? '', agentId: null }),
    },
  });
  if (!slot) return 'NONE';
  if (slot.signedAt) return 'SIGNED';
  return slot.declinedAt ? 'DECLINED' : 'OPEN';
}
