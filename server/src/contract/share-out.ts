/**
 * Shares an amount (分) out in proportion to `weights`: whole 分, sums to exactly `total`, what is left over goes to
 * the largest remainders, of equal ones to the first. All weights 0: equal shares.
 */
export function shareOut(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = weights.map((weight) => BigInt(all === 0 ? 1 : weight));
  const whole = BigInt(all === 0 ? weights.length : all);
  const shares = parts.map((part) => Number((BigInt(total) * part) / whole));
  const rests = parts.map((part) => (BigInt(total) * part) % whole);
  const left = total - shares.reduce((sum, share) => sum + share, 0);
  const byRest = rests.map((rest, i) => ({ rest, i })).sort((a, b) => Number(b.rest - a.rest) || a.i - b.i);
  for (const { i } of byRest.slice(0, left)) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}
