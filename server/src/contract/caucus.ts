import * as z from 'zod';
import { Action } from './actions.ts';
import { CaucusStatus, MessageTo, PartySide } from './enums.ts';

const Instant = z.iso.datetime();

/** Seconds between the notice and the moment at which everybody is back in the main room. */
export const RECALL_SECONDS = 10;

export const CaucusPreviewInput = z.object({ seatIds: z.array(z.uuid()).min(1).max(12), side: PartySide });
/** Everybody who would hear, by name, and who must have left the room before. */
export const CaucusPreview = z.object({
  hears: z.array(z.object({ name: z.string(), place: z.string() })),
  mustLeave: z.array(z.object({ attendeeId: z.uuid(), name: z.string() })),
  /** People of the other side with a seat of their own on the list: it cannot be. */
  otherSide: z.array(z.string()),
});
export const OpenCaucusInput = CaucusPreviewInput.extend({
  /** The names that the mediator was shown and confirmed. */
  hears: z.array(z.string()),
  /** Attested by name: “已离开房间”. */
  left: z.array(z.uuid()).default([]),
});

/** A private talk as the asking seat may know of it: others learn that there is one, and since when. */
export const CaucusView = z.object({
  running: z
    .object({
      id: z.uuid(),
      status: CaucusStatus,
      since: Instant,
      mine: z.boolean(),
      /** Who hears, for those inside alone. */
      hears: z.array(z.string()).nullable(),
      recallAt: Instant.nullable(),
    })
    .nullable(),
  can: z.array(Action),
});
export type CaucusView = z.infer<typeof CaucusView>;

export const NoteInput = z.object({ text: z.string().max(8000) });
/** The mediator's own notes of every private talk of this session. */
export const CaucusNotes = z.array(
  z.object({
    caucusId: z.uuid(),
    since: Instant,
    until: Instant.nullable(),
    hears: z.array(z.string()),
    text: z.string(),
  }),
);

export const MessageInput = z.object({ to: MessageTo, text: z.string().trim().min(1).max(500) });
export const MessageView = z.object({
  id: z.uuid(),
  at: Instant,
  to: MessageTo,
  name: z.string(),
  text: z.string(),
  mine: z.boolean(),
});
