import type { RoomSeat } from './room-seat.ts';

/** What a poor line still carries, best first. Sound is given up last, and only for the telephone. */
export const rungs = ['full', 'oneLarge', 'ownOff', 'soundOnly', 'telephone'] as const;
export type Rung = (typeof rungs)[number];

export type Ladder = {
  rung: Rung;
  /** The line's quality, and since when (ms) it is that or this rung was reached, whichever is later. */
  quality: RoomSeat['quality'];
  since: number;
  /** How long (ms) the line must be good before the next rung up is tried. */
  patience: number;
  /** The last step was one up: falling again means that it did not hold. */
  climbed: boolean;
};

/** A line that is poor so long goes one rung down; one that carries nothing, sooner. */
const POOR_MS = 6000;
const LOST_MS = 3000;
/** With sound alone, so long without anything before the telephone is the better way. */
const SILENT_MS = 10_000;
/** A rung that did not hold is tried again later and later, so that pictures do not come and go. */
const PATIENCE_MS = 10_000;
const LONGEST_PATIENCE_MS = 160_000;

export const newLadder = (now: number): Ladder => ({
  rung: 'full',
  quality: 'unknown',
  since: now,
  patience: PATIENCE_MS,
  climbed: false,
});

/** Where the ladder stands at `now` (ms) with a line of this quality; the same object when nothing changed. */
export function climb(ladder: Ladder, quality: Ladder['quality'], now: number): Ladder {
  if (quality !== ladder.quality) return { ...ladder, quality, since: now };
  const lasted = now - ladder.since;
  const at = rungs.indexOf(ladder.rung);
  const doubled = Math.min(ladder.patience * 2, LONGEST_PATIENCE_MS);
  const to = (step: 1 | -1): Ladder => ({
    ...ladder,
    rung: rungs[at + step] ?? ladder.rung,
    since: now,
    patience: step === 1 && ladder.climbed ? doubled : ladder.patience,
    climbed: step === -1,
  });
  if (quality === 'good') {
    if (lasted < ladder.patience || at === 0) return ladder;
    return to(-1);
  }
  const lost = quality === 'lost';
  if (ladder.rung === 'telephone' || quality === 'unknown') return ladder;
  if (ladder.rung === 'soundOnly') return lost && lasted >= SILENT_MS ? to(1) : ladder;
  return lasted >= (lost ? LOST_MS : POOR_MS) ? to(1) : ladder;
}
