import * as z from 'zod';
import { PartyKind } from './enums.ts';
import { Term } from './terms.ts';

/** One party as the agreement prints it; identity numbers masked. */
export const DocumentParty = z.object({
  id: z.uuid(),
  kind: PartyKind,
  name: z.string(),
  sex: z.string().nullable(),
  ethnicity: z.string().nullable(),
  age: z.int().nullable(),
  occupation: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  idNumberMasked: z.string().nullable(),
  creditCode: z.string().nullable(),
  representative: z.string().nullable(),
  guardian: z.string().nullable(),
  agents: z.array(z.object({ name: z.string(), authority: z.string() })),
});
export type DocumentParty = z.infer<typeof DocumentParty>;

/** The canonical content of one agreement version: what people read, hash and sign. */
export const AgreementDocument = z.object({
  format: z.literal(1),
  title: z.literal('人民调解协议书'),
  demo: z.boolean(),
  courtName: z.string(),
  committeeName: z.string(),
  stationName: z.string(),
  caseNumber: z.string(),
  versionId: z.uuid(),
  versionNumber: z.int(),
  parties: z.array(DocumentParty),
  facts: z.string(),
  disputed: z.string(),
  /** The wording of each term, numbered in order, and the block it came from. */
  terms: z.array(z.object({ text: z.string(), block: Term })),
  performance: z.string(),
  /** Parties plus one for the committee. */
  copies: z.int(),
  /** Shanghai calendar day on which the text was frozen. */
  date: z.string(),
  basis: z.string(),
  medium: z.enum(['ELECTRONIC', 'PAPER']),
  signers: z.array(
    z.object({
      role: z.enum(['party', 'agent', 'mediator', 'recorder', 'committee']),
      name: z.string(),
      personId: z.uuid(),
      /** Whom it stands for. */
      partyId: z.uuid().nullable(),
      /** The guardian of a minor signs by law, not by power of attorney. */
      capacity: z.literal('GUARDIAN').exactOptional(),
      /** Cannot write: a thumbprint before this independent witness. */
      thumbprint: z.object({ witness: z.string() }).exactOptional(),
      /** Who signs for an organisation. */
      representative: z.string().exactOptional(),
    }),
  ),
});
export type AgreementDocument = z.infer<typeof AgreementDocument>;
