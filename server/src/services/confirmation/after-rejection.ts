import type { RejectionWay } from '../../contract/enums.ts';
import { IntakeContent } from '../../contract/intake.ts';
import { formatDay } from '../../domain/dates.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { insertDraft } from '../intake/intake-drafts.ts';
import { transact } from '../transact.ts';
import { newestConfirmation } from './load-confirmation.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;

/**
 * What the parties chose after a rejection (民事诉讼法 206, 人民调解法 33): sue, of which they were told, or mediate again.
 * Mediating again opens an intake draft with the same people and facts: a new agreement bears a number of its own, and the
 * earlier one stays as it is. Once a rejection: CONFLICT. ILLEGAL_TRANSITION when nothing was rejected.
 */
export async function chooseAfterRejection(
  ctx: StaffCtx,
  input: { caseId: string; way: RejectionWay },
): Promise<{ draftId: string | null }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'choose-after-rejection', input.caseId);
    const confirmation = await newestConfirmation(tx, theCase.id);
    if (confirmation?.status !== 'REJECTED')
      throw new DomainError('ILLEGAL_TRANSITION', { status: confirmation?.status ?? 'NONE' });
    const chosen = await tx.confirmation.updateMany({
      where: { id: confirmation.id, nextWay: null },
      data: { nextWay: input.way, nextWayAt: ctx.deps.clock.now() },
    });
    if (chosen.count !== 1) throw new DomainError('CONFLICT', { reason: 'chosen' });
    const draftId =
      input.way === 'MEDIATE_AGAIN'
        ? await insertDraft(tx, ctx, theCase.stationId, await contentOf(tx, ctx, theCase.id, confirmation))
        : null;
    await appendAudit(tx, ctx, {
      action: 'choose-after-rejection',
      subject: { type: 'confirmation', id: confirmation.id },
      caseId: theCase.id,
      duty,
      data: { way: input.way },
      topics: [`station:${theCase.stationId}`],
    });
    return { draftId };
  });
}

type PartyRow = Prisma.PartyGetPayload<object>;

async function contentOf(
  tx: Tx,
  ctx: StaffCtx,
  caseId: string,
  rejected: { number: string | null; decidedAt: Date | null },
): Promise<IntakeContent> {
  const theCase = await tx.case.findUniqueOrThrow({
    where: { id: caseId },
    include: { parties: { orderBy: { position: 'asc' } } },
  });
  const day = rejected.decidedAt ? formatDay(shanghaiDay(rejected.decidedAt)) : '';
  const before = `${theCase.number ?? ''}调解协议的司法确认申请，于${day}被人民法院裁定驳回${rejected.number ? `（${rejected.number}）` : ''}，双方再次调解。`;
  return IntakeContent.parse({
    disputeType: theCase.disputeType,
    facts: `${before}\n${theCase.facts}`.slice(0, 5000),
    requests: theCase.requests.slice(0, 3000),
    parties: theCase.parties.map((party) => partyOf(ctx, party)),
  });
}

/** As far as it was typed then. Who acts for somebody brings a new power of attorney. */
function partyOf(ctx: StaffCtx, party: PartyRow) {
  const open = (column: string, sealed: Uint8Array | null) =>
    sealed
      ? ctx.deps.cipher.decrypt({ courtId: party.courtId, table: 'Party', rowId: party.id, column }, sealed)
      : '';
  return {
    side: party.side,
    kind: party.kind,
    name: party.name,
    phone: open('phoneEnc', party.phoneEnc),
    idNumber: open('idNumberEnc', party.idNumberEnc),
    ethnicity: party.ethnicity ?? '',
    occupation: party.occupation ?? '',
    address: open('addressEnc', party.addressEnc),
    creditCode: party.creditCode ?? '',
    representative: party.representative ?? '',
    guardianName: party.guardianName ?? '',
    usesStation: party.usesStation,
  };
}
