import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../setup/browser.ts';
import { runApp } from '../setup/running-app.ts';
import { mannedRoom } from './manned-room.ts';
import { partyPages, signingPages } from './party-pages.ts';
import { roomPages } from './room-pages.ts';
import { type Seeded, seededCourt } from './seeded.ts';
import { emptyDay, staffPages } from './staff-pages.ts';
import { type Visitor, visitor } from './visit.ts';

let app: Awaited<ReturnType<typeof runApp>>;
let chrome: Awaited<ReturnType<typeof launchBrowser>>;
let pages: Visitor;
let seeded: Seeded;
const folder = process.env.TONGXI_PICTURES;

beforeAll(async () => {
  [app, chrome] = await Promise.all([runApp(), launchBrowser()]);
  seeded = await seededCourt(app);
  pages = visitor({ app, browser: chrome.browser, seeded });
  await emptyDay(seeded, pages);
  // Two at a time: as many as the smallest machine has cores. Ninety seconds on a quiet one.
  await Promise.all([
    partyPages(seeded, pages).then(() => signingPages(seeded, pages)),
    staffPages(seeded, pages),
  ]);
  await roomPages(seeded, pages);
}, 600_000);
afterAll(async () => {
  await chrome?.close();
  await app?.stop();
});

test('every page and step of every role was seen', () => {
  expect(pages.findings.filter((f) => f.includes('not reached'))).toEqual([]);
  expect(new Set(pages.names).size).toBe(pages.names.length);
});

test('no page has a serious or critical accessibility finding, in Chinese and English, light and dark', () => {
  expect(pages.findings.filter((f) => f.includes(': axe '))).toEqual([]);
});

test('no page scrolls sideways at 360 px nor at 1280 px', () => {
  expect(pages.findings.filter((f) => f.includes('sideways'))).toEqual([]);
});

test('no page writes an error to the console', () => {
  expect(pages.findings.filter((f) => f.includes(': console '))).toEqual([]);
});

test('every other demand: names, targets, text, one next step within reach of the keyboard', () => {
  const other = /not reached|: axe |sideways|: console /;
  expect(pages.findings.filter((f) => !other.test(f))).toEqual([]);
});

if (folder)
  test('the room with somebody before every camera, for the handbook', async () => {
    await mannedRoom(seeded, { url: app.url, browser: chrome.browser, folder });
  });
