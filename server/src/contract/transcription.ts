import * as z from 'zod';

/** What a recogniser is told of the language: 普通话, or 吴语 (宁波话 among it). */
export const SpeechLanguage = z.enum(['zh-CN', 'wuu']);
export type SpeechLanguage = z.infer<typeof SpeechLanguage>;

/** HELD: switched on, and nothing is listened to now (pause, private talk, somebody's consent is missing). */
export const TranscriptionState = z.enum(['OFF', 'ON', 'HELD']);
export type TranscriptionState = z.infer<typeof TranscriptionState>;

export const SpeechHurdle = z.enum(['NOT_OPEN', 'CAUCUS', 'APART', 'NOBODY', 'CONSENT']);
export type SpeechHurdle = z.infer<typeof SpeechHurdle>;

export const StartTranscribingInput = z.object({ language: SpeechLanguage.default('zh-CN') });

/** Draft lines, for those alone who write the record. */
export const DraftLinesView = z.object({
  state: TranscriptionState,
  hurdle: SpeechHurdle.nullable(),
  /** Whose recording consent is missing. */
  missing: z.array(z.string()),
  /** The last piece could not be turned into text. */
  trouble: z.boolean(),
  language: SpeechLanguage,
  lines: z.array(z.object({ id: z.uuid(), at: z.iso.datetime(), speaker: z.string(), text: z.string() })),
});
