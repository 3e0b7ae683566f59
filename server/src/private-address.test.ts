import { expect, test } from 'vitest';
import { isPrivateAddress } from './private-address.ts';

test.each([
  ['10.1.2.3', true],
  ['172.15.255.255', false],
  ['172.16.0.1', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['192.168.0.1', true],
  ['192.167.0.1', false],
  ['100.63.0.1', false],
  ['100.127.9.9', true],
  ['192.0.2.2', true],
  ['192.0.3.2', false],
  ['8.8.8.8', false],
  ['10.1.2.300', false],
  ['10.example.org', false],
  ['::1', false],
])('%s is not reachable over the internet: %s', (host, expected) => {
  expect(isPrivateAddress(host)).toBe(expected);
});
