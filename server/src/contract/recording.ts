import * as z from 'zod';
import { RecordingStatus, RecordingStop } from './enums.ts';

const Instant = z.iso.datetime();

export const StartRecordingInput = z.object({
  /** People without a consent sheet of their own who said yes to the host. */
  confirmed: z.array(z.uuid()).max(30).default([]),
});

/** Whether a session is recorded now, as everybody in it sees it; `people` and `hurdle` for its hosts alone. */
export const RecordingStateView = z.object({
  available: z.boolean(),
  status: RecordingStatus.nullable(),
  since: Instant.nullable(),
  part: z.number().int().nullable(),
  stopReason: RecordingStop.nullable(),
  /** It should run and nothing comes. */
  trouble: z.boolean(),
  /** It goes on and nothing reaches it: a pause, or a private talk. */
  held: z.boolean(),
  hurdle: z.enum(['NOT_OPEN', 'CAUCUS', 'NOBODY', 'CONSENT']).nullable(),
  people: z.array(
    z.object({ name: z.string(), kind: z.enum(['PARTY', 'STAFF', 'OTHER']), agreed: z.boolean() }),
  ),
  unasked: z.array(z.object({ attendeeId: z.uuid(), name: z.string() })),
  /** Of a party: its own answer. */
  mine: z.object({ partyId: z.uuid(), agreed: z.boolean() }).nullable(),
});

export const RecordingPartView = z.object({
  number: z.number().int(),
  from: Instant,
  to: Instant,
  durationMs: z.number().int().nullable(),
  size: z.number().int().nullable(),
  mime: z.string().nullable(),
  /** It can be played. */
  ready: z.boolean(),
  /** What stands in the record at that time. */
  chapters: z.array(z.object({ atMs: z.number().int(), text: z.string() })),
});

export const RecordingView = z.object({
  id: z.uuid(),
  sessionId: z.uuid(),
  status: RecordingStatus,
  startedBy: z.string(),
  startedAt: Instant.nullable(),
  stoppedAt: Instant.nullable(),
  stopReason: RecordingStop.nullable(),
  chunkCount: z.number().int(),
  headHash: z.string(),
  /** When the head was last time-stamped. */
  stampedAt: Instant.nullable(),
  /** Every part is one file now and the manifest is signed. */
  closed: z.boolean(),
  deletedAt: Instant.nullable(),
  parts: z.array(RecordingPartView),
});

export const RecordingCheck = z.object({
  links: z.number().int(),
  head: z.string(),
  stamps: z.number().int(),
  newestStamp: Instant.nullable(),
  deleted: z.boolean(),
  faults: z.array(z.object({ fault: z.string(), where: z.string() })),
});

/** What the layout page is told: its token, what it draws, whether it is to end. */
export const LayoutView = z.object({
  token: z.string().nullable(),
  title: z.string(),
  /** `interprets`: another one's words in another language; the mix has the original alone. */
  seats: z.array(z.object({ identity: z.string(), label: z.string(), interprets: z.boolean() })),
  stop: z.boolean(),
  demo: z.boolean(),
});
export type LayoutView = z.infer<typeof LayoutView>;
