import * as z from 'zod';
import { judgeSelfTest, SelfTest, type SelfTestView } from '../../contract/self-test.ts';

const Stored = z.object({ ...SelfTest.shape, at: z.iso.datetime() });

/** What a seat's stored test says; null when it was never tested, or long ago in another form. */
export function selfTestOf(seat: { selfTest: unknown }): SelfTestView | null {
  const stored = Stored.safeParse(seat.selfTest);
  if (!stored.success) return null;
  const { at, browser } = stored.data;
  return { at, browser, ...judgeSelfTest(stored.data) };
}
