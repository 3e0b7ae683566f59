import { DomainError } from '../../domain/errors.ts';
import { selfTestGrants } from '../../domain/room-grants.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx, Deps } from '../context.ts';
import { mySeat } from '../session/my-seat.ts';
import { transact } from '../transact.ts';
import { TOKEN_TTL_SECONDS } from './issue-join-token.ts';

/** A test takes ten seconds; nobody is let into its room later than this. */
const LIVES_MS = 60_000;
const named = /^test-(\d{13})-[0-9a-f-]{36}$/;

/** Until when (ms) somebody may be in this test room; null when it is no test room. */
export const testRoomUntil = (room: string): number | null => Number(named.exec(room)?.[1] ?? 0) || null;

/**
 * A room in which one seat's device hears itself: two tickets, one that sends and one that receives. Its name says until
 * when it may be entered; `reconcileVideo` removes it after that. One room a seat and minute, however often it is asked. SESSION_NOT_OPEN
 * once the session is over.
 */
export async function openSelfTest(
  ctx: Ctx,
  input: { sessionId: string },
): Promise<{ send: string; receive: string }> {
  const seat = await transact(ctx, async (tx) => {
    const { session } = await authoriseSession(tx, ctx, 'enter-lobby', input.sessionId);
    if (session.status === 'ENDED' || session.status === 'CANCELLED')
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    return mySeat(tx, ctx, session.id);
  });
  const until = (Math.floor(Date.now() / LIVES_MS) + 2) * LIVES_MS;
  const room = `test-${until}-${seat.id}`;
  await ctx.deps.video.createRoom(room);
  const ticket = (way: 'send' | 'receive') =>
    ctx.deps.video.issueToken({
      room,
      identity: `${way}-${crypto.randomUUID()}`,
      grants: selfTestGrants(way),
      ttlSeconds: TOKEN_TTL_SECONDS,
    });
  return { send: await ticket('send'), receive: await ticket('receive') };
}

/** Removes test rooms whose time is over. */
export async function closeSelfTests(deps: Deps, rooms: Iterable<string>): Promise<void> {
  for (const room of rooms) {
    const until = testRoomUntil(room);
    if (until !== null && until < Date.now()) await deps.video.deleteRoom(room);
  }
}
