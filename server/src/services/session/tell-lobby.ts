import type * as z from 'zod';
import type { TellLobbyInput } from '../../contract/session.ts';
import { DomainError } from '../../domain/errors.ts';
import { asHost, type Staff } from './as-host.ts';

/**
 * What the host tells those who wait (候场): a sentence, in how many minutes they are likely let in, or both; nothing takes it
 * back. SESSION_NOT_OPEN when the session is over.
 */
export function tellLobby(
  ctx: Staff,
  input: { sessionId: string } & z.output<typeof TellLobbyInput>,
): Promise<void> {
  return asHost(ctx, 'tell-lobby', input.sessionId, async (tx, { session }) => {
    if (session.status === 'ENDED' || session.status === 'CANCELLED')
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    const now = ctx.deps.clock.now();
    const { text, minutes } = input;
    const told = text !== '' || minutes !== undefined;
    await tx.session.update({
      where: { id: session.id },
      data: {
        lobbyText: text || null,
        lobbyExpectedAt: minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000),
        lobbyToldAt: told ? now : null,
      },
    });
    return { answer: undefined, data: { minutes: minutes ?? null }, personal: { text } };
  });
}

/** As everybody of the session reads it. */
export const lobbyOf = (session: {
  lobbyText: string | null;
  lobbyExpectedAt: Date | null;
  lobbyToldAt: Date | null;
}) =>
  session.lobbyToldAt && {
    text: session.lobbyText,
    expectedAt: session.lobbyExpectedAt?.toISOString() ?? null,
    toldAt: session.lobbyToldAt.toISOString(),
  };
