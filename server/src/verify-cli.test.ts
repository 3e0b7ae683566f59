import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSample, signSample } from './adapters/signing/sample-agreement.fixture.ts';
import { runVerify } from './verify-cli.ts';

let dir: string;
let close: () => Promise<void>;
const file = (name: string) => join(dir, name);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tongxi-verify-'));
  const opened = await openSample();
  close = opened.close;
  const { pdf, heads } = await signSample(opened.kit);
  const changed = Buffer.from(pdf);
  changed[5000] = (changed[5000] ?? 0) ^ 1;
  const files = { genuine: pdf, incomplete: heads[3] ?? pdf, changed, unreadable: Buffer.from('text') };
  for (const [name, bytes] of Object.entries(files)) await writeFile(file(`${name}.pdf`), bytes);
  await writeFile(file('trust.pem'), opened.kit.trustPem());
  const other = await openSample();
  await writeFile(file('other.pem'), other.kit.trustPem());
  await other.close();
});
afterAll(async () => {
  await close();
  await rm(dir, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<[code: number, output: string]> {
  let output = '';
  const code = await runVerify(args, (text) => {
    output += text;
  });
  return [code, output];
}

describe('npm run verify', () => {
  test.each([
    ['genuine', 'trust', 0, '真实、完整、未改动'],
    ['incomplete', 'trust', 1, '缺少印章'],
    ['changed', 'trust', 1, '已改动'],
    ['unreadable', 'trust', 2, '无法读取'],
    ['genuine', 'other', 2, '未知'],
    ['absent', 'trust', 2, '无法读取'],
    ['genuine', 'absent', 2, '信任文件不可用'],
  ])('%s.pdf with %s.pem: %i %s', async (name, trust, code, words) => {
    const [exit, output] = await run(file(`${name}.pdf`), '--trust', file(`${trust}.pem`));
    expect(exit).toBe(code);
    expect(output).toContain(words);
  });

  test('says that a demonstration is one, and who signed when', async () => {
    const [, output] = await run(file('genuine.pdf'), '--trust', file('trust.pem'));
    for (const words of ['演示文件，无法律效力', '陈阿根', '北京时间', '（2025）禾岸人调字第12号']) {
      expect(output).toContain(words);
    }
  });

  test('writes JSON, help and usage', async () => {
    const [, json] = await run(file('genuine.pdf'), '--trust', file('trust.pem'), '--json');
    expect(JSON.parse(json)).toMatchObject({ verdict: 'genuine', demo: true });
    expect(await run('--help')).toEqual([0, expect.stringContaining('Usage')]);
    expect(await run(file('genuine.pdf'))).toEqual([2, expect.stringContaining('Usage')]);
    expect(await run('--nonsense')).toEqual([2, expect.stringContaining('Usage')]);
  });

  test('runs as a program of its own', async () => {
    const program = join(import.meta.dirname, 'verify-cli.ts');
    const args = [program, file('genuine.pdf'), '--trust', file('trust.pem')];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout).toContain('genuine');
  });
});
