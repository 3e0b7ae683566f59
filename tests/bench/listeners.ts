import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Heard = { times: number[] };

/** Starts a process with one stream, or one asker a second, for each cookie; resolves once all of them are there. */
export async function runListeners(
  kind: 'stream' | 'poll',
  url: string,
  sessionId: string,
  cookies: string[],
): Promise<{ end(): Promise<Heard> }> {
  const file = fileURLToPath(new URL('./listener-process.ts', import.meta.url));
  const child = spawn(process.execPath, [file, kind, url, sessionId], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify(cookies)}\n`);
  const said = await lines.next();
  if (said.value !== 'ready') throw new Error('the listeners did not start');
  return {
    async end() {
      child.stdin.write('end\n');
      return JSON.parse(String((await lines.next()).value)) as Heard;
    },
  };
}
