import { expect, test } from 'vitest';
import { RecordStatus } from '../../contract/enums.ts';
import { nextRecordStatus, recordEvents } from './lifecycle.ts';

test('written, read out, confirmed; every other move is refused', () => {
  const moves = RecordStatus.options.flatMap((from) =>
    recordEvents.flatMap((event) => {
      try {
        return [`${from} ${event} ${nextRecordStatus(from, event)}`];
      } catch (error) {
        expect(error).toMatchObject({ code: 'ILLEGAL_TRANSITION', details: { status: from, event } });
        return [];
      }
    }),
  );
  expect(moves).toEqual([
    'WRITING write WRITING',
    'WRITING read-out CONFIRMING',
    'CONFIRMING object CONFIRMING',
    'CONFIRMING give-word CONFIRMING',
    'CONFIRMING reopen WRITING',
    'CONFIRMING complete CONFIRMED',
  ]);
});
