import type { AgreementDocument } from '../../contract/agreement-document.ts';
import { DomainError } from '../../domain/errors.ts';
import { formatYuan } from '../../domain/money.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Principal } from '../context.ts';
import { consumeCode, issueCode } from '../sms/one-time-code.ts';
import { transact } from '../transact.ts';
import { authoriseSlot } from './authorise-slot.ts';
import { addStep } from './steps.ts';

type PartyPrincipal = Extract<Principal, { kind: 'party' }>;
type Place = { caseId: string; fieldName: string };

/**
 * Sends the code of this moment: another than the sign-in's, bound to the certified base's SHA-256; the text names case
 * number, short hash and amount. Only for people on their own phone.
 */
export async function requestSigningCode(ctx: Ctx<PartyPrincipal>, place: Place): Promise<void> {
  await transact(ctx, async (tx) => {
    const { slot, ceremony, case: theCase } = await authoriseSlot(tx, ctx, place, 'CODE');
    if (ctx.principal.via !== 'LINK') throw new DomainError('FORBIDDEN', { reason: 'at-station' });
    const { baseSha256 } = ceremony.version;
    if (!baseSha256) throw new DomainError('PAPER_ONLY');
    const table = slot.agentId ? 'Agent' : 'Party';
    const row = slot.agentId
      ? await tx.agent.findUniqueOrThrow({ where: { id: slot.agentId } })
      : await tx.party.findUniqueOrThrow({ where: { id: slot.partyId ?? '' } });
    if (!row.phoneEnc) throw new DomainError('CODE_EXPIRED', { reason: 'no-phone' });
    const at = { courtId: row.courtId, table, rowId: row.id, column: 'phoneEnc' };
    await issueCode(tx, ctx, {
      purpose: 'SIGNING',
      subjectId: slot.personId,
      boundTo: baseSha256,
      phone: ctx.deps.cipher.decrypt(at, row.phoneEnc),
      caseId: theCase.id,
      template: 'signing-code',
      values: {
        number: theCase.number ?? '',
        hash: baseSha256.slice(0, 8),
        amount: amountOf(ceremony.version.document as AgreementDocument),
      },
    });
  });
}

function amountOf(document: AgreementDocument): string {
  // An application for confirmation promises nothing new.
  const fen = (document.terms ?? []).reduce(
    (sum, { block }) => sum + (block.kind === 'payment' ? block.amountFen : 0),
    0,
  );
  return fen > 0 ? formatYuan(fen) : '—';
}

/** Takes the code back: single use, five tries, five minutes; a code for another version is none. */
export async function verifySigningCode(ctx: Ctx<PartyPrincipal>, place: Place, code: string): Promise<void> {
  const { slot, ceremony } = await transact(ctx, (tx) => authoriseSlot(tx, ctx, place, 'CODE'));
  const { baseSha256 } = ceremony.version;
  if (!baseSha256) throw new DomainError('PAPER_ONLY');
  await consumeCode(ctx, { purpose: 'SIGNING', subjectId: slot.personId, boundTo: baseSha256, code });
  await passCode(ctx, place, 'SMS');
}

/**
 * At the station the handed-over screen stands for the code: a session of this person alone, opened by the director,
 * whose identity check was attested. Recorded as such.
 */
export async function confirmPresence(ctx: Ctx<PartyPrincipal>, place: Place): Promise<void> {
  if (ctx.principal.via !== 'HAND_OVER') throw new DomainError('FORBIDDEN', { reason: 'own-phone' });
  await passCode(ctx, place, 'STATION');
}

async function passCode(ctx: Ctx<PartyPrincipal>, place: Place, by: 'SMS' | 'STATION'): Promise<void> {
  await transact(ctx, async (tx) => {
    const authorised = await authoriseSlot(tx, ctx, place, 'CODE');
    const { slot, duty, ceremony } = authorised;
    await addStep(tx, authorised, 'CODE', { by, partySession: ctx.principal.partySessionId });
    await appendAudit(tx, ctx, {
      action: 'system:ceremony-code',
      subject: { type: 'signature', id: slot.id },
      caseId: ceremony.agreement.caseId,
      duty,
      data: { by, field: slot.fieldName, versionId: slot.versionId },
    });
  });
}
