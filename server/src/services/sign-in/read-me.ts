import type { Me } from '../../contract/sign-in.ts';
import type { Deps, Principal } from '../context.ts';
import { inCourt } from '../transact.ts';

/** Who is asking, for the page's frame. */
export async function readMe(deps: Deps, principal: Principal | null, handedOverTo: string | null): Promise<Me> {
  const nobody: Me = {
    kind: 'none',
    name: '',
    staffUserId: null,
    duties: [],
    stationId: null,
    stationName: null,
    courtName: null,
    secondFactorMissing: false,
    handedOverTo,
    demo: deps.settings.demo,
  };
  if (!principal || principal.kind === 'system') return nobody;
  const court = await deps.db.court.findUniqueOrThrow({ where: { id: principal.courtId } });
  const stationId = stationOf(principal);
  const station = stationId ? await inCourt(deps.db, principal.courtId, (tx) => tx.station.findUnique({ where: { id: stationId } })) : null;
  return {
    ...nobody,
    kind: principal.kind,
    name: principal.kind === 'device' ? (station?.name ?? '') : principal.name,
    staffUserId: principal.kind === 'staff' ? principal.staffUserId : null,
    duties: principal.kind === 'staff' ? [...new Set(principal.duties.map((d) => d.duty))] : [],
    stationId,
    stationName: station?.name ?? null,
    courtName: court.name,
    secondFactorMissing: principal.kind === 'staff' && !principal.secondFactor,
  };
}

function stationOf(principal: Principal): string | null {
  if (principal.kind === 'device') return principal.stationId;
  if (principal.kind !== 'staff') return null;
  return principal.deviceStationId ?? principal.duties.find((d) => d.stationId)?.stationId ?? null;
}
