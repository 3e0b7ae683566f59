/** Four integers, from 0 to the revision's end, leaving out exactly one lower-case hex string with its brackets. */
export function coversAllBut(pdf: Uint8Array, range: number[] | null, end: number): boolean {
  if (range?.length !== 4) return false;
  const [start = -1, length = -1, resume = -1, rest = -1] = range;
  const ordered = start === 0 && length > 0 && resume > length + 1 && resume + rest === end;
  if (!ordered || pdf[length] !== 0x3c || pdf[resume - 1] !== 0x3e) return false;
  return pdf.subarray(length + 1, resume - 1).every(isHexDigit);
}

const isHexDigit = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66);
