import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';
import { inCourt, locateCourt } from '../transact.ts';
import { hashEnrolCode } from './create-enrolment.ts';

/**
 * The browser at the station takes the code and becomes that device: exactly one does, however many try.
 * CODE_WRONG, CODE_EXPIRED.
 */
export async function enrolDevice(
  deps: Deps,
  request: { requestId: string; ip: string },
  input: { code: string; publicKey?: Record<string, string> | undefined },
): Promise<{ token: string; stationName: string }> {
  const enrolCodeHash = hashEnrolCode(deps.settings.tokenKey, input.code);
  const courtId = await locateCourt(deps.db, 'enrolment', enrolCodeHash);
  if (!courtId) throw new DomainError('CODE_WRONG');
  const token = newSecret();
  const tokenHash = hashSecret(deps.settings.tokenKey, 'device', token);
  return inCourt(deps.db, courtId, async (tx) => {
    const now = new Date();
    const taken = await tx.device.updateMany({
      where: { enrolCodeHash, enrolExpiresAt: { gt: now }, revokedAt: null },
      data: {
        enrolCodeHash: null,
        enrolledAt: now,
        lastSeenAt: now,
        tokenHash,
        ...(input.publicKey ? { publicKey: input.publicKey } : {}),
      },
    });
    if (taken.count !== 1) throw new DomainError('CODE_EXPIRED');
    const device = await tx.device.findUniqueOrThrow({ where: { tokenHash }, include: { station: true } });
    const { id: deviceId, stationId } = device;
    const ctx: Ctx = { deps, principal: { kind: 'device', courtId, deviceId, stationId }, ...request };
    await appendAudit(tx, ctx, {
      action: 'enrol-device',
      subject: { type: 'device', id: deviceId },
      data: { stationId, step: 'enrolled' },
      topics: ['court'],
    });
    return { token, stationName: device.station.name };
  });
}
