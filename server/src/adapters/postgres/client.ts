import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../generated/prisma/client.ts';

/**
 * Opens the application's connection pool. Every connection runs as the role `tongxi_app`, which owns nothing,
 * cannot change the audit log and sees rows of the transaction's court only.
 */
export function openDatabase(databaseUrl: string, poolSize = 12): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: databaseUrl,
    options: '-c role=tongxi_app -c timezone=UTC',
    max: poolSize,
    application_name: 'tongxi',
  });
  return new PrismaClient({ adapter });
}
