import type { Deps, Tx } from '../context.ts';

/** Passkeys belong to the public address: its host name is their scope, its origin what browsers sign. */
export function relyingParty(deps: Pick<Deps, 'settings'>): { id: string; origin: string } {
  const { hostname, origin } = new URL(deps.settings.publicUrl);
  return { id: hostname, origin };
}

/** Takes the session's pending challenge, exactly once, whatever the answer to it will be worth. Null when there is none. */
export async function takeChallenge(tx: Tx, sessionId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ challenge: string | null }[]>`
    WITH pending AS (SELECT id, challenge FROM "StaffSession" WHERE id = ${sessionId}::uuid FOR UPDATE)
    UPDATE "StaffSession" s SET challenge = NULL FROM pending
    WHERE s.id = pending.id AND pending.challenge IS NOT NULL RETURNING pending.challenge AS challenge`;
  return row?.challenge ?? null;
}
