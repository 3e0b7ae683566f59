import { join } from 'node:path';
import { signingChoice } from './adapters/signing/from-config.ts';
import { openSigning } from './adapters/signing/open-signing.ts';
import { storageOf } from './adapters/storage/from-config.ts';
import { runOnDatabase } from './operator-database.ts';
import { verifyChain } from './services/audit/verify-chain.ts';
import { verifyStamps } from './services/audit/verify-stamps.ts';
import { verifyRecordings } from './services/recording/verify-recording.ts';

/**
 * `npm run audit:verify`: walks every court's audit chain, and the hash chains of its recordings with their stored
 * files; exit 0 when all hold, 1 when one does not.
 */
const say = (text: string) => process.stdout.write(`${text}\n`);
await runOnDatabase(async ({ db, cipher, config, dir, authorityPassphrase, secretsFile }) => {
  const flag = await db.systemFlag.findFirst();
  const demo = flag?.demo ?? true;
  const publicUrl = config.PUBLIC_URL ?? 'http://127.0.0.1:3000';
  const choice = await signingChoice(config, { demo, publicUrl });
  const signing = await openSigning({
    dir: join(dir, 'signing'),
    passphrase: authorityPassphrase,
    demo,
    ...choice.options,
  });
  const storage = await storageOf(config, dir);
  let broken = 0;
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
    for (const one of await verifyRecordings({ db, signing, storage }, court.id)) {
      broken += one.faults.length;
      say(
        `  recording ${one.recordingId}: ${one.links} pieces, head ${one.head.slice(0, 16)}, ${one.stamps} time stamps, ${one.faults.length} faults${one.deleted ? ', deleted by rule' : ''}`,
      );
      for (const { fault, where } of one.faults.slice(0, 50)) say(`    ${where}: ${fault}`);
    }
  }
  say(`Secrets of ${secretsFile} were used to open the personal values beside the chain.`);
  return broken === 0;
});
