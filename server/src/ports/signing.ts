/**
 * Roles that sign an agreement, in the order of signing. The platform's certification comes before all
 * and is not one of them.
 */
export type SigningRole = 'party' | 'agent' | 'mediator' | 'recorder' | 'committee';

/** One signature field that will exist in the base and must be filled. `name` is unique in the file. */
export type SignatureField = {
  name: string;
  role: SigningRole;
  /** Name as printed, e.g. 陈阿根; for the committee its full name. */
  signerName: string;
  /** Opaque id of the person (or committee) in our database. */
  personId: string;
  /** Zero-based page and rectangle in PDF points, origin at the lower left. */
  page: number;
  rect: { x: number; y: number; width: number; height: number };
};

/** A stroke is a list of points, each [x, y] in 0..1 of the signature pad, origin at the upper left. */
export type Ink = { width: number; height: number; strokes: [number, number][][] };
