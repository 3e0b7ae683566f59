import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonTool } from './python-tool.ts';

type Parameter = { name: string; in: string; schema: object };
type Description = { paths: Record<string, Record<string, { parameters?: Parameter[] }>> };

/** Null without python3 or the package index; the reason is printed. */
export const schemathesis = (): string | null =>
  pythonTool('schemathesis', ['schemathesis==4.0.26', 'hypothesis==6.135.26']);

/** Streams that never end, what would end the session that asks, and what the video server alone may call. */
const leftOut =
  /\/api\/live|sign-out|sign-in|account\/sessions|account\/password|hand-overs|webhooks|\/devices/;

/**
 * Asks every described operation with right and wrong data (schemathesis) as the person of `cookie`. `known` names ids
 * that exist, so that requests get past NOT_FOUND. No answer may be a server error, and each must be as described.
 */
export async function fuzzApi(
  bin: string,
  input: { url: string; cookie: string; as: 'staff' | 'party'; known: Record<string, string>; seed: number },
): Promise<{ code: number | null; output: string }> {
  const answer = await fetch(`${input.url}/api/openapi.json`);
  const description = (await answer.json()) as Description;
  for (const path of Object.keys(description.paths)) {
    if (leftOut.test(path)) delete description.paths[path];
    for (const operation of Object.values(description.paths[path] ?? {}))
      for (const parameter of operation.parameters ?? []) {
        const id = input.known[parameter.name];
        if (parameter.in === 'path' && id) parameter.schema = { type: 'string', enum: [id] };
      }
  }
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-fuzz-'));
  const file = join(dir, 'openapi.json');
  await writeFile(file, JSON.stringify(description));
  const headers = {
    'x-tongxi': '1',
    'x-tongxi-as': input.as,
    origin: input.url,
    ...(input.cookie ? { cookie: input.cookie } : {}),
  };
  const args = [
    ...['run', file, '--url', input.url, '--seed', String(input.seed), '--no-color', '--no-shrink'],
    ...['--phases', 'examples,fuzzing', '--max-examples', '5', '--generation-database', 'none'],
    ...['--suppress-health-check', 'all', '--warnings', 'off', '--request-timeout', '30'],
    ...['--checks', 'not_a_server_error,content_type_conformance,response_schema_conformance'],
    ...['--continue-on-failure', '--output-truncate', 'true'],
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
  ];
  const child = spawn(join(bin, 'schemathesis'), args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  await rm(dir, { recursive: true, force: true });
  return { code, output };
}
