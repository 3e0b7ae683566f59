import type { Verdict } from '../../../server/src/ports/signing.ts';
import type { Stage } from './stage.ts';

/** One file of the corpus and what a right verifier says of it. */
export type Attack = {
  name: string;
  /** What was done to the file, in a sentence for the table in docs/verification.md. */
  about: string;
  verdict: Verdict;
  /** Problem codes and failed checks (`field:CHECK`) that must be named; others may stand beside them. */
  says: string[];
  /** The file names another case or court than the one looked for: genuine in itself. */
  otherCase?: true;
  make(stage: Stage): Promise<Uint8Array> | Uint8Array;
};

/** Shortens the tables: everything in them ends as `changed` unless said otherwise. */
export const changed = (name: string, about: string, says: string[], make: Attack['make']): Attack => ({
  name,
  about,
  verdict: 'changed',
  says,
  make,
});
