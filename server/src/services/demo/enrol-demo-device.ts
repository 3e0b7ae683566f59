import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';
import { inCourt } from '../transact.ts';
import { requireDemo } from './require-demo.ts';

/** In the demo one tap makes this browser the demo station's screen; real ones take the administrator's code. */
export async function enrolDemoDevice(
  deps: Deps,
  request: { requestId: string; ip: string },
  asker: { loopback: boolean; proxied: boolean },
): Promise<{ token: string; stationName: string }> {
  requireDemo(deps, asker);
  const court = await deps.db.court.findFirst({ orderBy: { createdAt: 'asc' } });
  if (!court) throw new DomainError('NOT_FOUND');
  const token = newSecret();
  const ctx: Ctx = { deps, principal: { kind: 'system', courtId: court.id }, ...request };
  return inCourt(deps.db, court.id, async (tx) => {
    const station = await tx.station.findFirst({ orderBy: { name: 'asc' } });
    if (!station) throw new DomainError('NOT_FOUND');
    const now = new Date();
    const device = await tx.device.create({
      data: {
        courtId: court.id,
        stationId: station.id,
        name: '演示用浏览器',
        tokenHash: hashSecret(deps.settings.tokenKey, 'device', token),
        enrolledAt: now,
        lastSeenAt: now,
      },
    });
    await appendAudit(tx, ctx, {
      action: 'enrol-device',
      subject: { type: 'device', id: device.id },
      data: { stationId: station.id, step: 'enrolled', demo: true },
      topics: ['court'],
    });
    return { token, stationName: station.name };
  });
}
