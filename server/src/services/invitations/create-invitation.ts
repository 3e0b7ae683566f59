import { randomInt, randomUUID } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';
import { putOut } from '../session/seat-owner.ts';
import { queueSms } from '../sms/queue-sms.ts';
import { locateCourt, transact } from '../transact.ts';

/** A link lives so long, or until the end of the session that it invites to, whichever is later. */
const LIFE_MS = 7 * 24 * 3600_000;

export type Invited = { caseId: string; partyId: string; agentId?: string | undefined };
export type Link = { id: string; link: string; spokenCode: string; expiresAt: Date };

/**
 * A link bound to one case and one named person: 256 bits in the URL's fragment, stored hashed (and sealed, so that
 * the station can show its QR again), with a short code to be spoken. A living one is handed out again: sending it
 * once more must not throw the person out.
 */
export async function createInvitation(tx: Tx, ctx: Ctx, input: Invited): Promise<Link> {
  if (ctx.principal.kind !== 'staff') throw new DomainError('FORBIDDEN');
  const { courtId, staffUserId } = ctx.principal;
  const { cipher, settings } = ctx.deps;
  const who = await invitedPerson(tx, input);
  // Two invitations of the same person at the same moment must end as one link.
  await tx.$executeRaw`SELECT 1 FROM "Party" WHERE id = ${input.partyId}::uuid FOR UPDATE`;
  const living = await openInvitationOf(tx, ctx, input);
  if (living) return living;
  const expiresAt = await expiryOf(tx, input.caseId);
  const id = randomUUID();
  const secret = newSecret();
  const spokenCode = await freeSpokenCode(ctx);
  const at = { courtId, table: 'Invitation', rowId: id, column: 'secretEnc' };
  await tx.invitation.create({
    data: {
      id,
      courtId,
      caseId: input.caseId,
      ...who.target,
      createdById: staffUserId,
      secretHash: hashSecret(settings.tokenKey, 'invitation', secret),
      spokenCodeHash: hashSecret(settings.tokenKey, 'spoken-code', spokenCode),
      secretEnc: Buffer.from(cipher.encrypt(at, `${secret} ${spokenCode}`)),
      expiresAt,
    },
  });
  return { id, link: linkOf(settings.publicUrl, secret), spokenCode, expiresAt };
}

/** The person's living link, prolonged to the end of a session planned since. Null when there is none. */
export async function openInvitationOf(tx: Tx, ctx: Ctx, input: Invited): Promise<Link | null> {
  const { target } = await invitedPerson(tx, input);
  const living = await tx.invitation.findFirst({
    where: { caseId: input.caseId, ...target, revokedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { createdAt: 'desc' },
  });
  if (!living) return null;
  const expiresAt = await expiryOf(tx, input.caseId);
  if (living.expiresAt >= expiresAt) return { ...openLink(ctx, living), expiresAt: living.expiresAt };
  await tx.invitation.update({ where: { id: living.id }, data: { expiresAt } });
  return { ...openLink(ctx, living), expiresAt };
}

export const linkOf = (publicUrl: string, secret: string): string => `${publicUrl}/p#s=${secret}`;

/** Opens the sealed link of a stored invitation, for those who may invite. */
export function openLink(
  ctx: Ctx,
  row: { id: string; courtId: string; secretEnc: Uint8Array },
): Pick<Link, 'id' | 'link' | 'spokenCode'> {
  const at = { courtId: row.courtId, table: 'Invitation', rowId: row.id, column: 'secretEnc' };
  const [secret = '', spokenCode = ''] = ctx.deps.cipher.decrypt(at, row.secretEnc).split(' ');
  return { id: row.id, link: linkOf(ctx.deps.settings.publicUrl, secret), spokenCode };
}

/** Invites one person by text message, or shows the station the link when there is no number. */
export async function inviteParty(ctx: Ctx, input: Invited): Promise<Link & { sent: boolean }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'invite-party', input.caseId);
    const invitation = await createInvitation(tx, ctx, input);
    const { row, table } = await invitedPerson(tx, input);
    if (row.phoneEnc) {
      const to = ctx.deps.cipher.decrypt(
        { courtId: row.courtId, table, rowId: row.id, column: 'phoneEnc' },
        row.phoneEnc,
      );
      const values = {
        committee: theCase.committee.name,
        link: invitation.link,
        spokenCode: invitation.spokenCode,
      };
      await queueSms(tx, ctx, { to, template: 'invitation', values, caseId: input.caseId });
    }
    await appendAudit(tx, ctx, {
      action: 'invite-party',
      subject: { type: 'invitation', id: invitation.id },
      caseId: input.caseId,
      duty,
      data: { partyId: input.partyId, agentId: input.agentId ?? null, sent: row.phoneEnc !== null },
    });
    return { ...invitation, sent: row.phoneEnc !== null };
  });
}

/** A revoked link, every session that it opened and the person's connection stop at once. NOT_FOUND when there is no living one. */
export async function revokeInvitation(ctx: Ctx, input: Invited): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'revoke-invitation', input.caseId);
    const { target } = await invitedPerson(tx, input);
    const revokedAt = new Date();
    const changed = await tx.invitation.updateMany({
      where: { caseId: input.caseId, ...target, revokedAt: null },
      data: { revokedAt },
    });
    if (changed.count === 0) throw new DomainError('NOT_FOUND');
    await tx.partySession.updateMany({
      where: { caseId: input.caseId, ...target, kind: 'LINK', revokedAt: null },
      data: { revokedAt },
    });
    const seatOf = input.agentId ? { agentId: input.agentId } : { partyId: input.partyId, agentId: null };
    await putOut(tx, ctx, { ...seatOf, session: { caseId: input.caseId } });
    await appendAudit(tx, ctx, {
      action: 'revoke-invitation',
      subject: { type: input.agentId ? 'agent' : 'party', id: input.agentId ?? input.partyId },
      caseId: input.caseId,
      duty,
    });
  });
}

/** The named person of this case. NOT_FOUND when they are not of it. */
async function invitedPerson(tx: Tx, input: Invited) {
  const party = await tx.party.findFirst({ where: { id: input.partyId, caseId: input.caseId } });
  if (!party) throw new DomainError('NOT_FOUND');
  if (!input.agentId) return { row: party, table: 'Party', target: { partyId: party.id, agentId: null } };
  const agent = await tx.agent.findFirst({ where: { id: input.agentId, partyId: input.partyId } });
  if (!agent) throw new DomainError('NOT_FOUND');
  return { row: agent, table: 'Agent', target: { partyId: null, agentId: agent.id } };
}

async function expiryOf(tx: Tx, caseId: string): Promise<Date> {
  const week = new Date(Date.now() + LIFE_MS);
  const session = await tx.session.findFirst({
    where: { caseId, status: { in: ['SCHEDULED', 'CHECKING', 'OPEN', 'PAUSED'] } },
    orderBy: { plannedEnd: 'desc' },
  });
  return session && session.plannedEnd > week ? session.plannedEnd : week;
}

/** Eight digits that no living invitation of any court has. */
async function freeSpokenCode(ctx: Ctx): Promise<string> {
  for (;;) {
    const code = String(randomInt(0, 100_000_000)).padStart(8, '0');
    const hash = hashSecret(ctx.deps.settings.tokenKey, 'spoken-code', code);
    if (!(await locateCourt(ctx.deps.db, 'spoken-code', hash))) return code;
  }
}
