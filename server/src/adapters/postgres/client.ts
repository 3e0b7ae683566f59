import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../generated/prisma/client.ts';

/**
 * Opens the application's connection pool. Every connection runs as the role `tongxi_app`, which owns nothing,
 * cannot change the audit log and sees rows of the transaction's court only.
 */
export function openDatabase(databaseUrl: string, poolSize = 12): PrismaClient {
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl,
      options: '-c role=tongxi_app -c timezone=UTC',
      max: poolSize,
      application_name: 'tongxi',
    },
    { statementNameGenerator: statementNames() },
  );
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
