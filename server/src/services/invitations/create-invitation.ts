import { randomInt } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';
import { queueSms } from '../sms/queue-sms.ts';
import { transact } from '../transact.ts';

const LIFE_MS = 14 * 24 * 3600_000;
type Invited = { caseId: string; partyId: string; agentId?: string };

/**
 * A link bound to one case and one named person: 256 bits in the URL's fragment, stored hashed (and sealed, so that
 * the station can show its QR again), with a short code to be spoken. Earlier ones of the person are revoked.
 */
export async function createInvitation(tx: Tx, ctx: Ctx, input: Invited): Promise<{ link: string; spokenCode: string }> {
  if (ctx.principal.kind !== 'staff') throw new DomainError('FORBIDDEN');
  const { courtId } = ctx.principal;
  const { cipher, settings } = ctx.deps;
  const party = await tx.party.findFirst({ where: { id: input.partyId, caseId: input.caseId } });
  const agent = input.agentId ? await tx.agent.findFirst({ where: { id: input.agentId, partyId: input.partyId } }) : null;
  if (!party || (input.agentId && !agent)) throw new DomainError('NOT_FOUND');
  const who = { partyId: input.agentId ? null : party.id, agentId: agent?.id ?? null };
  await tx.invitation.updateMany({ where: { caseId: input.caseId, ...who, revokedAt: null }, data: { revokedAt: new Date() } });
  const secret = newSecret();
  const spokenCode = String(randomInt(0, 100_000_000)).padStart(8, '0');
  const invitation = await tx.invitation.create({
    data: {
      courtId,
      caseId: input.caseId,
      ...who,
      createdById: ctx.principal.staffUserId,
      secretHash: hashSecret(settings.tokenKey, 'invitation', secret),
      spokenCodeHash: hashSecret(settings.tokenKey, 'spoken-code', spokenCode),
      secretEnc: Buffer.from('pending'),
      expiresAt: new Date(Date.now() + LIFE_MS),
    },
  });
  const sealed = cipher.encrypt({ courtId, table: 'Invitation', rowId: invitation.id, column: 'secretEnc' }, `${secret} ${spokenCode}`);
  await tx.invitation.update({ where: { id: invitation.id }, data: { secretEnc: Buffer.from(sealed) } });
  return { link: linkOf(settings.publicUrl, secret), spokenCode };
}

export const linkOf = (publicUrl: string, secret: string): string => `${publicUrl}/p#s=${secret}`;

/** Invites one person by text message, or shows the station the link when there is no number. */
export async function inviteParty(ctx: Ctx, input: Invited): Promise<{ link: string; spokenCode: string; sent: boolean }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'invite-party', input.caseId);
    const invitation = await createInvitation(tx, ctx, input);
    const table = input.agentId ? 'Agent' : 'Party';
    const row = input.agentId
      ? await tx.agent.findUniqueOrThrow({ where: { id: input.agentId } })
      : await tx.party.findUniqueOrThrow({ where: { id: input.partyId } });
    if (row.phoneEnc) {
      const to = ctx.deps.cipher.decrypt({ courtId: row.courtId, table, rowId: row.id, column: 'phoneEnc' }, row.phoneEnc);
      const values = { committee: theCase.committee.name, link: invitation.link, spokenCode: invitation.spokenCode };
      await queueSms(tx, ctx, { to, template: 'invitation', values, caseId: input.caseId });
    }
    await appendAudit(tx, ctx, {
      action: 'invite-party',
      subject: { type: input.agentId ? 'agent' : 'party', id: input.agentId ?? input.partyId },
      caseId: input.caseId,
      duty,
      data: { sent: row.phoneEnc !== null },
    });
    return { ...invitation, sent: row.phoneEnc !== null };
  });
}

/** A revoked link and every session that it opened stop at once. */
export async function revokeInvitation(ctx: Ctx, input: Invited): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'revoke-invitation', input.caseId);
    const who = input.agentId ? { agentId: input.agentId } : { partyId: input.partyId };
    const revokedAt = new Date();
    const changed = await tx.invitation.updateMany({ where: { caseId: input.caseId, ...who, revokedAt: null }, data: { revokedAt } });
    if (changed.count === 0) throw new DomainError('NOT_FOUND');
    await tx.partySession.updateMany({ where: { caseId: input.caseId, ...who, kind: 'LINK', revokedAt: null }, data: { revokedAt } });
    await appendAudit(tx, ctx, { action: 'revoke-invitation', subject: { type: 'party', id: input.partyId }, caseId: input.caseId, duty });
  });
}
