import { DomainError } from '../../domain/errors.ts';
import { refuseOtherRoom } from '../apart/second-room.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';

export const HAND_OVER_MS = 2 * 3600_000;

/**
 * Hands the station's screen to one named person: the staff session locks, a session of that person alone opens, and
 * the last person's is over. Only at an enrolled device of the case's station (DEVICE_NOT_ENROLLED), and only by
 * somebody with a PIN to take it back (CONFLICT no-pin). KEPT_APART while the screen is in the other side's room.
 */
export async function handOverScreen(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; partyId: string; agentId?: string | undefined; purpose?: string | undefined },
): Promise<{ token: string; name: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'hand-over-screen', input.caseId);
    const { deviceId, deviceStationId, sessionId, courtId, staffUserId } = ctx.principal;
    if (!deviceId || deviceStationId !== theCase.stationId) throw new DomainError('DEVICE_NOT_ENROLLED');
    const director = await tx.staffUser.findUniqueOrThrow({ where: { id: staffUserId } });
    if (!director.pinHash) throw new DomainError('CONFLICT', { reason: 'no-pin' });
    const party = await tx.party.findFirst({ where: { id: input.partyId, caseId: input.caseId } });
    const agent = input.agentId
      ? await tx.agent.findFirst({ where: { id: input.agentId, partyId: input.partyId } })
      : null;
    if (!party || (input.agentId && !agent)) throw new DomainError('NOT_FOUND');
    await refuseOtherRoom(tx, theCase.id, party.side);
    const now = new Date();
    await tx.partySession.updateMany({
      where: { deviceId, kind: 'HAND_OVER', revokedAt: null },
      data: { revokedAt: now },
    });
    // The lock is the session's own: however the person's session ends, only the PIN opens it (take-screen-back.ts).
    await tx.staffSession.update({ where: { id: sessionId }, data: { handedOverAt: now } });
    const token = newSecret();
    const session = await tx.partySession.create({
      data: {
        courtId,
        caseId: input.caseId,
        partyId: agent ? null : party.id,
        agentId: agent?.id ?? null,
        deviceId,
        staffSessionId: sessionId,
        tokenHash: hashSecret(ctx.deps.settings.tokenKey, 'party-session', token),
        kind: 'HAND_OVER',
        expiresAt: new Date(now.getTime() + HAND_OVER_MS),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'hand-over-screen',
      subject: { type: agent ? 'agent' : 'party', id: agent?.id ?? party.id },
      caseId: input.caseId,
      duty,
      data: { deviceId, partySession: session.id, purpose: input.purpose ?? null },
    });
    return { token, name: agent?.name ?? party.name };
  });
}
