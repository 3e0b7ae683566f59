import * as z from 'zod';
import { DisputeType } from './enums.ts';
import { DraftTermShape, TermKind } from './terms.ts';

/** Stand-ins for the sides in a template's blocks; starting a draft puts the case's own people in their place. */
export const standIns = {
  APPLICANT: '00000000-0000-4000-8000-00000000000a',
  RESPONDENT: '00000000-0000-4000-8000-00000000000b',
} as const;
/** The same in prose. */
export const nameMarks = { APPLICANT: '{申请人}', RESPONDENT: '{被申请人}' } as const;

/** What a draft of one kind of dispute starts from. */
export const TemplateBody = z.strictObject({
  disputed: z.string().max(2000),
  performance: z.string().max(2000),
  terms: z.array(DraftTermShape).min(1).max(20),
});
export type TemplateBody = z.infer<typeof TemplateBody>;

/** One wording to insert: where it belongs, and in which kinds of dispute it is of use (empty: in all). */
export const Clause = z.strictObject({
  id: z.string().min(1).max(40),
  title: z.string().trim().min(1).max(40),
  kind: TermKind,
  disputeTypes: z.array(DisputeType).max(20),
  text: z.string().trim().min(1).max(1000),
  basis: z.string().max(200),
});
export type Clause = z.infer<typeof Clause>;
export const ClauseLibrary = z.strictObject({ clauses: z.array(Clause).min(1).max(200) });
export type ClauseLibrary = z.infer<typeof ClauseLibrary>;

/** A kind of dispute, or the clause library. */
export const WordingKey = z.enum([...DisputeType.options, 'CLAUSES']);
export type WordingKey = z.infer<typeof WordingKey>;

const version = {
  number: z.int(),
  sha256: z.string(),
  note: z.string(),
  by: z.string().nullable(),
  at: z.iso.datetime().nullable(),
};
/** Version 0 came with the program and bears no name. */
export const WordingVersionView = z.object({
  key: WordingKey,
  ...version,
  template: TemplateBody.nullable(),
  clauses: z.array(Clause).nullable(),
});
export type WordingVersionView = z.infer<typeof WordingVersionView>;
export const WordingList = z.object({
  wordings: z.array(z.object({ key: WordingKey, ...version, versions: z.int() })),
});

export const SaveWordingInput = z.object({
  /** The version that was edited: another's edit meanwhile is not overwritten (CONFLICT). */
  from: z.int().min(0),
  note: z.string().trim().min(1).max(200),
  template: TemplateBody.exactOptional(),
  clauses: z.array(Clause).min(1).max(200).exactOptional(),
});

/** What the mediator may choose from on a case. */
export const CaseWordings = z.object({
  templates: z.array(z.object({ key: DisputeType, number: z.int(), terms: z.int(), own: z.boolean() })),
  clauses: z.array(Clause),
});
export type CaseWordings = z.infer<typeof CaseWordings>;
