import { randomUUID } from 'node:crypto';
import type { SpeechLanguage } from '../../contract/transcription.ts';

/** Draft lines of one session at most; the oldest falls. */
const MOST_LINES = 300;
/** Nobody's words stay longer than a day's work, whether or not the record was read out. */
const KEEP_MS = 12 * 3_600_000;
/** Pieces on their way to the recogniser: of one seat, and altogether. */
const MOST_OF_SEAT = 2;
const MOST_AT_ONCE = 64;

export type Draft = { id: string; at: Date; speaker: string; text: string };
type Heard = {
  on: boolean;
  language: SpeechLanguage;
  trouble: boolean;
  /** Staff who look at the drafts: they alone are told of new ones. */
  readers: Set<string>;
  lines: Draft[];
  touched: number;
};

/** What was heard, in this process's memory alone: it is in no table, file, backup or log. */
export function openDrafts() {
  const sessions = new Map<string, Heard>();
  const underway = new Map<string, number>();
  const of = (sessionId: string): Heard => {
    const now = Date.now();
    for (const [id, { touched }] of sessions) if (now - touched > KEEP_MS) sessions.delete(id);
    const heard = sessions.get(sessionId) ?? {
      on: false,
      language: 'zh-CN',
      trouble: false,
      readers: new Set<string>(),
      lines: [],
      touched: now,
    };
    sessions.set(sessionId, { ...heard, touched: now });
    return heard;
  };
  const change = (sessionId: string, changes: Partial<Heard>) =>
    void sessions.set(sessionId, { ...of(sessionId), ...changes, touched: Date.now() });
  return {
    of: (sessionId: string): Readonly<Heard> | undefined => {
      const heard = sessions.get(sessionId);
      return heard && Date.now() - heard.touched <= KEEP_MS ? heard : undefined;
    },
    start: (sessionId: string, language: SpeechLanguage) =>
      change(sessionId, { on: true, language, trouble: false }),
    stop: (sessionId: string) => change(sessionId, { on: false, trouble: false }),
    read: (sessionId: string, staffUserId: string) => void of(sessionId).readers.add(staffUserId),
    fail: (sessionId: string) => change(sessionId, { trouble: true }),
    add(sessionId: string, draft: Omit<Draft, 'id'>) {
      const { lines } = of(sessionId);
      const line = { id: randomUUID(), ...draft };
      change(sessionId, { trouble: false, lines: draft.text ? [...lines, line].slice(-MOST_LINES) : lines });
    },
    /** Takes these lines out; how many of them were there. */
    drop(sessionId: string, ids: readonly string[]): number {
      const { lines } = of(sessionId);
      const rest = lines.filter((line) => !ids.includes(line.id));
      change(sessionId, { lines: rest });
      return lines.length - rest.length;
    },
    wipe: (sessionId: string) => void sessions.delete(sessionId),
    /** Runs `work` for a piece of this seat; null when too many are on their way already. */
    async within<T>(seatId: string, work: () => Promise<T>): Promise<T | null> {
      const ofSeat = underway.get(seatId) ?? 0;
      const all = [...underway.values()].reduce((sum, count) => sum + count, 0);
      if (ofSeat >= MOST_OF_SEAT || all >= MOST_AT_ONCE) return null;
      underway.set(seatId, ofSeat + 1);
      try {
        return await work();
      } finally {
        const left = (underway.get(seatId) ?? 1) - 1;
        if (left > 0) underway.set(seatId, left);
        else underway.delete(seatId);
      }
    },
  };
}
export type Drafts = ReturnType<typeof openDrafts>;
