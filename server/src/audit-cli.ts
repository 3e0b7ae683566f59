import { join, resolve } from 'node:path';
import { openFieldCipher } from './adapters/keys/field-cipher.ts';
import { openDatabase, openPool } from './adapters/postgres/client.ts';
import { signingChoice } from './adapters/signing/from-config.ts';
import { openSigning } from './adapters/signing/open-signing.ts';
import { readConfig } from './config.ts';
import { takeDataDir } from './embedded/data-dir.ts';
import { startPostgres } from './embedded/postgres.ts';
import { givenSecrets, loadSecrets } from './embedded/secrets.ts';
import { verifyChain } from './services/audit/verify-chain.ts';
import { verifyStamps } from './services/audit/verify-stamps.ts';

/** `npm run audit:verify`: walks every court's audit chain; exit 0 when all hold, 1 when one does not. */
const say = (text: string) => process.stdout.write(`${text}\n`);
const { config, faults } = readConfig(process.env, []);
if (faults.length > 0) {
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exit(1);
}

const cleanups: (() => Promise<void>)[] = [];
let broken = 0;
try {
  const data = config.DATABASE_URL
    ? { dir: resolve(config.DATA_DIR), release: async () => undefined }
    : await takeDataDir(config.DATA_DIR);
  cleanups.push(async () => {
    await data.release();
  });
  const secrets = givenSecrets(config) ?? (await loadSecrets(data.dir));
  let url = config.DATABASE_URL;
  if (!url) {
    const postgres = await startPostgres({ dir: data.dir, password: secrets.databasePassword });
    cleanups.push(() => postgres.stop());
    url = postgres.url;
  }
  const db = openDatabase(openPool(url, 2, 'tongxi_app'));
  cleanups.push(() => db.$disconnect());
  const cipher = openFieldCipher({
    current: 'k1',
    master: { k1: Buffer.from(secrets.fieldKey, 'base64') },
    indexKey: Buffer.from(secrets.indexKey, 'base64'),
  });
  const flag = await db.systemFlag.findFirst();
  const demo = flag?.demo ?? true;
  const publicUrl = config.PUBLIC_URL ?? 'http://127.0.0.1:3000';
  const choice = await signingChoice(config, { demo, publicUrl });
  const signing = await openSigning({
    dir: join(data.dir, 'signing'),
    passphrase: secrets.authorityPassphrase,
    demo,
    ...choice.options,
  });
  for (const court of await db.court.findMany()) {
    const report = await verifyChain({ db, cipher }, court.id);
    broken += report.faults.length;
    say(
      `${court.name}: ${report.events} events, head ${report.head.slice(0, 16) || '—'}, ${report.erased} erased values, ${report.faults.length} faults`,
    );
    for (const fault of report.faults.slice(0, 50)) say(`  ${fault.seq}: ${fault.fault}`);
    const stamps = await verifyStamps({ db, signing }, court.id);
    broken += stamps.faults.length;
    say(
      `  ${stamps.stamps} time stamps, newest ${stamps.newest?.toISOString() ?? '—'}, ${stamps.faults.length} faults`,
    );
    for (const seq of stamps.faults.slice(0, 50)) say(`  ${seq}: STAMP`);
  }
  say(`Secrets of ${join(data.dir, 'secrets.json')} were used to open the personal values beside the chain.`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  broken += 1;
} finally {
  for (const clean of cleanups.reverse()) await clean();
}
process.exit(broken === 0 ? 0 : 1);
