import { describe, expect, it, test } from 'vitest';
import { ConfirmationStatus } from '../../contract/enums.ts';
import { confirmationEvents, confirmationTransitions, nextConfirmationStatus } from './lifecycle.ts';

/** Every state × event that leads on; every other is refused. */
const moves: Record<ConfirmationStatus, string> = {
  SIGNING: 'apply>APPLIED withdraw>WITHDRAWN',
  APPLIED: 'accept>ACCEPTED reject>REJECTED withdraw>WITHDRAWN',
  ACCEPTED: 'confirm>CONFIRMED reject>REJECTED withdraw>WITHDRAWN',
  CONFIRMED: '',
  REJECTED: '',
  WITHDRAWN: '',
};

describe('judicial confirmation', () => {
  it.each(ConfirmationStatus.options)('%s', (status) => {
    const expected = new Map(
      moves[status].split(' ').map((move) => move.split('>') as [string, ConfirmationStatus]),
    );
    for (const event of confirmationEvents) {
      const to = expected.get(event);
      if (to) expect(nextConfirmationStatus(status, event)).toBe(to);
      else
        expect(() => nextConfirmationStatus(status, event)).toThrow(
          expect.objectContaining({ code: 'ILLEGAL_TRANSITION' }),
        );
    }
  });

  test('the court decides only what it docketed', () => {
    expect(confirmationTransitions.APPLIED.confirm).toBeNull();
  });
});
