import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { writeMigration } from '../../server/src/adapters/postgres/migrate.ts';
import { startPostgres } from '../../server/src/embedded/postgres.ts';

/** `node server/bootstrap.mjs migration <name>`: writes what the schema has and the migrations lack. */
const say = (text: string) => process.stdout.write(`${text}\n`);
const [name] = process.argv.slice(2);
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  say(
    'Give the migration a name of lower-case letters, digits and _: node server/bootstrap.mjs migration add_x',
  );
  process.exit(1);
}
const dir = await mkdtemp(join(tmpdir(), 'tongxi-migration-'));
try {
  const postgres = await startPostgres({ dir, password: 'shadow', fast: true });
  try {
    const folder = await writeMigration(
      postgres.url,
      resolve('prisma/schema'),
      resolve('prisma/migrations'),
      name,
    );
    say(
      folder
        ? `Wrote ${relative(process.cwd(), folder)}/migration.sql: read it before committing.`
        : 'The migrations already have everything that the schema has: nothing was written.',
    );
  } finally {
    await postgres.stop();
  }
} finally {
  await rm(dir, { recursive: true, force: true });
}
