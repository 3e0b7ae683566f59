import { runOnDatabase } from './operator-database.ts';
import { releaseByOperator } from './services/staff/release-by-operator.ts';

/** `npm run staff:release -- LOGIN`: takes every lock off an account when no administrator is left who could. */
const [login = ''] = process.argv.slice(2);
if (!/^[\w.@-]{1,60}$/.test(login)) {
  process.stderr.write('Give the login name: npm run staff:release -- LOGIN\n');
  process.exit(1);
}
await runOnDatabase(async ({ db, cipher }) => {
  const outcome = await releaseByOperator({ db, cipher }, login);
  const text = {
    UNKNOWN: `${login}: nobody has this login name.`,
    'NOT-LOCKED': `${login} is not locked.`,
    RELEASED: `${login} may sign in again. The audit log says that this machine's operator did it.`,
  };
  process.stdout.write(`${text[outcome]}\n`);
  return outcome === 'RELEASED';
});
