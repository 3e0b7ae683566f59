import type { AgreementDocument, DocumentParty } from '../../contract/agreement-document.ts';
import type { DraftContent } from '../../contract/draft.ts';
import { Term } from '../../contract/terms.ts';
import { ageAt } from '../../domain/age.ts';
import { termText } from '../../domain/agreement/term-text.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { maskPhone } from '../../domain/phone.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Ctx, Tx } from '../context.ts';

const include = {
  station: true,
  committee: true,
  parties: { orderBy: { position: 'asc' }, include: { agents: { where: { verifiedAt: { not: null } } } } },
  appointments: {
    where: { status: 'ACCEPTED' },
    orderBy: { offeredAt: 'asc' },
    include: { staffUser: true },
  },
} satisfies Prisma.CaseInclude;

/**
 * The canonical content of a version: case, parties, wording of every term, and who must sign. An agent with verified
 * special authority signs for its party; otherwise the party itself. Every committee agreement names a recorder.
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
  const signers: AgreementDocument['signers'] = theCase.parties.map((party) => {
    const agent = party.agents.find(
      (a) => a.special && a.powers.includes('SETTLE') && a.powers.includes('SIGN'),
    );
    return agent
      ? { role: 'agent', name: agent.name, personId: agent.id, partyId: party.id }
      : { role: 'party', name: party.name, personId: party.id, partyId: party.id };
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
  const now = ctx.deps.clock.now();
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
    parties: theCase.parties.map((party) => partyOf(ctx, party, now)),
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

type PartyRow = Prisma.CaseGetPayload<{ include: typeof include }>['parties'][number];

function partyOf(ctx: Ctx, party: PartyRow, now: Date): DocumentParty {
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
    phone: phone ? maskPhone(phone) : null,
    address: open('addressEnc', party.addressEnc),
    idNumberMasked: party.idNumberMasked,
    creditCode: party.creditCode,
    representative: party.representative,
    guardian: party.guardianName,
    agents: party.agents.map((a) => ({ name: a.name, authority: a.special ? '特别授权' : '一般授权' })),
  };
}
