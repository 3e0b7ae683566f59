import { describe, expect, it, test } from 'vitest';
import { clientAddress, trustedProxies } from './client-address.ts';

const { proxies } = trustedProxies('10.0.0.1, 10.1.0.0/16, fd00::/8');

describe('who a request comes from', () => {
  it.each([
    ['no proxy of ours: the header is the client’s own word', '198.51.100.7', '1.2.3.4', '198.51.100.7'],
    ['one proxy', '10.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['the same on a double-stack socket', '::ffff:10.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['two proxies', '10.0.0.1', '203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['a forged head of the list', '10.0.0.1', '127.0.0.1, 203.0.113.7', '203.0.113.7'],
    ['six', 'fd00::1', '2001:db8::9', '2001:db8::9'],
    ['no header', '10.0.0.1', undefined, '10.0.0.1'],
    ['rubbish', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['proxies only', '10.0.0.1', '10.1.0.9', '10.1.0.9'],
  ])('%s', (_what, socket, header, expected) => {
    expect(clientAddress(socket, header, proxies)).toBe(expected);
  });

  test('what cannot be read is named', () => {
    expect(trustedProxies('10.0.0.1/33, proxy.example, fe80::/129, 10.0.0.2').unreadable).toEqual([
      '10.0.0.1/33',
      'proxy.example',
      'fe80::/129',
    ]);
  });
});
