import { BlockList, isIP } from 'node:net';

/** Addresses of our own reverse proxies: only from them an X-Forwarded-For is believed. */
export type TrustedProxies = { has(address: string): boolean };

/** Reads `10.0.0.1, 10.1.0.0/16, fd00::/8`. Answers with the list and what cannot be read. */
export function trustedProxies(text: string): { proxies: TrustedProxies; unreadable: string[] } {
  const list = new BlockList();
  const unreadable: string[] = [];
  for (const entry of text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const [address = '', bits] = entry.split('/');
    const family = familyOf(address);
    const most = family === 'ipv4' ? 32 : 128;
    const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if (!family || prefix < 0 || prefix > most) unreadable.push(entry);
    else list.addSubnet(address, prefix, family);
  }
  return {
    proxies: {
      has(address) {
        const family = familyOf(address);
        return family !== null && list.check(address, family);
      },
    },
    unreadable,
  };
}

/**
 * The asking client's address: the socket's own, or, when that is a proxy of ours, the nearest address in
 * X-Forwarded-For that is not. What a client wrote into the header itself stands further left and counts for nothing.
 */
export function clientAddress(
  socket: string,
  forwardedFor: string | undefined,
  proxies: TrustedProxies,
): string {
  let client = plain(socket);
  const hops = (forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()));
  while (proxies.has(client)) {
    const hop = hops.pop();
    if (!hop || isIP(hop) === 0) break;
    client = hop;
  }
  return client;
}

const plain = (address: string): string =>
  address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/^\[(.*)\]$/, '$1');

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
}
