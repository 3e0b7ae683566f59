import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('before any start an operator’s command says that nothing is there yet, and leaves nothing behind', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'tongxi-operator-'));
  const dir = join(parent, 'data');
  const { PATH = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/src/audit-cli.ts'], {
    env: { PATH, DATA_DIR: dir, NODE_NO_WARNINGS: '1' },
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`还没有任何数据：请先启动一次服务（npm start）。Nothing is there yet in ${dir}`);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(existsSync(dir)).toBe(false);
  await rm(parent, { recursive: true });
});
