import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RegisteredSeal } from '../../ports/signing.ts';
import { makeMaker, makeSeal, type SealData, sealMaker } from './registered-seal.fixture.ts';
import { readRegisteredSeal, readSealMakers } from './registered-seal.ts';
import { COMMITTEE, COURT, openSample, SEAL_IMAGE, signSample } from './sample-agreement.fixture.ts';
import { seatedSeal } from './seal-image.ts';
import { drawsPathsOnly } from './signing-revision.ts';

const name = '禾岸村人民调解委员会';
const DAY = 86_400_000;
const soon = new Date(Date.now() + 30 * DAY);
const past = new Date(Date.now() - 30 * DAY);
const read = (container: Uint8Array, makers = [sealMaker().certificate]): RegisteredSeal =>
  readRegisteredSeal(container, { makers, now: new Date() });
const refusal = (reason: string) => expect.objectContaining({ code: 'SEAL_INVALID', details: { reason } });

describe('a registered electronic seal (GB/T 38540)', () => {
  let seal: Uint8Array;
  beforeAll(async () => {
    seal = await makeSeal({ name });
  });

  test('is read with its name, number, maker, size, dates and who may set it', async () => {
    const holder = createHash('sha256').update(sealMaker().certificate).digest('hex');
    expect(read(seal)).toMatchObject({
      ...{ name, sealId: '33029900000001', maker: '明州印章制作中心', widthMm: 42, heightMm: 42 },
      sha256: createHash('sha256').update(seal).digest('hex'),
      holders: [holder],
    });
    expect(read(await makeSeal({ name, holders: 2 })).holders).toEqual(['07'.repeat(32)]);
  });

  test('counts when its maker is named, or certified by a named authority; by nobody else', async () => {
    const authority = makeMaker('省制章管理中心', { ca: true });
    const maker = makeMaker('县制章点', { issuer: authority });
    const made = await makeSeal({ name, maker });
    expect(read(made, [authority.certificate]).maker).toBe('县制章点');
    for (const makers of [
      [],
      [sealMaker().certificate],
      [makeMaker('省制章管理中心', { ca: true }).certificate],
    ])
      expect(() => read(made, makers)).toThrow(refusal('MAKER'));
    // A maker is no authority: what it certifies counts for nothing.
    const below = await makeSeal({ name, maker: makeMaker('私刻', { issuer: maker }) });
    expect(() => read(below, [maker.certificate])).toThrow(refusal('MAKER'));
    const late = await makeSeal({ name, maker: makeMaker('旧制章点', { issuer: authority, to: past }) });
    expect(() => read(late, [authority.certificate])).toThrow(refusal('MAKER'));
  });

  const refused: [string, string, Partial<SealData>][] = [
    ['another version', 'FORM', { version: 1 }],
    ['an extension that must be understood', 'FORM', { criticalExtension: true }],
    ['another algorithm', 'ALGORITHM', { algorithm: '1.2.840.10045.4.3.2' }],
    ['not yet valid', 'DATES', { validFrom: soon }],
    ['run out', 'DATES', { validTo: past }],
    ['made tomorrow', 'DATES', { createdAt: new Date(Date.now() + DAY) }],
    ['a person’s seal', 'KIND', { kind: 2 }],
    ['a picture of another kind', 'PICTURE', { pictureType: 'SVG' }],
    ['a picture of a metre', 'PICTURE', { widthMm: 1000 }],
  ];
  test.each(refused)('%s is refused as %s', async (_, reason, changes) => {
    const container = await makeSeal({ name, ...changes });
    expect(() => read(container)).toThrow(refusal(reason));
  });

  test('every changed byte of name, picture or signature is refused, and no garbage is read', () => {
    const reasons = new Set<string>();
    for (let at = 0; at < seal.length; at += 97) {
      const changed = Uint8Array.from(seal);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      try {
        read(changed);
        reasons.add(`accepted at ${at}`);
      } catch (error) {
        reasons.add((error as { details: { reason: string } }).details.reason);
      }
    }
    expect([...reasons].filter((one) => one.startsWith('accepted'))).toEqual([]);
    expect(reasons).toContain('SIGNATURE');
    const longer = Buffer.concat([seal, Uint8Array.of(0)]);
    for (const bytes of [new Uint8Array(), seal.subarray(0, 500), longer, Buffer.alloc(2_000_000, 0x30)])
      expect(() => read(bytes)).toThrow(refusal('FORM'));
  });
});

test('outside a demonstration nothing is sealed with a drawn seal (电子签名法 16; domain.md section 6)', async () => {
  const { kit, close } = await openSample({
    demo: false,
    vouching: { identity: 'BUILT_IN', provider: null },
  });
  try {
    const { unsealed } = await signSample(kit);
    const committee = {
      ...COURT,
      committeeId: COMMITTEE.committeeId,
      committeeName: COMMITTEE.committeeName,
    };
    const sealing = { head: unsealed, fieldName: 'committee', committee, claimedTime: new Date() };
    await expect(kit.sealField(sealing)).rejects.toMatchObject({ code: 'SEAL_NOT_REGISTERED' });
    const { pdf } = await kit.sealField({ ...sealing, image: SEAL_IMAGE });
    expect(await kit.verify(pdf)).toMatchObject({ problems: [{ code: 'ARCHIVE_MISSING' }] });
  } finally {
    await close();
  }
});

test('a trust file of makers holds SM2 certificates and nothing else', () => {
  const pem = (der: Uint8Array) =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
  expect(readSealMakers(pem(sealMaker().certificate))).toHaveLength(1);
  expect(() => readSealMakers(pem(Uint8Array.of(0x30, 0)))).toThrow();
});

test('the image is set in its registered size, in paths alone; never larger than its place', () => {
  const image = {
    width: 40,
    height: 40,
    widthMm: 42,
    heightMm: 42,
    colour: [200, 30, 26] as [number, number, number],
  };
  const runs: [number, number, number][] = [
    [0, 0, 40],
    [39, 10, 30],
  ];
  const face = seatedSeal({ ...image, runs }, 122, 122);
  expect(drawsPathsOnly(face)).toBe(true);
  // 42 mm are 119.06 points, centred in 122.
  expect(face).toContain('1.472 119.039 m 120.528 119.039 l');
  const small = seatedSeal({ ...image, widthMm: 60, heightMm: 60, runs }, 122, 122);
  expect(small).toContain('0 120.475 m 122 120.475 l');
});
