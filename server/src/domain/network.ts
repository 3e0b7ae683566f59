import type { NetworkClass } from '../contract/ceremony-steps.ts';

const privateRanges =
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/**
 * What an address says of where somebody was, without naming their line: its class (RFC 1918, 6598, 4193) and its first
 * 24 (IPv4) or 48 (IPv6) bits. The whole address stays in the access log alone, for its six months (网络安全法 21).
 */
export function networkOf(address: string): { network: NetworkClass; networkPrefix: string } {
  const ip = address.replace(/^::ffff:(?=\d)/i, '').toLowerCase();
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/.exec(ip);
  if (v4) {
    const networkPrefix = `${v4[1]}.${v4[2]}.${v4[3]}.0/24`;
    if (ip.startsWith('127.')) return { network: 'LOOPBACK', networkPrefix };
    return { network: privateRanges.test(ip) ? 'PRIVATE' : 'PUBLIC', networkPrefix };
  }
  if (!ip.includes(':') || !/^[0-9a-f:.%]+$/.test(ip)) return { network: 'UNKNOWN', networkPrefix: '' };
  if (ip === '::1') return { network: 'LOOPBACK', networkPrefix: '::1/128' };
  const groups = (ip.split('::')[0] ?? '').split(':');
  const networkPrefix = `${[0, 1, 2].map((i) => groups[i] || '0').join(':')}::/48`;
  return { network: /^(f[cd]|fe[89ab])/.test(ip) ? 'PRIVATE' : 'PUBLIC', networkPrefix };
}
