/** Makes text of short pieces of speech. What it answers is a draft for whoever writes the record, never the record. */
export type Transcriber = {
  /**
   * `wav`: mono PCM of 16 bits at 16 kHz, 10 s at most. `language`: BCP 47, a hint. Empty where nothing was understood.
   * Throws when the recogniser refuses or does not answer.
   */
  transcribe(piece: { wav: Uint8Array<ArrayBuffer>; language: string }): Promise<string>;
};
