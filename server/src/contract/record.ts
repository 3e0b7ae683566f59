import * as z from 'zod';
import { Action } from './actions.ts';
import { ConfirmationWay, Duty, RecordKind, RecordStatus, SessionResult, SessionStatus } from './enums.ts';

const Instant = z.iso.datetime();
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** SAID by a named person and NOTE are typed; everything else the system enters from what the session stores. */
export const RecordLineKind = z.enum(['SAID', 'NOTE', 'CHECK', 'PRESENCE', 'GAP', 'WAIVER', 'EVENT']);
export type RecordLineKind = z.infer<typeof RecordLineKind>;

export const RecordLine = z.object({
  id: z.string(),
  at: Instant,
  kind: RecordLineKind,
  speaker: z.string().nullable(),
  text: z.string(),
});
export type RecordLine = z.infer<typeof RecordLine>;

/** Somebody whose word on the whole is needed. */
export const RecordPerson = z.object({ key: z.string(), name: z.string(), duty: Duty });
export type RecordPerson = z.infer<typeof RecordPerson>;

const Head = {
  format: z.literal(1),
  demo: z.boolean(),
  courtName: z.string(),
  committeeName: z.string(),
  caseNumber: z.string(),
  caseTitle: z.string(),
  parties: z.array(z.string()),
  mediators: z.array(z.string()),
  recorder: z.string().nullable(),
  people: z.array(RecordPerson),
  language: z.string(),
  reader: z.string(),
  readAt: Instant,
};

/** The record's canonical text, as it was read out: what each confirmation binds. */
export const TalksContent = z.object({
  ...Head,
  kind: z.literal('TALKS'),
  startedAt: Instant,
  /** Every login place with the people there. */
  places: z.array(z.object({ place: z.string(), people: z.array(z.string()) })),
  others: z.array(z.string()),
  judges: z.array(z.string()),
  rights: z.object({ language: z.string(), reader: z.string(), at: Instant }).nullable(),
  lines: z.array(RecordLine),
  gaps: z.array(z.object({ names: z.string(), from: Instant, to: Instant.nullable() })),
  result: SessionResult,
  reason: z.string(),
});
export type TalksContent = z.infer<typeof TalksContent>;

/** 无争议事实记载表: facts with each one's word, and headings of what remains; never an offer. */
export const FactsContent = z.object({
  ...Head,
  kind: z.literal('FACTS'),
  startedOn: z.string(),
  endedOn: z.string(),
  facts: z.array(z.object({ text: z.string(), support: z.string(), confirmedBy: z.array(z.string()) })),
  issues: z.array(z.string()),
});
export type FactsContent = z.infer<typeof FactsContent>;

export const RecordContent = z.discriminatedUnion('kind', [TalksContent, FactsContent]);
export type RecordContent = z.infer<typeof RecordContent>;

export const Objection = z.object({
  line: z.string(),
  name: z.string(),
  text: z.string(),
  at: Instant,
});
export type Objection = z.infer<typeof Objection>;

export const GivenWord = z.object({
  key: z.string(),
  name: z.string(),
  duty: Duty,
  way: ConfirmationWay,
  note: z.string().nullable(),
  at: Instant,
});
export type GivenWord = z.infer<typeof GivenWord>;

/** What is drawn: the text read out, objections written in, each one's word, and the hash over all of it. */
export type RecordDocument = {
  content: RecordContent;
  objections: Objection[];
  words: GivenWord[];
  contentSha256: string;
  finalSha256: string;
  confirmedAt: string;
};

export const RecordView = z.object({
  kind: RecordKind,
  status: RecordStatus,
  sessionStatus: SessionStatus,
  caseId: z.uuid(),
  /** The sides are kept apart: each reads the record when it is read out, not as it grows. */
  withheld: z.boolean(),
  lines: z.array(RecordLine.extend({ editable: z.boolean() })),
  objections: z.array(Objection),
  result: SessionResult.nullable(),
  language: z.string().nullable(),
  reader: z.string().nullable(),
  readAt: Instant.nullable(),
  contentSha256: Sha256.nullable(),
  finalSha256: Sha256.nullable(),
  confirmedAt: Instant.nullable(),
  hasDocument: z.boolean(),
  people: z.array(
    RecordPerson.extend({
      me: z.boolean(),
      partyId: z.uuid().nullable(),
      agentId: z.uuid().nullable(),
      way: ConfirmationWay.nullable(),
      note: z.string().nullable(),
      at: Instant.nullable(),
    }),
  ),
  /** Who may be chosen as speaker of a line: everybody here by name. */
  speakers: z.array(z.string()),
  facts: z.array(
    z.object({
      id: z.uuid(),
      text: z.string(),
      support: z.string(),
      answers: z.array(z.object({ partyId: z.uuid(), name: z.string(), agreed: z.boolean() })),
      mine: z.boolean().nullable(),
    }),
  ),
  /** The sheet as it was read out: its facts and headings. */
  sheet: z.array(z.object({ text: z.string(), support: z.string() })),
  issues: z.array(z.string()),
  /** Where everybody is who sits at a seat of their own: the record names each place. */
  remote: z.array(z.object({ attendeeId: z.uuid(), name: z.string(), place: z.string() })),
  /** Parties who are out while the session runs; nothing is decided meanwhile, unless waived. */
  absent: z.array(z.object({ partyId: z.uuid(), name: z.string(), waived: z.boolean() })),
  can: z.array(Action),
});
export type RecordView = z.infer<typeof RecordView>;

/** The records of a case, oldest first. */
export const RecordList = z.array(
  z.object({
    sessionId: z.uuid(),
    kind: RecordKind,
    status: RecordStatus,
    startedAt: Instant,
    confirmedAt: Instant.nullable(),
    hasDocument: z.boolean(),
  }),
);

const Language = z.string().trim().min(1).max(20);
const Reader = z.string().trim().min(1).max(60);
export const LineInput = z.object({
  speaker: z.string().trim().max(60).default(''),
  text: z.string().trim().min(1).max(2000),
});
export const AddLineInput = LineInput.extend({
  /** Draft lines that a recogniser heard and that this one was made of: it has the time of the first. */
  drafts: z.array(z.uuid()).max(30).default([]),
});
export const ReadOutInput = z.object({
  language: Language,
  reader: Reader,
  result: SessionResult,
  reason: z.string().trim().max(300).default(''),
});
/** Headings of what remains disputed: a few words each, one line, no sentence. */
export const IssueHeading = z
  .string()
  .trim()
  .min(2)
  .max(40)
  .regex(/^[^\n。！？；]+$/);
export const FactsReadOutInput = z.object({
  language: Language,
  reader: Reader,
  issues: z.array(IssueHeading).max(20),
});
export const ConfirmInput = z.object({ contentSha256: Sha256 });
export const ObjectionInput = z.object({
  line: z.string().min(1).max(80),
  text: z.string().trim().min(1).max(1000),
});
export const WordNoteInput = z.object({
  key: z.string().min(1).max(80),
  way: z.enum(['IN_PERSON', 'REFUSED', 'ABSENT']),
  note: z.string().trim().min(1).max(300),
});
export const FactInput = z.object({
  text: z.string().trim().min(1).max(500),
  support: z.string().trim().max(200).default(''),
});
export const FactAnswerInput = z.object({ agreed: z.boolean() });
export const WaiverInput = z.object({ partyId: z.uuid(), how: z.string().trim().min(1).max(300) });
export const PlaceInput = z.object({ place: z.string().trim().min(1).max(80) });
