import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { OneAtATime } from './one-at-a-time.ts';

/**
 * The application's connections, by a login of its own (app-login.ts) that is a member of `tongxi_app`: it owns nothing,
 * cannot change the audit log and sees rows of the transaction's court only. `role` narrows another login to that for a
 * command of the operator; it is no wall, since the login can take it back.
 */
export function openPool(databaseUrl: string, size = 12, role?: 'tongxi_app'): pg.Pool {
  const pool = new pg.Pool({
    Client: OneAtATime,
    connectionString: databaseUrl,
    options: `${role ? `-c role=${role} ` : ''}-c timezone=UTC`,
    max: size,
    application_name: 'tongxi',
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks while idle is replaced by the next one; whoever needs the database then hears of it.
  pool.on('error', () => undefined);
  return pool;
}

/** The object mapper on that pool; `$disconnect` ends both. */
export function openDatabase(pool: pg.Pool): PrismaClient {
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementNames(), disposeExternalPool: true });
  return new PrismaClient({ adapter });
}

/** Enough for every statement of the application; what comes after (lists of odd lengths) is parsed each time. */
const MAX_STATEMENTS = 500;

/** Names under which each connection keeps its prepared statements; an empty name keeps none. */
function statementNames(): (query: { sql: string; args: unknown[] }) => string {
  const names = new Map<string, string>();
  return ({ sql, args }) => {
    const known = names.get(sql);
    if (known) return known;
    if (args.length === 0 || names.size >= MAX_STATEMENTS) return '';
    const name = `s${names.size}`;
    names.set(sql, name);
    return name;
  };
}
