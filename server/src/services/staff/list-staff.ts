import type { StaffList } from '../../contract/staff.ts';
import { maskPhone } from '../../domain/phone.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

/** People with their living duties, places where duties hold, and devices. For administrators. */
export async function listStaff(ctx: Ctx): Promise<StaffList> {
  return transact(ctx, async (tx) => {
    authoriseCourt(ctx, 'manage-staff');
    const duties = {
      where: { OR: [{ until: null }, { until: { gt: new Date() } }] },
      include: { station: true, committee: true },
      orderBy: { since: 'asc' as const },
    };
    const staff = await tx.staffUser.findMany({
      include: {
        duties,
        signInFailures: { where: { lockedUntil: { gt: new Date() } }, take: 1 },
        _count: { select: { passkeys: true } },
      },
      orderBy: { name: 'asc' },
    });
    const stations = await tx.station.findMany({ orderBy: { name: 'asc' } });
    const committees = await tx.committee.findMany({ orderBy: { name: 'asc' } });
    const devices = await tx.device.findMany({
      where: { revokedAt: null },
      include: { station: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    });
    return {
      staff: staff.map((s) => ({
        id: s.id,
        name: s.name,
        loginName: s.loginName,
        maskedPhone: s.phoneEnc
          ? maskPhone(
              ctx.deps.cipher.decrypt(
                { courtId: s.courtId, table: 'StaffUser', rowId: s.id, column: 'phoneEnc' },
                s.phoneEnc,
              ),
            )
          : null,
        locked: s.lockedAt !== null || s.signInFailures.length > 0,
        disabled: s.disabledAt !== null,
        hasPin: s.pinHash !== null,
        passkeys: s._count.passkeys,
        duties: [...new Set(s.duties.map((d) => d.duty))],
        assignments: s.duties.map((d) => ({
          id: d.id,
          duty: d.duty,
          stationName: d.station?.name ?? null,
          committeeName: d.committee?.name ?? null,
          since: d.since.toISOString(),
        })),
      })),
      stations: stations.map((s) => ({ id: s.id, name: s.name })),
      committees: committees.map((c) => ({ id: c.id, name: c.name })),
      devices: devices.map((d) => ({
        id: d.id,
        name: d.name,
        stationId: d.stationId,
        station: d.station.name,
        enrolled: d.enrolledAt !== null,
        enrolledAt: d.enrolledAt?.toISOString() ?? null,
        lastSeenAt: d.lastSeenAt?.toISOString() ?? null,
      })),
    };
  });
}
