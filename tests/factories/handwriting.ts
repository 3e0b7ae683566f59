/** A loop with crossings, `left` of the pad's left edge: a finger that turns back, as a hand does. */
function sign(left: number, turns: number): [number, number][] {
  return Array.from({ length: 16 }, (_, i) => [
    Math.round((left + 0.012 * i + 0.05 * Math.sin(i / turns)) * 10_000) / 10_000,
    Math.round((0.5 + 0.22 * Math.cos(i / (turns + 0.3))) * 10_000) / 10_000,
  ]);
}

/** Handwriting of three signs, as a pad of 350 × 196 pixels sends it. */
export const ink = {
  width: 350,
  height: 196,
  strokes: [sign(0.12, 1.2), sign(0.22, 1.7), sign(0.4, 1.4), sign(0.5, 2), sign(0.68, 1.3)],
};
