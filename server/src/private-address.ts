/**
 * IPv4 ranges that are not reachable over the internet (IANA special-purpose registry, RFC 6890): private, shared,
 * loopback, link-local, and those for benchmarks and documentation, which closed networks use. Network and mask.
 */
export const privateRanges: readonly (readonly [network: readonly number[], mask: readonly number[]])[] = [
  [
    [10, 0, 0, 0],
    [255, 0, 0, 0],
  ],
  [
    [100, 64, 0, 0],
    [255, 192, 0, 0],
  ],
  [
    [127, 0, 0, 0],
    [255, 0, 0, 0],
  ],
  [
    [169, 254, 0, 0],
    [255, 255, 0, 0],
  ],
  [
    [172, 16, 0, 0],
    [255, 240, 0, 0],
  ],
  [
    [192, 0, 2, 0],
    [255, 255, 255, 0],
  ],
  [
    [192, 168, 0, 0],
    [255, 255, 0, 0],
  ],
  [
    [198, 18, 0, 0],
    [255, 254, 0, 0],
  ],
  [
    [198, 51, 100, 0],
    [255, 255, 255, 0],
  ],
  [
    [203, 0, 113, 0],
    [255, 255, 255, 0],
  ],
];

/** True for an IPv4 address inside one of those ranges; false for names and IPv6. */
export function isPrivateAddress(host: string): boolean {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return false;
  const parts = host.split('.').map(Number);
  return privateRanges.some(([network, mask]) =>
    parts.every((part, i) => part <= 255 && (part & (mask[i] ?? 255)) === network[i]),
  );
}
