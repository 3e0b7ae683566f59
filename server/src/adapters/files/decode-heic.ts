import { createRequire } from 'node:module';

/** The part of libheif's JavaScript interface that is used here; the package has no types for it. */
type HeifImage = {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean;
  display(
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (shown: { data: Uint8ClampedArray } | null) => void,
  ): void;
};
type Libheif = { HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } };

/**
 * Pixels of the primary image, turned upright by libheif itself. `limit` sees the declared size before anything is
 * decoded. Throws on a damaged file.
 */
export async function decodeHeic(
  bytes: Uint8Array,
  limit: (width: number, height: number) => void,
): Promise<{ width: number; height: number; rgba: Uint8ClampedArray }> {
  const libheif = createRequire(import.meta.url)('libheif-js/wasm-bundle') as Libheif;
  const images = new libheif.HeifDecoder().decode(bytes);
  const image = images.find((candidate) => candidate.is_primary()) ?? images[0];
  if (!image) throw new Error('no image');
  const [width, height] = [image.get_width(), image.get_height()];
  limit(width, height);
  const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
  const shown = await new Promise<{ data: Uint8ClampedArray } | null>((done) => image.display(target, done));
  if (!shown) throw new Error('not decodable');
  return { width, height, rgba: shown.data };
}
