import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { runApp } from '../setup/running-app.ts';
import { painTests } from './pains.ts';
import { playC1, type Report } from './play-c1.ts';

const run = promisify(execFile);
const python = process.env.TONGXI_PYHANKO ?? '';
const overflow = 'document.documentElement.scrollWidth > document.documentElement.clientWidth + 1';

let app: Awaited<ReturnType<typeof runApp>>;
let out: string;
let report: Report;
const findings: string[] = [];
const scrolling: string[] = [];

/** Stops at pages that tests/web looks at in four ways, axe included. */
const visited =
  /^(station-sign-in|station-home|intake|case-(choose|prepared)|mediator-disclosure|phone-(invitation|device-check|lobby|agree|read|ink|signed|sealed)|judge-inbox|room-checking|draft|station-(handed-over-draft|read|ink|signed)|sealed|verify)/;

/** Every page that the play stops at: no horizontal scroll; no serious or critical axe finding where only the play comes. */
async function judgePage(name: string, page: Page): Promise<void> {
  if (await page.evaluate<boolean>(overflow)) scrolling.push(name);
  if (visited.test(name)) return;
  const { violations } = await new AxeBuilder({ page }).analyze();
  for (const v of violations) {
    if (v.impact === 'serious' || v.impact === 'critical')
      findings.push(`${name}: ${v.id} ${v.nodes[0]?.html.slice(0, 160)}`);
  }
}

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'tongxi-c1-'));
  app = await runApp();
  report = await playC1(app, { out, say: () => undefined, onPage: judgePage });
  // The whole play with its private talk; a busy machine of two cores needs more than the usual four minutes.
}, 480_000);
afterAll(async () => {
  await app?.stop();
  await rm(out, { recursive: true, force: true });
});

test('C1 ends with five signatures in their roles', () => {
  expect(report.signatures.map((s) => `${s.role} ${s.name}`)).toEqual([
    'party 周建波',
    'party 陈阿根',
    'mediator 赵素琴',
    'recorder 方慧',
    'committee 禾岸村人民调解委员会',
  ]);
});

test('it is the twelfth case of this year, registered six days before', async () => {
  const year = new Date(Date.now() + 8 * 3_600_000 - 6 * 86_400_000).getUTCFullYear();
  expect(report.caseNumber).toBe(`（${year}）禾岸人调字第12号`);
  const [court] = await app.deps.db.court.findMany();
  const found = await inCourt(app.deps.db, court?.id ?? '', (tx) =>
    tx.case.findUniqueOrThrow({ where: { id: report.caseId } }),
  );
  const days = (Number(found.effectiveAt) - found.registeredAt.getTime()) / 86_400_000;
  expect(days).toBeGreaterThan(6);
  expect(days).toBeLessThan(6.1);
});

test('every seat decoded frames of the others', () => {
  expect(Object.keys(report.framesDecodedPerSeat).sort()).toEqual(['judge', 'mediator', 'phone', 'station']);
  for (const frames of Object.values(report.framesDecodedPerSeat)) expect(frames).toBeGreaterThan(0);
});

/**
 * Seconds that 陈阿根 needs by himself, at an old pace: 160 characters a minute heard or read, 8 s to find each button,
 * 20 s to answer a question aloud, 45 s to write a name and look at it, half a minute to be called and to sit down.
 */
function personSeconds({ characters, taps, questions }: Report['stationSigning']): number {
  return (characters / 160) * 60 + taps * 8 + questions * 20 + 45 + 30;
}

test('a party of 67 without a phone signs at the station in less than six minutes, pages included (domain.md 7)', () => {
  expect(report.stationSigning.characters).toBeGreaterThan(150);
  expect(report.stationSigning.taps).toBeGreaterThan(4);
  expect(personSeconds(report.stationSigning) + report.stationSigning.pagesMs / 1000).toBeLessThan(360);
});

painTests(() => ({ app, report }));

test('handing the station’s screen over leaves no gap in its picture', async () => {
  const { inCourt } = await import('../../server/src/services/transact.ts');
  const theCourt = await app.deps.db.court.findFirstOrThrow();
  const gaps = await inCourt(app.deps.db, theCourt.id, (tx) =>
    tx.gap.findMany({ where: { seat: { kind: 'STATION' } } }),
  );
  expect(gaps).toEqual([]);
});

test('pictures of every stage are there, in order', async () => {
  const pictures = (await readdir(out)).filter((f) => /^\d\d-.*\.png$/.test(f)).sort();
  expect(pictures.length).toBeGreaterThanOrEqual(24);
  expect(pictures[0]).toBe('01-station-sign-in.png');
});

test('no page has a serious or critical accessibility finding', () => {
  expect(findings).toEqual([]);
});

test('no page scrolls sideways, at 360 px neither', () => {
  expect(scrolling).toEqual([]);
});

test('the command line verifies the file offline and refuses a changed one', async () => {
  const cli = ['server/src/verify-cli.ts'];
  const trust = ['--trust', join(out, 'trust.pem')];
  const { stdout } = await run(process.execPath, [...cli, join(out, 'agreement.pdf'), ...trust]);
  expect(stdout).toMatch(/演示|demonstration/i);
  const bytes = await readFile(join(out, 'agreement.pdf'));
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
  const { writeFile } = await import('node:fs/promises');
  await writeFile(join(out, 'changed.pdf'), bytes);
  await expect(run(process.execPath, [...cli, join(out, 'changed.pdf'), ...trust])).rejects.toMatchObject({
    code: 1,
  });
});

test.skipIf(!existsSync(python))(
  'pyHanko trusts every signature by the file’s own roots and none after a changed byte',
  async () => {
    const script = [
      'tests/setup/pyhanko_check.py',
      join(out, 'agreement.pdf'),
      join(out, 'trust.pem'),
      '--flips',
      '16',
      '--seed',
      '7',
    ];
    const { stdout } = await run(python, script, { maxBuffer: 1 << 24 });
    const result = JSON.parse(stdout) as {
      ok: boolean;
      signatures: { trusted: boolean }[];
      flips: { tried: number; accepted: number[] };
    };
    expect(result.ok).toBe(true);
    expect(result.signatures).toHaveLength(6);
    expect(result.flips).toEqual({ tried: 16, accepted: [] });
  },
);
