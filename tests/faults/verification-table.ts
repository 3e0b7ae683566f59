import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { corpus } from '../factories/attacks/index.ts';
import { REASONS, reasonOf } from './disagreements.ts';

export const docs = join(import.meta.dirname, '..', '..', 'docs', 'verification.md');

/** The rows of the table: verdicts as they came out, the reason where another verifier disagrees. */
export function tableOf(pyhanko: Map<string, boolean>, eu: Map<string, boolean>): string[] {
  const word = (accepted: boolean | undefined) => (accepted ? 'accepts' : 'refuses');
  return Object.entries(corpus).flatMap(([group, attacks]) => [
    `| **${group}** | | | | | |`,
    ...attacks.map(({ name, about, verdict }) => {
      const others = [pyhanko.get(name), eu.get(name)];
      const agreed = others.every((one) => one === (verdict === 'genuine'));
      const reason = agreed ? '' : (reasonOf(name, group) ?? 'unexplained');
      return `| ${name} | ${about} | ${verdict} | ${word(others[0])} | ${word(others[1])} | ${reason} |`;
    }),
  ]);
}

/** Puts the table into the page, with the date and the reasons. */
export async function writeTable(table: string[]): Promise<void> {
  const text = await readFile(docs, 'utf8');
  const [before = '', after = ''] = text.split(/<!-- table -->[\s\S]*<!-- end of table -->/);
  const head =
    '| File | What was done | Ours | pyHanko | EU DSS | Why |\n| --- | --- | --- | --- | --- | --- |';
  const reasons = Object.entries(REASONS).map(([key, reason]) => `- **${key}**: ${reason}`);
  const date = `Made on ${new Date().toISOString().slice(0, 10)} by \`TONGXI_WRITE_DOCS=1 npm run test:faults\`.`;
  const body = [date, '', ...reasons, '', head, ...table].join('\n');
  await writeFile(docs, `${before}<!-- table -->\n\n${body}\n\n<!-- end of table -->${after}`);
}
