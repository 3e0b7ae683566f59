import type { z } from 'zod';
import type { SignInOptions } from '../../contract/sign-in.ts';
import type { Deps, Principal } from '../context.ts';
import { inCourt } from '../transact.ts';

/** Which ways of signing in the page shows. */
export async function readOptions(
  deps: Deps,
  principal: Principal | null,
): Promise<z.infer<typeof SignInOptions>> {
  const station =
    principal?.kind === 'device'
      ? await inCourt(deps.db, principal.courtId, (tx) =>
          tx.station.findUnique({ where: { id: principal.stationId } }),
        )
      : null;
  return {
    demo: deps.settings.demo,
    identityProvider: deps.identityProvider?.name ?? null,
    stationName: station?.name ?? null,
  };
}
