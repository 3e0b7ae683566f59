import { writeFile } from 'node:fs/promises';

const WIDTH = 480;
const HEIGHT = 270;
const FPS = 10;
const FRAMES = 20;

/**
 * Writes a short raw film (YUV4MPEG2, 4:2:0) of somebody before a wall who sways a little: what the browser's camera
 * shows. The built-in test picture is four times as large and twice as fast, which five browsers on two cores pay for.
 */
export async function writeFakeCamera(path: string): Promise<void> {
  const parts: Uint8Array[] = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FPS}:1 Ip A1:1 C420jpeg\n`)];
  for (let n = 0; n < FRAMES; n += 1) parts.push(Buffer.from('FRAME\n'), frame(n));
  await writeFile(path, Buffer.concat(parts));
}

type Colour = [y: number, u: number, v: number];
const wall: Colour = [150, 122, 132];
const coat: Colour = [62, 138, 120];
const skin: Colour = [172, 112, 148];
const hair: Colour = [48, 126, 130];

function frame(n: number): Uint8Array {
  const bytes = new Uint8Array(WIDTH * HEIGHT * 1.5);
  const uAt = WIDTH * HEIGHT;
  const vAt = uAt * 1.25;
  const sway = Math.sin((n / FRAMES) * 2 * Math.PI) * 8;
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const [luma, u, v] = colourAt(x - WIDTH / 2 - sway, y);
      bytes[y * WIDTH + x] = luma;
      if (x % 2 === 0 && y % 2 === 0) {
        const half = (y / 2) * (WIDTH / 2) + x / 2;
        bytes[uAt + half] = u;
        bytes[vAt + half] = v;
      }
    }
  }
  return bytes;
}

function colourAt(x: number, y: number): Colour {
  const inside = (cx: number, cy: number, rx: number, ry: number) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  if (inside(0, 118, 42, 52)) return inside(0, 84, 46, 30) ? hair : skin;
  if (inside(0, 270, 118, 100)) return coat;
  const [luma, u, v] = wall;
  return [luma - Math.round(y / 6), u, v];
}
