import QRCode from 'qrcode';
import { DomainError } from '../../domain/errors.ts';
import { maskPhone } from '../../domain/phone.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { openLink } from './create-invitation.ts';

/** Everybody of the case who can be invited, with their newest link and what became of it. */
export async function listInvitations(ctx: Ctx, input: { caseId: string }) {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'invite-party', input.caseId);
    const newest = { orderBy: { createdAt: 'desc' as const }, take: 1 };
    const parties = await tx.party.findMany({
      where: { caseId: input.caseId },
      orderBy: [{ side: 'asc' }, { position: 'asc' }],
      include: { invitations: newest, agents: { include: { invitations: newest } } },
    });
    return parties.flatMap((party) => [
      personOf(ctx, 'Party', party, party.id, null),
      ...party.agents.map((agent) => personOf(ctx, 'Agent', agent, party.id, agent.id)),
    ]);
  });
}

type PersonRow = {
  id: string;
  courtId: string;
  name: string;
  phoneEnc: Uint8Array | null;
  invitations: {
    id: string;
    courtId: string;
    secretEnc: Uint8Array;
    expiresAt: Date;
    revokedAt: Date | null;
    firstUsedAt: Date | null;
  }[];
};

function personOf(ctx: Ctx, table: string, row: PersonRow, partyId: string, agentId: string | null) {
  const at = { courtId: row.courtId, table, rowId: row.id, column: 'phoneEnc' };
  const [invitation] = row.invitations;
  const living = invitation && !invitation.revokedAt && invitation.expiresAt > new Date();
  return {
    partyId,
    agentId,
    name: row.name,
    maskedPhone: row.phoneEnc ? maskPhone(ctx.deps.cipher.decrypt(at, row.phoneEnc)) : null,
    invitation: invitation
      ? {
          id: invitation.id,
          state: living
            ? invitation.firstUsedAt
              ? ('USED' as const)
              : ('SENT' as const)
            : invitation.revokedAt
              ? ('REVOKED' as const)
              : ('EXPIRED' as const),
          expiresAt: invitation.expiresAt.toISOString(),
          ...(living ? openLink(ctx, invitation) : { link: null, spokenCode: null }),
        }
      : null,
  };
}

/** The QR code of a living link as SVG, for the station's screen. NOT_FOUND for a dead one. */
export async function drawInvitation(
  ctx: Ctx,
  input: { caseId: string; invitationId: string },
): Promise<string> {
  const link = await transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'invite-party', input.caseId);
    const row = await tx.invitation.findFirst({
      where: {
        id: input.invitationId,
        caseId: input.caseId,
        revokedAt: null,
        expiresAt: { gt: new Date() },
      },
    });
    if (!row) throw new DomainError('NOT_FOUND');
    return openLink(ctx, row).link;
  });
  return QRCode.toString(link, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
}

/** The parties' page as SVG QR code: no secret, the same for everybody. */
export const drawEntrance = (ctx: Ctx): Promise<string> =>
  QRCode.toString(`${ctx.deps.settings.publicUrl}/p`, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
