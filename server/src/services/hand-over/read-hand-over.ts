import type { Deps } from '../context.ts';
import { locateStaffSession } from './locate-staff-session.ts';

/** Whom the screen is handed to and which case it belongs to, for the locked staff session's page. */
export async function readHandOver(
  deps: Deps,
  staffToken: string | undefined,
): Promise<{ name: string; caseId: string; director: string } | null> {
  const session = await locateStaffSession(deps, staffToken);
  const last = session?.handOvers[0];
  if (!session?.handedOverAt || !last) return null;
  return {
    name: last.agent?.name ?? last.party?.name ?? '',
    caseId: last.caseId,
    director: session.staffUser.name,
  };
}
