import type { Signing } from '../../ports/signing.ts';
import { archiveAgreement } from './archive-agreement.ts';
import {
  certifyBase,
  completeSignature,
  prepareSignature,
  type SigningKit,
  sealField,
} from './sign-agreement.ts';

/** The verbs that read, write and verify whole files: the work that threads of their own do. */
export type FileVerbs = Pick<
  Signing,
  'certifyBase' | 'prepareSignature' | 'completeSignature' | 'sealField' | 'archive'
>;

export const fileVerbs = (kit: SigningKit): FileVerbs => ({
  certifyBase: (input) => certifyBase(kit, input),
  prepareSignature: (input) => prepareSignature(kit, input),
  completeSignature: (input) => completeSignature(kit, input),
  sealField: (input) => sealField(kit, input),
  archive: (input) => archiveAgreement(kit, input),
});
