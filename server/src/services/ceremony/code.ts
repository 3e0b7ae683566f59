import type { AgreementDocument } from '../../contract/agreement-document.ts';
import type { Term } from '../../contract/terms.ts';
import { DomainError } from '../../domain/errors.ts';
import { formatYuan } from '../../domain/money.ts';
import { maskPhone } from '../../domain/phone.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { consumeCode, issueCode } from '../sms/one-time-code.ts';
import { transact } from '../transact.ts';
import { authoriseSlot, type Place } from './authorise-slot.ts';
import type { Slot } from './load-ceremony.ts';
import { openPhone } from './phone-of-signer.ts';
import { takeStep } from './take-step.ts';

type PartyPrincipal = Extract<Principal, { kind: 'party' }>;

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
    const phone = await phoneOf(tx, ctx, slot);
    if (!phone) throw new DomainError('CODE_EXPIRED', { reason: 'no-phone' });
    await issueCode(tx, ctx, {
      purpose: 'SIGNING',
      subjectId: slot.personId,
      boundTo: baseSha256,
      phone,
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

/** What one term promises to pay, in 分. */
function promisedFen(block: Term): number {
  if (block.kind === 'payment') return block.amountFen;
  return block.kind === 'split' ? block.payees.reduce((sum, payee) => sum + payee.amountFen, 0) : 0;
}

function amountOf(document: AgreementDocument): string {
  // An application for confirmation promises nothing new.
  const fen = (document.terms ?? []).reduce((sum, { block }) => sum + promisedFen(block), 0);
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
 * At the station the handed-over screen stands for the code: a session of this person alone, opened by the director, who
 * called them by name and whose identity check was attested. Recorded as such.
 */
export async function confirmPresence(ctx: Ctx<PartyPrincipal>, place: Place): Promise<void> {
  if (ctx.principal.via !== 'HAND_OVER') throw new DomainError('FORBIDDEN', { reason: 'own-phone' });
  await passCode(ctx, place, 'STATION');
}

function passCode(ctx: Ctx<PartyPrincipal>, place: Place, by: 'SMS' | 'STATION'): Promise<void> {
  return takeStep(ctx, place, 'CODE', async ({ slot, ceremony }, tx) => {
    const phone = by === 'SMS' ? await phoneOf(tx, ctx, slot) : null;
    return {
      by,
      boundTo: ceremony.version.baseSha256,
      maskedPhone: phone ? maskPhone(phone) : null,
      handedOverBy: by === 'STATION' ? await handedOverBy(tx, ctx.principal.partySessionId) : null,
    };
  });
}

async function handedOverBy(tx: Tx, partySessionId: string): Promise<{ id: string; name: string } | null> {
  const session = await tx.partySession.findUniqueOrThrow({
    where: { id: partySessionId },
    include: { staffSession: { include: { staffUser: true } } },
  });
  const user = session.staffSession?.staffUser;
  return user ? { id: user.id, name: user.name } : null;
}

async function phoneOf(tx: Tx, ctx: Ctx, slot: Slot): Promise<string | null> {
  return slot.agentId
    ? openPhone(ctx, 'Agent', await tx.agent.findUniqueOrThrow({ where: { id: slot.agentId } }))
    : openPhone(ctx, 'Party', await tx.party.findUniqueOrThrow({ where: { id: slot.partyId ?? '' } }));
}
