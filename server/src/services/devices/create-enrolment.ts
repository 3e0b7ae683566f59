import { randomInt } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';

const CODE_LIFE_MS = 30 * 60_000;
/** No 0 and O, 1, I and L: the code is read out or copied by hand. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/**
 * An administrator names a new device of a station and gets the code that enrols it: 30 minutes, once.
 */
export async function createEnrolment(
  ctx: Ctx<StaffPrincipal>,
  input: { stationId: string; name: string },
): Promise<{ deviceId: string; code: string; expiresAt: Date }> {
  return transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'enrol-device');
    const station = await tx.station.findUnique({ where: { id: input.stationId } });
    if (!station) throw new DomainError('NOT_FOUND');
    const code = Array.from({ length: 10 }, () => LETTERS[randomInt(0, LETTERS.length)]).join('');
    const expiresAt = new Date(Date.now() + CODE_LIFE_MS);
    const device = await tx.device.create({
      data: {
        courtId: station.courtId,
        stationId: station.id,
        enrolledById: ctx.principal.staffUserId,
        name: input.name,
        enrolCodeHash: hashEnrolCode(ctx.deps.settings.tokenKey, code),
        enrolExpiresAt: expiresAt,
      },
    });
    await appendAudit(tx, ctx, {
      action: 'enrol-device',
      subject: { type: 'device', id: device.id },
      duty,
      data: { stationId: station.id, step: 'code' },
      topics: ['court'],
    });
    return { deviceId: device.id, code, expiresAt };
  });
}

/** How the code is stored; spaces, hyphens and case do not matter when it is typed. */
export function hashEnrolCode(tokenKey: Buffer, code: string): string {
  return hashSecret(tokenKey, 'enrolment', code.replace(/[\s-]/g, '').toUpperCase());
}
