import { randomInt } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx, Deps } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';
import { inCourt, locateCourt, transact } from '../transact.ts';

const CODE_LIFE_MS = 30 * 60_000;

/** An administrator names a new device of a station and gets the code that enrols it: 30 minutes, once. */
export async function createEnrolment(ctx: Ctx, input: { stationId: string; name: string }): Promise<{ deviceId: string; code: string }> {
  return transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'enrol-device');
    const station = await tx.station.findUnique({ where: { id: input.stationId } });
    if (!station) throw new DomainError('NOT_FOUND');
    const code = Array.from({ length: 10 }, () => 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'[randomInt(0, 31)]).join('');
    const device = await tx.device.create({
      data: {
        courtId: station.courtId,
        stationId: station.id,
        enrolledById: ctx.principal.kind === 'staff' ? ctx.principal.staffUserId : null,
        name: input.name,
        enrolCodeHash: hashSecret(ctx.deps.settings.tokenKey, 'enrolment', code),
        enrolExpiresAt: new Date(Date.now() + CODE_LIFE_MS),
      },
    });
    await appendAudit(tx, ctx, { action: 'enrol-device', subject: { type: 'device', id: device.id }, duty, data: { stationId: station.id }, topics: ['court'] });
    return { deviceId: device.id, code };
  });
}

/** The browser at the station takes the code and becomes that device. CODE_WRONG, CODE_EXPIRED. */
export async function enrolDevice(
  deps: Deps,
  request: { requestId: string; ip: string },
  input: { code: string; publicKey?: Record<string, unknown> },
): Promise<{ token: string; stationName: string }> {
  const enrolCodeHash = hashSecret(deps.settings.tokenKey, 'enrolment', input.code.trim().toUpperCase());
  const courtId = await locateCourt(deps.db, 'enrolment', enrolCodeHash);
  if (!courtId) throw new DomainError('CODE_WRONG');
  const token = newSecret();
  return inCourt(deps.db, courtId, async (tx) => {
    const now = new Date();
    const taken = await tx.device.updateMany({
      where: { enrolCodeHash, enrolExpiresAt: { gt: now }, revokedAt: null },
      data: {
        enrolCodeHash: null,
        enrolledAt: now,
        tokenHash: hashSecret(deps.settings.tokenKey, 'device', token),
        ...(input.publicKey ? { publicKey: input.publicKey as object } : {}),
      },
    });
    if (taken.count !== 1) throw new DomainError('CODE_EXPIRED');
    const device = await tx.device.findUniqueOrThrow({
      where: { tokenHash: hashSecret(deps.settings.tokenKey, 'device', token) },
      include: { station: true },
    });
    const ctx: Ctx = { deps, principal: { kind: 'device', courtId, deviceId: device.id, stationId: device.stationId }, ...request };
    await appendAudit(tx, ctx, { action: 'enrol-device', subject: { type: 'device', id: device.id }, topics: ['court'] });
    return { token, stationName: device.station.name };
  });
}

/** A revoked device and every session on it stop at once. */
export async function revokeDevice(ctx: Ctx, input: { deviceId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'revoke-device');
    const revokedAt = new Date();
    const changed = await tx.device.updateMany({ where: { id: input.deviceId, revokedAt: null }, data: { revokedAt } });
    if (changed.count !== 1) throw new DomainError('NOT_FOUND');
    await tx.staffSession.updateMany({ where: { deviceId: input.deviceId, revokedAt: null }, data: { revokedAt } });
    await tx.partySession.updateMany({ where: { deviceId: input.deviceId, revokedAt: null }, data: { revokedAt } });
    await appendAudit(tx, ctx, { action: 'revoke-device', subject: { type: 'device', id: input.deviceId }, duty, topics: ['court'] });
  });
}
