import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';
import { grantsOfRecorder, recordingNow } from './recorder-of.ts';
import { runningCaucuses, seatGrants } from './seat-grants.ts';

/** Gives every connected seat the grants of the session's present stage. Idempotent. */
export async function refreshGrants(deps: Deps, courtId: string, sessionId: string): Promise<void> {
  const session = await inCourt(deps.db, courtId, (tx) =>
    tx.session.findUnique({
      where: { id: sessionId },
      include: {
        seats: { include: { denials: { where: { liftedAt: null } }, caucuses: runningCaucuses } },
        caucuses: { where: { endedAt: null } },
        recordings: recordingNow,
      },
    }),
  );
  if (!session?.room) return;
  const rooms = [
    { room: session.room, kind: 'MAIN' as const },
    ...session.caucuses
      .filter(({ status }) => status === 'OPEN')
      .map(({ room }) => ({ room, kind: 'CAUCUS' as const })),
  ];
  for (const { room, kind } of rooms)
    for (const person of await deps.video.listParticipants(room)) {
      const seat = session.seats.find((s) => s.identity === person.identity);
      const recorder = kind === 'MAIN' ? grantsOfRecorder(session, person.identity) : null;
      const grants = seat ? seatGrants(session, seat, kind) : recorder;
      if (grants) await deps.video.updateGrants(room, person.identity, grants);
    }
}
