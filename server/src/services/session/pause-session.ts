import { asHost, refreshGrantsSoon, type Staff } from './as-host.ts';
import { transitionSession } from './transition-session.ts';

/** Media off for everybody, with the reason on every screen. */
export function pauseSession(ctx: Staff, input: { sessionId: string; reason: string }): Promise<void> {
  return asHost(ctx, 'pause', input.sessionId, async (tx, { session }) => {
    await transitionSession(tx, session, 'pause', { pausedBecause: input.reason });
    await refreshGrantsSoon(tx, ctx, session);
    return { answer: undefined, personal: { reason: input.reason } };
  });
}

/** Media on again for everybody who is inside. */
export function resumeSession(ctx: Staff, sessionId: string): Promise<void> {
  return asHost(ctx, 'resume', sessionId, async (tx, { session }) => {
    await transitionSession(tx, session, 'resume', { pausedBecause: null });
    await refreshGrantsSoon(tx, ctx, session);
    return { answer: undefined };
  });
}
