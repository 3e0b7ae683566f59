import type { SessionStatus } from '../../contract/enums.ts';
import { type RoomGrants, recorderGrants } from '../../domain/room-grants.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { going } from '../recording/transition-recording.ts';

/** Selects the hidden participants of a session's recording that goes on. */
export const recordingNow = {
  where: { status: { in: [...going] } },
  select: { parts: { where: { endedAt: null }, select: { identity: true } } },
} satisfies Prisma.Session$recordingsArgs;

type Session = {
  status: SessionStatus;
  recordings: { parts: { identity: string }[] }[];
  caucuses: { endedAt: Date | null }[];
};

/** What this participant may do in the main room if it is a recorder of this session; null if it is none. */
export function grantsOfRecorder(session: Session, identity: string): RoomGrants | null {
  const running = recordersOf(session).includes(identity);
  if (!running) return null;
  const caucus = session.caucuses.some((one) => one.endedAt === null);
  return recorderGrants({ stage: session.status, running, caucus });
}

/** Identities of the hidden participants of a session. */
export const recordersOf = (session: Pick<Session, 'recordings'>): string[] =>
  session.recordings.flatMap((recording) => recording.parts.map((part) => part.identity));
