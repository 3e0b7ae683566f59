import type { Attack } from './attack.ts';
import { byteAttacks } from './bytes.ts';
import { certificateAttacks } from './certificates.ts';
import { strangeFiles } from './files.ts';
import { revisionAttacks } from './revisions.ts';
import { shadowAttacks } from './shadow.ts';
import { signatureAttacks } from './signatures.ts';
import { stowaways } from './stowaways.ts';
import { tableAttacks } from './tables.ts';
import { timeAttacks } from './times.ts';
import { wrappingAttacks } from './wrapping.ts';

export type { Attack } from './attack.ts';
export { openStage, type Stage } from './stage.ts';

const genuine: Attack = {
  name: 'genuine',
  about: 'the finished agreement as it is',
  verdict: 'genuine',
  says: [],
  make: ({ sample }) => sample.pdf,
};

/** Every file that a verifier is tried with, by kind. Made anew on every run: keys and times differ, structure never. */
export const corpus: Record<string, Attack[]> = {
  'Genuine and cut files, single bytes': [genuine, ...byteAttacks],
  'Revisions behind the end': revisionAttacks,
  'Shadow attacks': shadowAttacks,
  'Cross references': tableAttacks,
  'What a signature covers': wrappingAttacks,
  'Signatures against the rules': signatureAttacks,
  'Certificates and other files': certificateAttacks,
  'Time and revocation': timeAttacks,
  'Strangers and bombs': strangeFiles,
  'Stowaways and burdens': stowaways,
};

export const allAttacks: Attack[] = Object.values(corpus).flat();
