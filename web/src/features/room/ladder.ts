import type { RoomSeat } from './room-seat.ts';

/** What a poor line still carries, best first. Sound is given up last, and only for the telephone. */
export const rungs = ['full', 'oneLarge', 'ownOff', 'soundOnly', 'telephone'] as const;
export type Rung = (typeof rungs)[number];
export const below = (rung: Rung, than: Rung): boolean => rungs.indexOf(rung) >= rungs.indexOf(than);

/** What is known of the line at a moment: its quality, or that the connection went and is being sought again. */
export type LineNow = RoomSeat['quality'] | 'away';

export type Ladder = {
  rung: Rung;
  /** How the line is, and since when (ms) it is that or this rung was reached, whichever is later. */
  line: LineNow;
  since: number;
  /** Since when (ms) it is poor or worse without a good moment; null while it is not. */
  troubled: number | null;
  /** When (ms) the connection went, of late. */
  breaks: readonly number[];
  /** The last time that it was away (ms); `until` is null while it is. */
  outage: { from: number; until: number | null } | null;
  /** How long (ms) the line must be good before the next rung up is tried. */
  patience: number;
  /** The last step was one up: falling again means that it did not hold. */
  climbed: boolean;
};

/** A line that is poor so long goes one rung down; one that carries nothing, sooner. */
const POOR_MS = 6000;
const LOST_MS = 3000;
/** A connection that goes twice within so long, or stays away so long, fails: it comes back with sound alone. */
const BREAKS_MS = 60_000;
const AWAY_MS = 20_000;
/** One that stood shorter than this was only an attempt to come back. */
const STOOD_MS = 5000;
/** With sound alone, so long without anything before the telephone is the better way. */
const SILENT_MS = 10_000;
/** A rung that did not hold is tried again later and later, so that pictures do not come and go. */
const PATIENCE_MS = 10_000;
const LONGEST_PATIENCE_MS = 160_000;

export const newLadder = (now: number): Ladder => ({
  rung: 'full',
  line: 'unknown',
  since: now,
  troubled: null,
  breaks: [],
  outage: null,
  patience: PATIENCE_MS,
  climbed: false,
});

/** One or more rungs down; a rung that was just climbed did not hold, and is tried later the next time. */
const down = (ladder: Ladder, rung: Rung, now: number): Ladder => ({
  ...ladder,
  rung,
  since: now,
  troubled: ladder.troubled === null ? null : now,
  patience: ladder.climbed ? Math.min(ladder.patience * 2, LONGEST_PATIENCE_MS) : ladder.patience,
  climbed: false,
});

const next = (rung: Rung, step: 1 | -1): Rung => rungs[rungs.indexOf(rung) + step] ?? rung;
/** A connection that does not hold: pictures are given up at once; where none are left, the telephone is the way. */
const fail = (ladder: Ladder, now: number): Ladder => {
  const alone = ladder.rung === 'soundOnly' || ladder.rung === 'telephone';
  return down(ladder, alone ? 'telephone' : 'soundOnly', now);
};

function turned(ladder: Ladder, line: LineNow, now: number): Ladder {
  const troubled = line === 'poor' || line === 'lost' ? (ladder.troubled ?? now) : null;
  const { outage } = ladder;
  const kept = { ...ladder, line, since: now, troubled };
  if (line !== 'away')
    return ladder.line === 'away' && outage ? { ...kept, outage: { ...outage, until: now } } : kept;
  if (outage?.until && now - outage.until < STOOD_MS) return { ...kept, outage: { ...outage, until: null } };
  const breaks = [...ladder.breaks.filter((at) => now - at < BREAKS_MS), now];
  const gone = { ...kept, breaks, outage: { from: now, until: null } };
  return breaks.length > 1 ? fail(gone, now) : gone;
}

/** Where the ladder stands at `now` (ms) with a line like this; the same object when nothing changed. */
export function climb(ladder: Ladder, line: LineNow, now: number): Ladder {
  if (line !== ladder.line) return turned(ladder, line, now);
  const lasted = now - ladder.since;
  if (line === 'good') {
    // Everything held for a minute: what did not hold before counts no longer.
    if (ladder.rung === 'full')
      return lasted < BREAKS_MS || !ladder.climbed
        ? ladder
        : { ...ladder, patience: PATIENCE_MS, climbed: false };
    if (lasted < ladder.patience) return ladder;
    return { ...ladder, rung: next(ladder.rung, -1), since: now, climbed: true };
  }
  if (ladder.rung === 'telephone' || line === 'unknown') return ladder;
  if (ladder.rung === 'soundOnly') return line !== 'poor' && lasted >= SILENT_MS ? fail(ladder, now) : ladder;
  if (line === 'away') return now - (ladder.outage?.from ?? now) >= AWAY_MS ? fail(ladder, now) : ladder;
  const bad = now - (ladder.troubled ?? now);
  const enough = bad >= POOR_MS || (line === 'lost' && lasted >= LOST_MS);
  return enough ? down(ladder, next(ladder.rung, 1), now) : ladder;
}
