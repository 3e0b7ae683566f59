import { expect, it } from 'vitest';
import { networkOf } from './network.ts';

it.each([
  ['127.0.0.1', 'LOOPBACK', '127.0.0.0/24'],
  ['::1', 'LOOPBACK', '::1/128'],
  ['::ffff:127.0.0.1', 'LOOPBACK', '127.0.0.0/24'],
  ['10.3.2.1', 'PRIVATE', '10.3.2.0/24'],
  ['172.20.0.9', 'PRIVATE', '172.20.0.0/24'],
  ['172.32.0.9', 'PUBLIC', '172.32.0.0/24'],
  ['100.64.1.1', 'PRIVATE', '100.64.1.0/24'],
  ['203.0.113.77', 'PUBLIC', '203.0.113.0/24'],
  ['2001:db8:12:34::5', 'PUBLIC', '2001:db8:12::/48'],
  ['2001:db8::5', 'PUBLIC', '2001:db8:0::/48'],
  ['fe80::1', 'PRIVATE', 'fe80:0:0::/48'],
  ['fd12:3456::1', 'PRIVATE', 'fd12:3456:0::/48'],
  ['', 'UNKNOWN', ''],
  ['unknown', 'UNKNOWN', ''],
])('%s is %s, %s', (ip, network, networkPrefix) => {
  expect(networkOf(ip)).toEqual({ network, networkPrefix });
});
