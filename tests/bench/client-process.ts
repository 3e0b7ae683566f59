import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * Clients in a process of their own, so that what they spend is not the server's: a script beside this file that reads
 * `input` as one line of JSON, says `ready`, and on `end` answers with one line of JSON.
 */
export async function startClients<T>(
  script: `./${string}.ts`,
  args: string[],
  input: unknown,
): Promise<{ end(): Promise<T> }> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify(input)}\n`);
  const said = await lines.next();
  if (said.value !== 'ready') throw new Error(`${script} did not start`);
  return {
    async end() {
      child.stdin.write('end\n');
      return JSON.parse(String((await lines.next()).value)) as T;
    },
  };
}
