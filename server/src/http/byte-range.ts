export type ByteRange = {
  /** First byte; 0 for the last bytes of a file whose size is not known yet. */
  start: number;
  /** The bytes to send, end exclusive and at most `most`; null when the file has none of them (416). */
  within(size: number, most: number): { start: number; end: number } | null;
};

/** A `Range` header of one range (RFC 9110 14.2); null for none, several, or anything else: then the whole is sent. */
export function byteRange(header: string | undefined): ByteRange | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [first, last] = [
    match[1] === '' ? null : Number(match[1]),
    match[2] === '' ? null : Number(match[2]),
  ];
  if (first !== null && last !== null && last < first) return null;
  return {
    start: first ?? 0,
    within(size, most) {
      const start = first ?? Math.max(0, size - (last ?? 0));
      if (start >= size || (first === null && last === 0)) return null;
      const end = first === null || last === null ? size : Math.min(size, last + 1);
      return { start, end: Math.min(end, start + most) };
    },
  };
}
