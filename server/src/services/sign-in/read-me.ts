import type { Me } from '../../contract/sign-in.ts';
import type { Deps, Principal } from '../context.ts';
import { inCourt } from '../transact.ts';

/** Who is asking, for the page's frame. A locked (handed-over) staff session tells only to whom. */
export async function readMe(
  deps: Deps,
  principal: Principal | null,
  handedOver: { name: string; caseId: string } | null,
): Promise<Me> {
  const nobody: Me = {
    kind: 'none',
    name: '',
    staffUserId: null,
    duties: [],
    stationId: null,
    stationName: null,
    courtName: null,
    atStation: false,
    secondFactorMissing: false,
    hasPin: false,
    sessionExpiresAt: null,
    handedOverTo: handedOver?.name ?? null,
    handedOverCaseId: handedOver?.caseId ?? null,
    demo: deps.settings.demo,
  };
  if (!principal || principal.kind === 'system') return nobody;
  const court = await deps.db.court.findUniqueOrThrow({ where: { id: principal.courtId } });
  const stationId = stationOf(principal);
  const { station, own, expiresAt } = await inCourt(deps.db, principal.courtId, async (tx) => ({
    station: stationId ? await tx.station.findUnique({ where: { id: stationId } }) : null,
    own:
      principal.kind === 'staff'
        ? await tx.staffUser.findUnique({
            where: { id: principal.staffUserId },
            select: { pinHash: true },
          })
        : null,
    expiresAt:
      principal.kind === 'staff'
        ? (await tx.staffSession.findUnique({ where: { id: principal.sessionId } }))?.expiresAt
        : principal.kind === 'party'
          ? (await tx.partySession.findUnique({ where: { id: principal.partySessionId } }))?.expiresAt
          : null,
  }));
  return {
    ...nobody,
    kind: principal.kind,
    name: principal.kind === 'device' ? (station?.name ?? '') : principal.name,
    staffUserId: principal.kind === 'staff' ? principal.staffUserId : null,
    duties: principal.kind === 'staff' ? [...new Set(principal.duties.map((d) => d.duty))] : [],
    stationId,
    stationName: station?.name ?? null,
    courtName: court.name,
    atStation: principal.kind === 'staff' && principal.deviceStationId !== null,
    secondFactorMissing: principal.kind === 'staff' && !principal.secondFactor,
    hasPin: Boolean(own?.pinHash),
    sessionExpiresAt: expiresAt?.toISOString() ?? null,
  };
}

function stationOf(principal: Principal): string | null {
  if (principal.kind === 'device') return principal.stationId;
  if (principal.kind !== 'staff') return null;
  return principal.deviceStationId ?? principal.duties.find((d) => d.stationId)?.stationId ?? null;
}
