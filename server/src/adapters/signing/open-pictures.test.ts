import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allAttacks, openStage, type Stage } from '../../../../tests/factories/attacks/index.ts';
import { differingAreas } from './compare-pages.ts';
import { openPictures } from './open-pictures.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const attacked = async (name: string): Promise<Uint8Array> => {
  const attack = allAttacks.find((one) => one.name === name);
  if (attack === undefined) throw new Error(`no attack ${name}`);
  return attack.make(stage);
};

test('what the first party saw lacks only the later signatures, on the second page', async () => {
  const { kit, sample } = stage;
  const pictures = await kit.pictures(sample.pdf, 'party-1');
  expect(pictures?.pages.map(({ page, areas }) => [page, areas.length > 0])).toEqual([
    [1, false],
    [2, true],
  ]);
  const { width, format } = await sharp(pictures?.pages[0]?.now ?? new Uint8Array()).metadata();
  expect(format).toBe('webp');
  expect(width).toBeGreaterThan(890);
  const committee = await kit.pictures(sample.pdf, 'committee');
  expect(committee?.pages.flatMap(({ areas }) => areas)).toEqual([]);
});

test.each([
  ['page-overwrite', 1],
  ['crop-box', 1],
  ['xref-stream', 1],
])('%s: the last state that holds differs from what is shown now, on page %i', async (name, page) => {
  const pictures = await stage.kit.pictures(await attacked(name), null);
  expect(pictures?.pages.filter(({ areas }) => areas.length > 0).map((one) => one.page)).toEqual([page]);
});

test('a page that was taken away has no picture now', async () => {
  const pictures = await stage.kit.pictures(await attacked('page-removed'), null);
  expect(pictures?.pages[1]).toMatchObject({ page: 2, now: null, areas: [{ width: 1, height: 1 }] });
});

test('a file of strangers is never drawn', async () => {
  for (const name of ['bomb-stream', 'plain-pdf', 'empty', 'other-installation']) {
    expect(await stage.kit.pictures(await attacked(name), null)).toBeNull();
  }
  expect(await stage.kit.pictures(stage.sample.pdf, 'nobody')).toBeNull();
});

test('drawing ends at its time limit and where it falls over', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-pictures-'));
  const program = async (name: string, text: string) => {
    await writeFile(join(dir, name), text);
    return pathToFileURL(join(dir, name));
  };
  const slow = openPictures({ ms: 400, program: await program('slow.mjs', 'setInterval(() => {}, 1000);') });
  const broken = openPictures({ program: await program('broken.mjs', 'process.exit(3);') });
  const { pdf } = stage.sample;
  await expect(slow(pdf, pdf)).rejects.toMatchObject({ code: 'FILE_TOO_COMPLEX' });
  await expect(broken(pdf, pdf)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  await rm(dir, { recursive: true });
});

test('noise is no difference, separate changes are separate areas, another size is everything', () => {
  const blank = (width: number, height: number) => ({
    width,
    height,
    data: new Uint8Array(width * height * 4).fill(250),
  });
  const [a, b] = [blank(400, 400), blank(400, 400)];
  b.data.fill(240);
  expect(differingAreas(a, b)).toEqual([]);
  b.data[0] = 0;
  b.data[(300 * 400 + 300) * 4] = 0;
  expect(differingAreas(a, b)).toHaveLength(2);
  expect(differingAreas(a, blank(400, 401))).toEqual([{ x: 0, y: 0, width: 1, height: 1 }]);
});
