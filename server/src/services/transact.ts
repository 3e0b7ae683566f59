import { DomainError } from '../domain/errors.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { RawTx } from '../ports/statements.ts';
import type { Ctx, Db, Tx } from './context.ts';

const refusals = new WeakMap<DomainError, string>();

/** The court in whose transaction a refusal was thrown; undefined when none was begun. */
export const refusedIn = (refusal: DomainError): string | undefined => refusals.get(refusal);

/**
 * Runs `work` in one transaction of the principal's court. Row-level security shows only that court's rows.
 * State, audit row, live event and outbox job written inside commit together or not at all.
 * A unique or exclusion violation that `work` did not foresee becomes CONFLICT.
 */
export async function transact<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inCourt(ctx.deps.db, ctx.principal.courtId, work);
}

/** The same for callers without a principal (jobs, webhooks, sign-in before anybody is known). */
export async function inCourt<T>(db: Db, courtId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await db.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT set_config('app.court_id', ${courtId}, true)`;
        return work(tx);
      },
      { maxWait: 10_000, timeout: 20_000 },
    );
  } catch (error) {
    if (isConflict(error)) throw new DomainError('CONFLICT');
    if (error instanceof DomainError) refusals.set(error, courtId);
    throw error;
  }
}

/** The same with plain statements, for what every join does. */
export async function transactRaw<T>(ctx: Ctx, work: (tx: RawTx) => Promise<T>): Promise<T> {
  try {
    return await ctx.deps.statements.inCourt(ctx.principal.courtId, work);
  } catch (error) {
    if (isConflict(error)) throw new DomainError('CONFLICT');
    throw error;
  }
}

/** True for lost races: unique (P2002), write conflict (P2034), exclusion (23P01), serialisation and deadlock. */
export function isConflict(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    if (error.code === 'P2002' || error.code === 'P2034') return true;
  }
  if (error instanceof Error && 'code' in error && /^(23505|23P01|40001|40P01)$/.test(String(error.code)))
    return true;
  return error instanceof Error && /23P01|40001|40P01|no_overlap/.test(`${error.message}`);
}

/**
 * True when PostgreSQL was not there: no connection (P1001, P1002), one that broke (P1017, 57P01, 57P02; pg gives no code), or a server that is
 * starting (57P03). Whether a commit was reached is then unknown, as with every lost answer: each verb may be asked again.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (/^(P1001|P1002|P1017|57P0[123]|08\d{3}|ECONNREFUSED|ECONNRESET)$/.test(code)) return true;
  return /\b57P0[123]\b|ConnectionClosed|DatabaseNotReachable|Connection terminated|not queryable|terminating connection|ECONNREFUSED/.test(
    error.message,
  );
}

type Located =
  | 'login'
  | 'staff-session'
  | 'party-session'
  | 'device'
  | 'enrolment'
  | 'invitation'
  | 'spoken-code'
  | 'passkey'
  | 'room'
  | 'seat'
  | 'document';

/** Which court a secret belongs to, before anybody is known. */
export async function locateCourt(db: RawTx, kind: Located, key: string): Promise<string | null> {
  const [court] = await locateCourts(db, kind, [key]);
  return court ?? null;
}

/** The same for several secrets of one kind, in their order. */
export async function locateCourts(db: RawTx, kind: Located, keys: string[]): Promise<(string | null)[]> {
  const rows = await db.$queryRaw<{ court: string | null }[]>`
    SELECT locate_court(${kind}, key)::text AS court FROM unnest(${keys}::text[]) WITH ORDINALITY AS asked(key, nth)
    ORDER BY nth`;
  return rows.map(({ court }) => court);
}
