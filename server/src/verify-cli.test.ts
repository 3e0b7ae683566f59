import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { append, overwrittenPage } from '../../tests/factories/attacks/stage.ts';
import { openPdf } from './adapters/signing/pdf-file.ts';
import { MANIFEST, openSample, signSample } from './adapters/signing/sample-agreement.fixture.ts';
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
  const redrawn = append(pdf, overwrittenPage(openPdf(pdf)));
  const files = {
    genuine: pdf,
    redrawn,
    incomplete: heads[3] ?? pdf,
    changed,
    unreadable: Buffer.from('text'),
  };
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
    ['genuine', 'other', 2, '也不等于是假的'],
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

  test('names the page that was drawn over and keeps its pictures, signed and now', async () => {
    const pictures = file('pictures');
    const [code, output] = await run(
      file('redrawn.pdf'),
      '--trust',
      file('trust.pem'),
      '--pictures',
      pictures,
    );
    expect(code).toBe(1);
    expect(output).toContain('pages that differ from what was signed: 1\n');
    expect(output).toContain('盖章之后有追加内容');
    expect((await readdir(pictures)).sort()).toEqual([
      'page-1-now.webp',
      'page-1-signed.webp',
      'page-2-now.webp',
      'page-2-signed.webp',
    ]);
  });

  test('a genuine file of another case is not accepted where a case is named', async () => {
    const args = [file('genuine.pdf'), '--trust', file('trust.pem'), '--case'];
    expect((await run(...args, MANIFEST.caseNumber))[0]).toBe(0);
    expect(await run(...args, '（2025）禾岸人调字第13号')).toEqual([
      1,
      expect.stringContaining('of another case'),
    ]);
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
