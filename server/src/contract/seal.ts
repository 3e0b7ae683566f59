import * as z from 'zod';

/** Why a seal's container is refused (GB/T 38540): the web has a sentence for each. */
export const SealFault = z.enum([
  'FORM', // no seal of version 4
  'ALGORITHM', // not SM2 with SM3
  'SIGNATURE', // the maker's signature does not hold
  'MAKER', // made by nobody whom the operator named
  'DATES', // not yet or no longer valid
  'KIND', // not an organisation's
  'NAME', // another organisation's
  'PICTURE', // no seal can be made out in it
]);
export type SealFault = z.infer<typeof SealFault>;

/** A container is some tens of kilobytes; pictures in it are the most. */
export const MAX_SEAL_BYTES = 1024 * 1024;

/** One registered seal of a committee. */
export const SealView = z.object({
  id: z.uuid(),
  sealId: z.string(),
  maker: z.string(),
  sha256: z.string(),
  validFrom: z.iso.datetime(),
  validTo: z.iso.datetime(),
  importedBy: z.string(),
  importedAt: z.iso.datetime(),
});
/** A committee with the seal that stands; `state` says whether it can be set now. */
export const CommitteeSealView = z.object({
  committeeId: z.uuid(),
  committeeName: z.string(),
  state: z.enum(['NONE', 'GOOD', 'EXPIRED']),
  seal: SealView.nullable(),
});
export type CommitteeSealView = z.infer<typeof CommitteeSealView>;
export const CommitteeSeals = z.object({
  /** A demonstration draws a seal of its own where none is registered. */
  demo: z.boolean(),
  committees: z.array(CommitteeSealView),
});
