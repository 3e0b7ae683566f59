import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { BLOCK_BYTES, newRecordingKey, openFile, openRange, sealFile, sha256 } from './blocks.ts';
import { brokenLink, firstHash, type Link, linkHash } from './chain.ts';

describe('encrypted blocks', () => {
  const key = newRecordingKey();
  const plain = randomBytes(BLOCK_BYTES * 2 + 1234);
  const stored = sealFile(key, plain);
  const range = (bytes: Uint8Array, start: number, end: number, size = plain.length) =>
    openRange(key, { size, read: async (at, length) => bytes.subarray(at, at + length) }, start, end);

  test('a file comes back whole, and any range of it alone', async () => {
    expect((await openFile(key, stored)).equals(plain)).toBe(true);
    for (const [start, end] of [
      [0, 1],
      [BLOCK_BYTES - 1, BLOCK_BYTES + 1],
      [5, plain.length],
      [BLOCK_BYTES * 2, plain.length],
      [0, BLOCK_BYTES],
    ] as const)
      expect((await range(stored, start, end)).equals(plain.subarray(start, end))).toBe(true);
    for (const size of [0, 1, BLOCK_BYTES, BLOCK_BYTES * 2])
      expect((await openFile(key, sealFile(key, plain.subarray(0, size)))).length).toBe(size);
  });

  test('a changed byte, a block moved, left out or cut off, another key: nothing opens', async () => {
    const changed = Buffer.from(stored);
    changed[stored.length - 20] = (changed[stored.length - 20] ?? 0) ^ 1;
    const swapped = Buffer.from(stored);
    const block = BLOCK_BYTES + 16;
    stored.copy(swapped, 36, 36 + block, 36 + 2 * block);
    stored.copy(swapped, 36 + block, 36, 36 + block);
    const cut = stored.subarray(0, 36 + 2 * block);
    for (const bad of [changed, swapped, cut, stored.subarray(0, 40)])
      await expect(async () => openFile(key, bad)).rejects.toThrow();
    await expect(openFile(newRecordingKey(), stored)).rejects.toThrow();
    await expect(range(swapped, 0, 10)).rejects.toThrow();
  });

  test('equal files are not equal where they lie', () => {
    expect(sha256(sealFile(key, plain))).not.toBe(sha256(stored));
  });
});

describe('the hash chain', () => {
  const id = '0190c0aa-0000-7000-8000-000000000001';
  const links: Link[] = [0, 1, 2].map((index) => ({
    index,
    part: index < 2 ? 1 : 2,
    at: new Date(1_790_000_000_000 + index * 4000),
    size: 100 + index,
    sha256: sha256(Buffer.from([index])),
  }));
  let previous = firstHash(id);
  const chain = links.map((link) => {
    previous = linkHash(previous, link);
    return { ...link, hash: previous };
  });

  test('holds as it was made, and for its own recording only', () => {
    expect(brokenLink(id, chain)).toBeNull();
    expect(brokenLink('0190c0aa-0000-7000-8000-000000000002', chain)).toBe(0);
  });

  test('shows the first link that was changed, left out or put elsewhere', () => {
    const [a, b, c] = chain as [(typeof chain)[0], (typeof chain)[0], (typeof chain)[0]];
    for (const change of [
      { size: 1 },
      { sha256: a.sha256 },
      { at: new Date(0) },
      { part: 9 },
      { hash: a.hash },
    ])
      expect(brokenLink(id, [a, { ...b, ...change }, c])).toBe(1);
    expect(brokenLink(id, [a, c])).toBe(1);
    expect(brokenLink(id, [b, a, c])).toBe(0);
  });
});
