import sharp from 'sharp';
import { sm2 } from 'sm-crypto-v2';
import {
  bits,
  fromHex,
  integer,
  octets,
  oid,
  sequence,
  setOf,
  tagged,
  tlv,
  utf8,
} from '../../contract/der.ts';

const SM2_SM3 = '1.2.156.10197.1.501';
const ID = '1234567812345678';
const ia5 = (text: string) => tlv(0x16, Buffer.from(text, 'latin1'));
const time = (date: Date) => {
  const digits = date.toISOString().slice(0, 19).replace(/[-T:]/g, '');
  return tlv(0x18, Buffer.from(`${digits}Z`));
};
const nameOf = (text: string) => sequence(setOf(sequence(oid('2.5.4.3'), utf8(text))));
const YEAR = 365 * 86_400_000;

type Keys = { publicKey: string; privateKey: string };
export type Maker = Keys & { name: string; certificate: Uint8Array };
const sign = (bytes: Uint8Array, { privateKey, publicKey }: Keys) =>
  fromHex(sm2.doSignature(bytes, privateKey, { der: true, hash: true, publicKey, userId: ID }));

/** A seal maker (or an authority over one) with its SM2 certificate, by itself or by `issuer`. */
export function makeMaker(name: string, options: { issuer?: Maker; ca?: boolean; to?: Date } = {}): Maker {
  const { publicKey, privateKey } = sm2.generateKeyPairHex();
  const issuer = options.issuer ?? { name, publicKey, privateKey };
  const flag = tlv(0x01, Uint8Array.of(0xff));
  const basic = sequence(oid('2.5.29.19'), flag, octets(options.ca ? sequence(flag) : sequence()));
  const usage = options.ca ? 0x06 : 0xc0;
  const keyUsage = sequence(oid('2.5.29.15'), flag, octets(tlv(0x03, Uint8Array.of(1, usage))));
  const tbs = sequence(
    tagged(0, integer(2)),
    integer(fromHex(`01${Date.now().toString(16).padStart(12, '0')}${publicKey.slice(2, 10)}`)),
    sequence(oid(SM2_SM3)),
    nameOf(issuer.name),
    sequence(time(new Date(Date.now() - 5 * YEAR)), time(options.to ?? new Date(Date.now() + 5 * YEAR))),
    nameOf(name),
    sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.156.10197.1.301')), bits(fromHex(publicKey))),
    tagged(3, sequence(basic, keyUsage)),
  );
  const certificate = sequence(tbs, sequence(oid(SM2_SM3)), bits(sign(tbs, issuer)));
  return { name, publicKey, privateKey, certificate };
}

let made: Maker | undefined;
/** The maker that every test application trusts. */
export function sealMaker(): Maker {
  made ??= makeMaker('明州印章制作中心');
  return made;
}

/** A round red seal with a star's place in its middle, on nothing. */
export function sealPicture(): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400">
    <circle cx="200" cy="200" r="185" fill="none" stroke="#c81e1a" stroke-width="14"/>
    <path d="M200 120l24 56 60 5-46 40 14 59-52-32-52 32 14-59-46-40 60-5z" fill="#c81e1a"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

export type SealData = {
  name: string;
  sealId: string;
  version: number;
  kind: number;
  algorithm: string;
  createdAt: Date;
  validFrom: Date;
  validTo: Date;
  picture: Uint8Array;
  pictureType: string;
  widthMm: number;
  heightMm: number;
  /** Certificates (1) or digests (2). */
  holders: 1 | 2;
  criticalExtension: boolean;
  maker: Maker;
};

/** A container as a seal maker writes it (SES_Seal, GB/T 38540-2020 6.1), with what a test wants otherwise. */
export async function makeSeal(changes: Partial<SealData> & { name: string }): Promise<Uint8Array> {
  const maker = changes.maker ?? sealMaker();
  const data: SealData = {
    sealId: '33029900000001',
    version: 4,
    kind: 1,
    algorithm: SM2_SM3,
    createdAt: new Date(Date.now() - YEAR),
    validFrom: new Date(Date.now() - YEAR),
    validTo: new Date(Date.now() + 3 * YEAR),
    picture: changes.picture ?? (await sealPicture()),
    pictureType: 'PNG',
    widthMm: 42,
    heightMm: 42,
    holders: 1,
    criticalExtension: false,
    maker,
    ...changes,
  };
  const holders =
    data.holders === 1
      ? sequence(octets(maker.certificate))
      : sequence(sequence(tlv(0x13, Buffer.from('SM3')), octets(new Uint8Array(32).fill(7))));
  const property = sequence(
    integer(data.kind),
    utf8(data.name),
    integer(data.holders),
    holders,
    time(data.createdAt),
    time(data.validFrom),
    time(data.validTo),
  );
  const picture = sequence(
    ia5(data.pictureType),
    octets(data.picture),
    integer(data.widthMm),
    integer(data.heightMm),
  );
  const critical = sequence(oid('1.2.3.4'), tlv(0x01, Uint8Array.of(0xff)), octets(sequence()));
  const info = sequence(
    sequence(ia5('ES'), integer(data.version), ia5('MINGZHOU')),
    ia5(data.sealId),
    property,
    picture,
    ...(data.criticalExtension ? [tagged(0, sequence(critical))] : []),
  );
  return sequence(info, octets(maker.certificate), oid(data.algorithm), bits(sign(info, maker)));
}
