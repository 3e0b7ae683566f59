import { useEffect } from 'react';
import type { RoomState } from './use-room.ts';
import type { Session } from './use-session.ts';

/** An interpreter's page sends its sound to those alone who chose it, and its picture to everybody. */
export function useInterpreting(session: Session | undefined, room: RoomState): void {
  const mine = session?.seats.find((seat) => seat.mine);
  const connected = room.connection === 'connected';
  const key =
    mine?.kind === 'INTERPRETER' && connected
      ? session?.seats.map((seat) => `${seat.identity}=${seat.hearsInterpreter}`).join()
      : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: set anew when who listens changes, not on every render
  useEffect(() => {
    room.setListeners(key === undefined ? null : (session?.seats ?? []));
  }, [key, room.setListeners]);
}
