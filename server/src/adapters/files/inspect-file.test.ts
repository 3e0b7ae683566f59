import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { emptyZip, phoneHeic, plainPdf, promisedPng, solidPng } from '../../../../tests/factories/files.ts';
import { processInspector } from './inspect-file.ts';

const inspector = processInspector();
const inspect = (bytes: Uint8Array) => inspector.inspect(new Uint8Array(bytes));

/** A photo with noise, a GPS position, and lying on its side as phones store it. */
const photo = (width = 800, height = 600) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { Make: 'TongxiPhone' }, IFD3: { GPSLatitude: '29/1 52/1 0/1' } })
    .jpeg({ quality: 80 })
    .toBuffer();

describe('inspecting an uploaded file', { timeout: 30_000 }, () => {
  it('reads a photo, turns it upright and leaves its position behind', async () => {
    const bytes = await photo(3000, 2000);
    expect(bytes.includes('TongxiPhone')).toBe(true);
    const file = await inspect(bytes);
    expect(file).toMatchObject({ mime: 'image/jpeg', extension: 'jpg', pages: 1 });
    const picture = await sharp(file.picture).metadata();
    expect(picture).toMatchObject({ format: 'webp', width: 1067, height: 1600 });
    expect(picture.exif).toBeUndefined();
    expect(Buffer.from(file.picture).includes('TongxiPhone')).toBe(false);
  });

  it('converts a phone’s heic', async () => {
    const bytes = await phoneHeic();
    expect(bytes.includes('TongxiPhone')).toBe(true);
    const file = await inspect(bytes);
    expect(file).toMatchObject({ mime: 'image/heic', extension: 'heic', pages: 1 });
    const picture = sharp(file.picture);
    expect(await picture.metadata()).toMatchObject({ format: 'webp', width: 640, height: 480 });
    const { data } = await picture
      .extract({ left: 100, top: 200, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...data].map((value) => Math.round(value / 20))).toEqual([9, 2, 2]);
    expect(Buffer.from(file.picture).includes('TongxiPhone')).toBe(false);
  });

  it('counts a PDF’s pages and draws its first', async () => {
    const file = await inspect(plainPdf(3));
    expect(file).toMatchObject({ mime: 'application/pdf', extension: 'pdf', pages: 3 });
    expect(await sharp(file.picture).metadata()).toMatchObject({ format: 'webp', height: 1600 });
  });

  it('takes a plain screenshot although it shrinks more than a hundredfold', async () => {
    expect(await inspect(solidPng(1080, 2400))).toMatchObject({ mime: 'image/png' });
  });

  it.each([
    ['more pixels than 40 million, promised', promisedPng(20_000, 20_000)],
    ['more pixels than 40 million, delivered', solidPng(9000, 5000)],
    ['fewer pixels out of almost no bytes', solidPng(5000, 5000)],
    ['too many pages', plainPdf(301)],
    ['a PDF stream that unpacks a thousandfold', plainPdf(1, Buffer.alloc(64 * 1024 * 1024, 0x20))],
  ])('FILE_TOO_COMPLEX: %s', async (_name, bytes) => {
    await expect(inspect(bytes)).rejects.toMatchObject({ code: 'FILE_TOO_COMPLEX' });
  });

  it.each([
    ['a web page', Buffer.from('<html><script>alert(1)</script></html>')],
    ['a program', Buffer.from('#!/bin/sh\necho hello\n')],
    ['a vector picture, which may hold scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a moving picture of another kind', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1')],
    ['nothing', Buffer.alloc(0)],
    ['a web page in front of a PDF', Buffer.concat([Buffer.from('<html></html>'), plainPdf(1)])],
    ['a PDF that is an archive too', Buffer.concat([plainPdf(1), emptyZip()])],
    ['a picture that is an archive too', Buffer.concat([solidPng(20, 20), emptyZip()])],
  ])('FILE_TYPE_REFUSED: %s', async (_name, bytes) => {
    await expect(inspect(bytes)).rejects.toMatchObject({ code: 'FILE_TYPE_REFUSED' });
  });

  it('FILE_TYPE_REFUSED: a picture that is a PDF too', async () => {
    const bytes = await photo();
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 12]), Buffer.from('%PDF-1.7\n ')]);
    const both = Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2), plainPdf(1)]);
    await expect(inspect(both)).rejects.toMatchObject({ code: 'FILE_TYPE_REFUSED' });
  });

  it('FILE_UNREADABLE: whatever lost its end', async () => {
    const whole = [await photo(), solidPng(900, 900), await phoneHeic(), plainPdf(2)];
    for (const bytes of [
      ...whole,
      await sharp(await photo())
        .webp()
        .toBuffer(),
    ]) {
      const half = bytes.subarray(0, Math.floor(bytes.length * 0.6));
      await expect(inspect(half), half.subarray(0, 12).toString('latin1')).rejects.toMatchObject({
        code: 'FILE_UNREADABLE',
      });
    }
  });

  it('FILE_TOO_COMPLEX: a parser that does not come back in time', async () => {
    const hasty = processInspector({ limitMs: 1 });
    await expect(hasty.inspect(plainPdf(1))).rejects.toMatchObject({ code: 'FILE_TOO_COMPLEX' });
  });

  it('more files than places wait and all get their answer', async () => {
    const files = await Promise.all(Array.from({ length: 5 }, () => inspect(solidPng(40, 30))));
    expect(files.map((file) => file.mime)).toEqual(Array(5).fill('image/png'));
  });
});
