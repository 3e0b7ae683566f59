import type { AgreementDocument, DocumentParty } from '../../contract/agreement-document.ts';
import type { DraftContent } from '../../contract/draft.ts';
import type { AgentPower } from '../../contract/enums.ts';
import { Term } from '../../contract/terms.ts';
import { ageAt } from '../../domain/age.ts';
import { termText } from '../../domain/agreement/term-text.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { maskPhone } from '../../domain/phone.ts';
import { isAuthorised, signerOf } from '../../domain/representation.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { forBothSides } from '../apart/conceal.ts';
import { standing } from '../apart/second-room.ts';
import type { Ctx, Tx } from '../context.ts';

const include = {
  protections: { where: standing },
  station: true,
  committee: true,
  parties: { orderBy: { position: 'asc' }, include: { agents: { orderBy: { id: 'asc' } } } },
  appointments: {
    where: { status: 'ACCEPTED' },
    orderBy: { offeredAt: 'asc' },
    include: { staffUser: true },
  },
} satisfies Prisma.CaseInclude;

/**
 * The canonical content of a version: case, parties, wording of every term, and who must sign. A minor's guardian signs
 * for it (GUARDIAN_REQUIRED without one), an agent with verified special authority for its party; otherwise the party
 * itself. Every committee agreement names a recorder.
 */
export async function buildAgreementDocument(
  tx: Tx,
  ctx: Ctx,
  input: {
    caseId: string;
    versionId: string;
    versionNumber: number;
    content: DraftContent;
    medium: 'ELECTRONIC' | 'PAPER';
  },
): Promise<AgreementDocument> {
  const theCase = await tx.case.findUniqueOrThrow({ where: { id: input.caseId }, include });
  const court = await tx.court.findUniqueOrThrow({ where: { id: theCase.courtId } });
  const named = (duty: string) => theCase.appointments.filter((a) => a.duty === duty);
  const [mediator, ...more] = named('MEDIATOR');
  const recorder = named('RECORDER')[0];
  if (!mediator || !recorder)
    throw new DomainError('DUTY_MISSING', { duty: mediator ? 'RECORDER' : 'MEDIATOR' });
  const now = ctx.deps.clock.now();
  const aids = await tx.signingAid.findMany({ where: { caseId: input.caseId, endedAt: null } });
  const signers: AgreementDocument['signers'] = theCase.parties.map((party) => {
    const age = party.birthDate ? ageAt(party.birthDate, now) : null;
    const signer = signerOf(age, party.agents, now);
    if (!signer) throw new DomainError('GUARDIAN_REQUIRED', { name: party.name, basis: '民法典第19、20条' });
    const by = signer.by === 'party' ? null : signer.agent;
    const aid = aids.find((a) => a.partyId === party.id && a.agentId === (by?.id ?? null));
    return {
      role: by ? 'agent' : 'party',
      name: by?.name ?? party.name,
      personId: by?.id ?? party.id,
      partyId: party.id,
      ...(by?.kind === 'GUARDIAN' ? { capacity: 'GUARDIAN' as const } : {}),
      ...(aid ? { thumbprint: { witness: aid.witnessName } } : {}),
      ...(!by && party.kind === 'ORGANISATION' && party.representative
        ? { representative: party.representative }
        : {}),
    };
  });
  for (const one of [mediator, ...more])
    signers.push({ role: 'mediator', name: one.staffUser.name, personId: one.staffUserId, partyId: null });
  signers.push({
    role: 'recorder',
    name: recorder.staffUser.name,
    personId: recorder.staffUserId,
    partyId: null,
  });
  signers.push({
    role: 'committee',
    name: theCase.committee.name,
    personId: theCase.committeeId,
    partyId: null,
  });
  const names = theCase.parties.map((p) => ({ id: p.id, name: p.name }));
  return {
    format: 1,
    title: '人民调解协议书',
    demo: ctx.deps.settings.demo,
    courtName: court.name,
    committeeName: theCase.committee.name,
    stationName: theCase.station.name,
    caseNumber: theCase.number ?? '',
    versionId: input.versionId,
    versionNumber: input.versionNumber,
    parties: theCase.parties.map((party) => partyOf(ctx, party, theCase.protections, now)),
    facts: input.content.facts.trim(),
    disputed: input.content.disputed.trim(),
    terms: input.content.terms.map((term) => {
      const block = Term.parse(term);
      return { text: termText(block, names), block };
    }),
    performance: input.content.performance.trim() || '按上述各项约定的方式和时限履行。',
    copies: theCase.parties.length + 1,
    date: shanghaiDay(now),
    basis: '人民调解法第28、29、31条',
    medium: input.medium,
    signers,
  };
}

type CaseRow = Prisma.CaseGetPayload<{ include: typeof include }>;
type PartyRow = CaseRow['parties'][number];

function partyOf(ctx: Ctx, party: PartyRow, protections: CaseRow['protections'], now: Date): DocumentParty {
  const open = (column: string, sealed: Uint8Array | null) =>
    sealed
      ? ctx.deps.cipher.decrypt({ courtId: party.courtId, table: 'Party', rowId: party.id, column }, sealed)
      : null;
  const phone = open('phoneEnc', party.phoneEnc);
  return {
    id: party.id,
    kind: party.kind,
    name: party.name,
    sex: party.sex,
    ethnicity: party.ethnicity,
    age: party.birthDate ? ageAt(party.birthDate, now) : null,
    occupation: party.occupation,
    phone: forBothSides(protections, party.id, phone ? maskPhone(phone) : null),
    address: forBothSides(protections, party.id, open('addressEnc', party.addressEnc)),
    idNumberMasked: party.idNumberMasked,
    creditCode: party.creditCode,
    representative: party.representative,
    guardian: party.guardianName,
    agents: party.agents
      .filter((a) => a.kind === 'AUTHORISED' && isAuthorised(a, now))
      .map((a) => ({
        name: a.name,
        authority: a.special ? `特别授权（${powersOf(a.powers)}）` : '一般授权',
      })),
  };
}

const powerNames: Record<AgentPower, string> = {
  ADMIT: '承认',
  WAIVE: '放弃',
  CHANGE_CLAIM: '变更请求',
  SETTLE: '和解',
  SIGN: '代为签署',
};
const powersOf = (powers: AgentPower[]): string => powers.map((power) => powerNames[power]).join('、');
