import { join, resolve } from 'node:path';
import { runApp } from '../setup/running-app.ts';
import { playC1 } from './play-c1.ts';

/** `npm run demo -- --out DIR`: the demo case by real browsers; the same play is an e2e test. */
const args = process.argv.slice(2);
const out = args[args.indexOf('--out') + 1];
if (!args.includes('--out') || !out) {
  process.stderr.write('Usage: npm run demo -- --out DIR\n');
  process.exit(1);
}
const say = (text: string) => process.stdout.write(`${text}\n`);
const app = await runApp();
try {
  const report = await playC1(app, { out: resolve(out), say });
  say(
    `\n${report.signatures.length} signatures: ${report.signatures.map((s) => `${s.role} ${s.name}`).join(', ')}`,
  );
  say(
    `In ${resolve(out)}: agreement.pdf, evidence.pdf, record.pdf, recording.webm, confirmation.pdf, dossier.pdf,`,
  );
  say('trust.pem, report.json and pictures. Check the agreement:');
  say(
    `  npm run verify -- ${join(resolve(out), 'agreement.pdf')} --trust ${join(resolve(out), 'trust.pem')}`,
  );
} finally {
  await app.stop();
}
process.exit(0);
