import type { Deps } from '../context.ts';
import { locateStaffSession } from './locate-staff-session.ts';

/** Whom the screen is handed to and which case it belongs to, for the locked staff session's page. */
export async function readHandOver(
  deps: Deps,
  staffToken: string | undefined,
): Promise<{ name: string; caseId: string; director: string } | null> {
  const session = await locateStaffSession(deps, staffToken);
  const open = session?.handOvers[0];
  if (!session || !open) return null;
  return {
    name: open.agent?.name ?? open.party?.name ?? '',
    caseId: open.caseId,
    director: session.staffUser.name,
  };
}
