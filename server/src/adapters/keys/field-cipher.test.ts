import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { openFieldCipher } from './field-cipher.ts';

const [k1, k2, indexKey] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const cipher = openFieldCipher({ current: 'k1', master: { k1 }, indexKey });
const at = { courtId: randomUUID(), table: 'Party', rowId: randomUUID(), column: 'idNumberEnc' };
const idNumber = '330299195801150017';

describe('encryption of personal fields', () => {
  test('opens what it closed, and closes the same value differently each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (value) => {
        expect(cipher.decrypt(at, cipher.encrypt(at, value))).toBe(value);
      }),
    );
    const [first, second] = [cipher.encrypt(at, idNumber), cipher.encrypt(at, idNumber)];
    expect(Buffer.from(first).equals(second)).toBe(false);
    expect(Buffer.from(first).includes('330299')).toBe(false);
  });

  it.each([
    ['another row', { rowId: randomUUID() }],
    ['another column', { column: 'phoneEnc' }],
    ['another table', { table: 'Agent' }],
    ['another court', { courtId: randomUUID() }],
  ])('opens nowhere else: %s', (_name, change) => {
    const envelope = cipher.encrypt(at, idNumber);
    expect(() => cipher.decrypt({ ...at, ...change }, envelope)).toThrow();
  });

  test('any changed, missing or added byte is noticed', () => {
    const envelope = Buffer.from(cipher.encrypt(at, idNumber));
    for (let i = 0; i < envelope.length; i += 1) {
      const changed = Buffer.from(envelope);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => cipher.decrypt(at, changed), `byte ${i}`).toThrow();
    }
    for (const other of [
      envelope.subarray(0, -1),
      Buffer.concat([envelope, Buffer.from([0])]),
      Buffer.alloc(0),
    ])
      expect(() => cipher.decrypt(at, other)).toThrow();
  });

  test('keys rotate: older values stay readable as long as their key is there', () => {
    const old = cipher.encrypt(at, idNumber);
    const rotated = openFieldCipher({ current: 'k2', master: { k1, k2 }, indexKey });
    const fresh = rotated.encrypt(at, idNumber);
    expect([rotated.decrypt(at, old), rotated.decrypt(at, fresh)]).toEqual([idNumber, idNumber]);
    expect(() => cipher.decrypt(at, fresh)).toThrow(/no master key k2/);
    const without = openFieldCipher({ current: 'k2', master: { k2 }, indexKey });
    expect(() => without.decrypt(at, old)).toThrow(/no master key k1/);
    const relabelled = openFieldCipher({ current: 'k1', master: { k1: k2 }, indexKey });
    expect(() => relabelled.decrypt(at, old)).toThrow();
  });

  test('the blind index finds within one court, table and column only, and survives rotation', () => {
    const index = cipher.blindIndex(at.courtId, 'Party', 'phone', '13911112222');
    expect(cipher.blindIndex(at.courtId, 'Party', 'phone', ' １３９１１１１２２２２ ')).toBe(index);
    const others = [
      cipher.blindIndex(randomUUID(), 'Party', 'phone', '13911112222'),
      cipher.blindIndex(at.courtId, 'Agent', 'phone', '13911112222'),
      cipher.blindIndex(at.courtId, 'Party', 'idNumber', '13911112222'),
      cipher.blindIndex(at.courtId, 'Party', 'phone', '13911112223'),
    ];
    expect(new Set([index, ...others]).size).toBe(5);
    const rotated = openFieldCipher({ current: 'k2', master: { k1, k2 }, indexKey });
    expect(rotated.blindIndex(at.courtId, 'Party', 'phone', '13911112222')).toBe(index);
    expect(index).not.toContain('139');
  });

  it.each([
    ['a short master key', { current: 'k1', master: { k1: randomBytes(16) }, indexKey }],
    ['a short index key', { current: 'k1', master: { k1 }, indexKey: randomBytes(31) }],
    ['a current key that is not there', { current: 'k9', master: { k1 }, indexKey }],
  ])('refuses to open with %s', (_name, keys) => {
    expect(() => openFieldCipher(keys)).toThrow();
  });
});
