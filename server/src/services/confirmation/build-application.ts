import type { AgreementDocument } from '../../contract/agreement-document.ts';
import type { Applicant, ApplicationDocument } from '../../contract/confirmation.ts';
import { ageAt } from '../../domain/age.ts';
import { formatDay } from '../../domain/dates.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { isAuthorised, signerOf } from '../../domain/representation.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { forBothSides } from '../apart/conceal.ts';
import { standing } from '../apart/second-room.ts';
import type { Ctx, Tx } from '../context.ts';

const include = {
  protections: { where: standing },
  committee: true,
  parties: { orderBy: { position: 'asc' }, include: { agents: { orderBy: { id: 'asc' } } } },
} satisfies Prisma.CaseInclude;

/** No collusion, and who answers for damage: the form's own sentence. */
const pledge =
  '申请人出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；如果因为该协议内容而给他人造成损害的，愿意承担相应的民事责任和其他法律责任。';

/** What goes with it, in the form's order. */
const attachments = [
  '调解协议',
  '调解组织主持调解的证明',
  '申请人身份证明、资格证明',
  '与调解协议相关的财产权利证明等材料',
  '送达地址确认书',
];

/**
 * The joint application for judicial confirmation: both sides applicants, the agreement's clauses word by word. Whoever
 * signs the agreement's place for a party signs here. GUARDIAN_REQUIRED, ID_NUMBER_INVALID when somebody's is not known.
 */
export async function buildApplication(
  tx: Tx,
  ctx: Ctx,
  input: {
    caseId: string;
    versionId: string;
    versionNumber: number;
    agreement: { document: AgreementDocument; effectiveAt: Date; sha256: string };
    medium: 'ELECTRONIC' | 'PAPER';
  },
): Promise<ApplicationDocument> {
  const theCase = await tx.case.findUniqueOrThrow({ where: { id: input.caseId }, include });
  const court = await tx.court.findUniqueOrThrow({ where: { id: theCase.courtId } });
  const { document: agreed, effectiveAt, sha256 } = input.agreement;
  const now = ctx.deps.clock.now();
  const parties = theCase.parties.map((party) => applicantOf(ctx, party, theCase.protections, now));
  const names = parties.map((p) => p.name);
  const number = theCase.number ?? '';
  const agreedOn = shanghaiDay(effectiveAt);
  return {
    format: 1,
    title: '司法确认申请书',
    demo: ctx.deps.settings.demo,
    courtName: court.name,
    committeeName: theCase.committee.name,
    caseNumber: number,
    versionId: input.versionId,
    versionNumber: input.versionNumber,
    parties,
    agreedOn,
    agreementSha256: sha256,
    request: `确认${names.map((name) => `申请人${name}`).join('与')}于${formatDay(agreedOn)}达成的${number}《人民调解协议书》有效。`,
    facts: `${formatDay(agreedOn)}，${names.map((name) => `申请人${name}`).join('与')}经${theCase.committee.name}主持调解，达成如下调解协议：`,
    clauses: agreed.terms.map((term) => term.text),
    performance: agreed.performance,
    pledge,
    attachments,
    date: shanghaiDay(now),
    basis: '人民调解法第33条、民事诉讼法第205条',
    medium: input.medium,
    signers: theCase.parties.map((party) => signerFor(party, now)),
  };
}

type CaseRow = Prisma.CaseGetPayload<{ include: typeof include }>;
type PartyRow = CaseRow['parties'][number];

function signerFor(party: PartyRow, now: Date): ApplicationDocument['signers'][number] {
  const age = party.birthDate ? ageAt(party.birthDate, now) : null;
  const signer = signerOf(age, party.agents, now);
  if (!signer) throw new DomainError('GUARDIAN_REQUIRED', { name: party.name, basis: '民法典第19、20条' });
  if (signer.by === 'party')
    return { role: 'party', name: party.name, personId: party.id, partyId: party.id };
  const { agent } = signer;
  const base = { role: 'agent' as const, name: agent.name, personId: agent.id, partyId: party.id };
  return agent.kind === 'GUARDIAN' ? { ...base, capacity: 'GUARDIAN' } : base;
}

function applicantOf(ctx: Ctx, party: PartyRow, protections: CaseRow['protections'], now: Date): Applicant {
  const open = (column: string, sealed: Uint8Array | null) =>
    sealed
      ? ctx.deps.cipher.decrypt({ courtId: party.courtId, table: 'Party', rowId: party.id, column }, sealed)
      : null;
  const idNumber = open('idNumberEnc', party.idNumberEnc);
  const known = party.kind === 'PERSON' ? idNumber : party.creditCode;
  if (!known) throw new DomainError('ID_NUMBER_INVALID', { name: party.name });
  return {
    id: party.id,
    kind: party.kind,
    name: party.name,
    sex: party.sex,
    birthDate: party.birthDate?.toISOString().slice(0, 10) ?? null,
    ethnicity: party.ethnicity,
    // Both sides hold this paper; the court reads the rest in the case.
    address: forBothSides(protections, party.id, open('addressEnc', party.addressEnc)),
    idNumber: party.kind === 'PERSON' ? idNumber : null,
    phone: forBothSides(protections, party.id, open('phoneEnc', party.phoneEnc)),
    creditCode: party.creditCode,
    representative: party.representative,
    representativeTitle: party.representativeTitle,
    agents: party.agents
      .filter((agent) => isAuthorised(agent, now))
      .map((agent) => ({
        name: agent.name,
        capacity: agent.kind === 'GUARDIAN' ? '法定代理人' : '委托诉讼代理人',
      })),
  };
}

/** The same for the database's plain column: numbers and telephones masked. */
export function maskedApplication(document: ApplicationDocument): ApplicationDocument {
  const hide = (value: string | null) =>
    value && value.length > 8 ? `${value.slice(0, 3)}****${value.slice(-4)}` : value;
  return {
    ...document,
    parties: document.parties.map((p) => ({
      ...p,
      idNumber: hide(p.idNumber),
      phone: hide(p.phone),
      address: null,
    })),
  };
}
