import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

/** People, their duties and whether they are locked; devices and stations. For administrators. */
export async function listStaff(ctx: Ctx) {
  return transact(ctx, async (tx) => {
    authoriseCourt(ctx, 'manage-staff');
    const [staff, stations, devices] = await Promise.all([
      tx.staffUser.findMany({ include: { duties: { where: { until: null } } }, orderBy: { name: 'asc' } }),
      tx.station.findMany({ orderBy: { name: 'asc' } }),
      tx.device.findMany({ where: { revokedAt: null }, include: { station: true }, orderBy: { name: 'asc' } }),
    ]);
    return {
      staff: staff.map((s) => ({
        id: s.id,
        name: s.name,
        loginName: s.loginName,
        locked: s.lockedAt !== null,
        disabled: s.disabledAt !== null,
        duties: s.duties.map((d) => d.duty),
      })),
      stations: stations.map((s) => ({ id: s.id, name: s.name })),
      devices: devices.map((d) => ({ id: d.id, name: d.name, station: d.station.name, enrolled: d.enrolledAt !== null })),
    };
  });
}
