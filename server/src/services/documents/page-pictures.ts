import type { Ctx } from '../context.ts';

/** The last few papers' pages as PNG: everybody looks at the same ones at the same time. */
const cache = new Map<string, Promise<Uint8Array[]>>();
const CACHED = 12;

/** A stored PDF's pages as PNG, `widthPx` wide, first page first. Who may see them is asked before. */
export function pagePictures(
  ctx: Ctx,
  { key, sha256, widthPx }: { key: string; sha256: string; widthPx: number },
): Promise<Uint8Array[]> {
  const name = `${sha256}/${widthPx}`;
  const found = cache.get(name);
  if (found) return found;
  const made = ctx.deps.storage.get(key).then((pdf) => ctx.deps.documents.renderPages(pdf, { widthPx }));
  cache.set(name, made);
  made.catch(() => cache.delete(name));
  for (const old of [...cache.keys()].slice(0, -CACHED)) cache.delete(old);
  return made;
}
