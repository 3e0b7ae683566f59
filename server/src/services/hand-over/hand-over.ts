import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Deps, Principal } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';
import { verifyPassword } from '../sign-in/password.ts';
import { inCourt, locateCourt, transact } from '../transact.ts';

const LIFE_MS = 2 * 3600_000;
type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/**
 * Hands the station's screen to one named person: the staff session locks, a session of that person alone opens, and
 * the last person's view is gone. Only at an enrolled device of the case's station (DEVICE_NOT_ENROLLED).
 */
export async function handOver(ctx: Ctx<StaffPrincipal>, input: { caseId: string; partyId: string; agentId?: string }): Promise<{ token: string; name: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'hand-over-screen', input.caseId);
    const { deviceId, deviceStationId, sessionId, courtId } = ctx.principal;
    if (!deviceId || deviceStationId !== theCase.stationId) throw new DomainError('DEVICE_NOT_ENROLLED');
    const party = await tx.party.findFirst({ where: { id: input.partyId, caseId: input.caseId } });
    const agent = input.agentId ? await tx.agent.findFirst({ where: { id: input.agentId, partyId: input.partyId } }) : null;
    if (!party || (input.agentId && !agent)) throw new DomainError('NOT_FOUND');
    const now = new Date();
    await tx.partySession.updateMany({ where: { deviceId, kind: 'HAND_OVER', revokedAt: null }, data: { revokedAt: now } });
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
        expiresAt: new Date(now.getTime() + LIFE_MS),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'hand-over-screen',
      subject: { type: agent ? 'agent' : 'party', id: agent?.id ?? party.id },
      caseId: input.caseId,
      duty,
      data: { deviceId, partySession: session.id },
    });
    return { token, name: agent?.name ?? party.name };
  });
}

/** Whom the screen is handed to, for the locked staff session's page. */
export async function readHandOver(deps: Deps, staffToken: string | undefined) {
  const located = await locate(deps, staffToken);
  if (!located) return null;
  return inCourt(deps.db, located.courtId, async (tx) => {
    const open = await tx.partySession.findFirst({
      where: { staffSession: { tokenHash: located.tokenHash }, kind: 'HAND_OVER', revokedAt: null, expiresAt: { gt: new Date() } },
      include: { party: true, agent: true },
    });
    return open ? { name: open.agent?.name ?? open.party?.name ?? '' } : null;
  });
}

/** The director's PIN takes the screen back and ends the person's session. Five wrong PINs lock the account. */
export async function takeScreenBack(deps: Deps, request: { requestId: string; ip: string }, staffToken: string | undefined, input: { pin: string }): Promise<void> {
  const located = await locate(deps, staffToken);
  if (!located) throw new DomainError('UNAUTHENTICATED');
  const { courtId, tokenHash } = located;
  const session = await inCourt(deps.db, courtId, (tx) => tx.staffSession.findUnique({ where: { tokenHash }, include: { staffUser: true } }));
  if (!session || session.revokedAt || session.expiresAt <= new Date()) throw new DomainError('UNAUTHENTICATED');
  const { staffUser } = session;
  const right = await verifyPassword(input.pin, staffUser.pinHash);
  const ctx: Ctx = { deps, principal: { kind: 'system', courtId }, ...request };
  const refused = await inCourt(deps.db, courtId, async (tx) => {
    const subject = { type: 'staff', id: staffUser.id };
    if (staffUser.lockedAt) return 'ACCOUNT_LOCKED' as const;
    if (!right) {
      const { failedSignIns } = await tx.staffUser.update({ where: { id: staffUser.id }, data: { failedSignIns: { increment: 1 } } });
      if (failedSignIns >= 5) await tx.staffUser.update({ where: { id: staffUser.id }, data: { lockedAt: new Date() } });
      await appendAudit(tx, ctx, { action: 'sign-in:failed', subject, data: { pin: true }, topics: ['court'] });
      return 'PIN_WRONG' as const;
    }
    await tx.staffUser.update({ where: { id: staffUser.id }, data: { failedSignIns: 0 } });
    const open = await tx.partySession.findMany({ where: { staffSessionId: session.id, kind: 'HAND_OVER', revokedAt: null } });
    await tx.partySession.updateMany({ where: { id: { in: open.map((o) => o.id) } }, data: { revokedAt: new Date() } });
    const caseId = open[0]?.caseId ?? null;
    await appendAudit(tx, ctx, { action: 'take-screen-back', subject, duty: 'DIRECTOR', caseId });
    return null;
  });
  if (refused) throw new DomainError(refused);
}

async function locate(deps: Deps, staffToken: string | undefined): Promise<{ courtId: string; tokenHash: string } | null> {
  if (!staffToken) return null;
  const tokenHash = hashSecret(deps.settings.tokenKey, 'staff-session', staffToken);
  const courtId = await locateCourt(deps.db, 'staff-session', tokenHash);
  return courtId ? { courtId, tokenHash } : null;
}
