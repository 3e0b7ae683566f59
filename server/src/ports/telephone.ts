/** Brings somebody into a room by an ordinary telephone. */
export type Telephone = {
  /**
   * Dials `to`; whoever answers is in the room under this seat's identity, in the place of its browser. The number is
   * told to nobody there. Throws when the call could not be placed.
   */
  dial(input: { room: string; identity: string; to: string }): Promise<void>;
};
