import { readFields } from './agreement-file.ts';
import { openPdf } from './pdf-file.ts';
import { type Trust, verifyAgreement } from './verify-agreement.ts';

/** The file as it was when a field was signed: its first `end` bytes. `field` null: the last state that holds. */
export type SignedState = { field: string | null; end: number };

/** End marks tried from the back; a hostile file may have any number. */
const MAX_TRIES = 100;

/**
 * Every state of a file at which somebody signed, oldest first, then the last state that holds. An incremental file
 * keeps them all as its own beginnings, whatever was appended later. Empty when no beginning of it holds.
 */
export function signedStates(pdf: Uint8Array, trust: Trust, now: Date = new Date()): SignedState[] {
  const sound = ends(pdf).find((end) => {
    const head = pdf.subarray(0, end);
    // What does not even open holds nothing, and is not searched for traces a hundred times.
    if (!opens(head)) return false;
    const { verdict } = verifyAgreement(head, trust, now);
    return verdict === 'genuine' || verdict === 'incomplete';
  });
  if (sound === undefined) return [];
  const states: SignedState[] = [];
  for (const { end } of openPdf(pdf.subarray(0, sound)).sections) {
    const file = openPdf(pdf.subarray(0, end));
    if (!file.catalog().has('AcroForm')) continue;
    for (const [field, { signature }] of readFields(file)) {
      if (signature !== null && !states.some((one) => one.field === field)) states.push({ field, end });
    }
  }
  return [...states, { field: null, end: sound }];
}

function opens(head: Uint8Array): boolean {
  try {
    openPdf(head);
    return true;
  } catch {
    return false;
  }
}

/** Where a state of the file may end: the whole, and behind each end mark, newest first. */
function ends(pdf: Uint8Array): number[] {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  const found = [...text.matchAll(/%%EOF(\r\n|\n|\r)?/g)].map((one) => one.index + one[0].length);
  return [...new Set([pdf.length, ...found.reverse()])].slice(0, MAX_TRIES);
}
