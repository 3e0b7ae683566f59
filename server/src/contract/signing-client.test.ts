import { createHash, createPublicKey, verify } from 'node:crypto';
import { CertificationRequest } from 'pkijs';
import { describe, expect, test } from 'vitest';
import {
  copy,
  decode,
  fromHex,
  integer,
  membersOf,
  octets,
  oid,
  oidKey,
  sequence,
  setOf,
  TAG,
  toHex,
  utf8,
} from './der.ts';
import {
  buildSignedAttributes,
  createCertificateRequest,
  generateSigningKey,
  hashText,
  isDerSignature,
  OID_CERTIFICATE_BINDING,
  rawToDer,
  signAttributes,
} from './signing-client.ts';

describe('the device', () => {
  test('makes a key that stays inside and proves that it holds it', async () => {
    const keys = await generateSigningKey();
    expect(keys.privateKey.extractable).toBe(false);
    const request = CertificationRequest.fromBER(copy(await createCertificateRequest(keys)));
    expect(await request.verify()).toBe(true);
    expect(request.subject.typesAndValues).toEqual([]);
  });

  test('signs the attributes so that others can verify it', async () => {
    const keys = await generateSigningKey();
    const digest = new Uint8Array(32).fill(1);
    const textSha256 = new Uint8Array(32).fill(2);
    const attributes = await buildSignedAttributes({ digest, certificate: utf8('certificate'), textSha256 });
    const signature = await signAttributes(keys.privateKey, attributes);
    const spki = await crypto.subtle.exportKey('spki', keys.publicKey);
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    expect(verify('sha256', attributes, { key, dsaEncoding: 'der' }, signature)).toBe(true);
    expect(isDerSignature(signature)).toBe(true);
    expect(membersOf(attributes, TAG.set)).toHaveLength(4);
    for (const bytes of [digest, textSha256, createHash('sha256').update(utf8('certificate')).digest()]) {
      expect(toHex(attributes)).toContain(toHex(octets(bytes)));
    }
  });

  test('refuses hashes that are none', async () => {
    const input = { digest: new Uint8Array(20), certificate: utf8('c'), textSha256: new Uint8Array(32) };
    await expect(buildSignedAttributes(input)).rejects.toThrow();
  });

  test('hashes a text in its one form (RFC 8785), whatever the order of its keys', async () => {
    const expected = createHash('sha256').update('{"a":[1,2.5],"b":"协议"}').digest('hex');
    expect(toHex(await hashText({ b: '协议', a: [1, 2.5] }))).toBe(expected);
    await expect(hashText(undefined)).rejects.toThrow();
  });
});

describe('DER', () => {
  test('signature integers: leading zeros go, a set top bit gets one', () => {
    const raw = fromHex(`${'00'.repeat(31)}01${'ff'.repeat(32)}`);
    expect(toHex(rawToDer(raw))).toBe(`3026020101022100${'ff'.repeat(32)}`);
  });

  test.each([
    ['300602010102010200', 'a rest'],
    ['3007020200010201ff', 'a long integer'],
    ['30060201ff020101', 'a negative integer'],
    ['3003020101', 'one integer'],
    ['308106020101020101', 'a long length'],
    ['', 'nothing'],
  ])('%s is no signature: %s', (hex) => {
    expect(isDerSignature(fromHex(hex))).toBe(false);
  });

  test('object identifiers with the arc of a UUID', () => {
    expect(toHex(oid('1.2.840.113549.1.9.16.2.47'))).toBe('060b2a864886f70d010910022f');
    expect(toHex(oid('2.25.329800735698586629295641978511506172918'))).toBe(
      '06146983f09da7ebcfdee0c7a1a7b2c0948cc8f9d776',
    );
    expect(oidKey(OID_CERTIFICATE_BINDING)).toBe('061469e6889f9b94a1828491bf99dc94f1b6c28e2c01');
  });

  test('sets are sorted, lengths are shortest, reading is strict', () => {
    expect(toHex(setOf(integer(2), integer(1)))).toBe('3106020101020102');
    expect(toHex(integer(0))).toBe('020100');
    expect(toHex(integer(300))).toBe('0202012c');
    const long = octets(new Uint8Array(300));
    expect(toHex(long.subarray(0, 4))).toBe('0482012c');
    expect(decode(long)).toMatchObject({ tag: TAG.octetString });
    expect(membersOf(sequence(integer(1), utf8('x')))).toHaveLength(2);
    for (const hex of ['0400ff', '048100', '04820010', '0480', '1f0100', '04', '048400000000']) {
      expect(() => decode(fromHex(hex))).toThrow();
    }
    expect(() => fromHex('0g')).toThrow();
  });
});
