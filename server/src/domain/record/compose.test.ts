import { expect, test } from 'vitest';
import { type RecordFacts, shownGaps } from './compose.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 5, 1, 0, 0) + seconds * 1000);
const facts = (leftAt: Date | null): Pick<RecordFacts, 'attended' | 'gaps'> => ({
  attended: [
    { key: 'p', name: '周建波', duty: 'PARTY', seatId: 's', place: '远程', arrivedAt: at(0), leftAt },
  ],
  gaps: [{ id: 'g', seatId: 's', from: at(60), to: null }],
});
const shown = (leftAt: Date | null) => shownGaps(facts(leftAt) as RecordFacts).map((gap) => gap.names);

test('who leaves is not lost, though the line’s end is told in whole seconds; who leaves much later was', () => {
  expect(shown(null)).toEqual(['周建波']);
  expect(shown(at(60.9))).toEqual([]);
  expect(shown(at(59))).toEqual([]);
  expect(shown(at(70))).toEqual(['周建波']);
});
