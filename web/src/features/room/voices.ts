/** How loud the original stays beneath the interpreter. */
export const BENEATH = 0.2;

type SeatOfVoice = { identity: string; kind: string; hearsInterpreter: boolean };

/**
 * How loud a seat's sound is played here: the original fully, or lowered beneath the interpreter where this seat chose
 * the interpreter and one is really heard; the interpreter to those alone who chose it.
 */
export function loudness(
  seat: Pick<SeatOfVoice, 'kind'>,
  here: { hearsInterpreter: boolean; interpreterLive: boolean },
): number {
  if (seat.kind === 'INTERPRETER') return here.hearsInterpreter ? 1 : 0;
  return here.hearsInterpreter && here.interpreterLive ? BENEATH : 1;
}

export type TrackPermission =
  | { participantIdentity: string; allowAll: true }
  | { participantIdentity: string; allowAll: false; allowedTrackSids: string[] };

/** Whom an interpreter's tracks are for: the sound for who chose it, the picture for everybody. */
export function interpreterPermissions(
  seats: readonly SeatOfVoice[],
  ownIdentity: string,
  pictures: readonly string[],
): TrackPermission[] {
  return seats
    .filter((seat) => seat.identity !== ownIdentity)
    .map(({ identity, hearsInterpreter }) =>
      hearsInterpreter
        ? { participantIdentity: identity, allowAll: true }
        : { participantIdentity: identity, allowAll: false, allowedTrackSids: [...pictures] },
    );
}
