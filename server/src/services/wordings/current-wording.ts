import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { DisputeType } from '../../contract/enums.ts';
import {
  type Clause,
  ClauseLibrary,
  TemplateBody,
  type WordingKey,
  type WordingVersionView,
} from '../../contract/wording.ts';
import { builtInClauses } from '../../domain/agreement/wordings/clauses.ts';
import { builtInTemplates } from '../../domain/agreement/wordings/templates.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Tx } from '../context.ts';

/** SHA-256 (hex) over the RFC 8785 form: what a draft remembers of the version it started from. */
export const wordingSha256 = (body: unknown): string =>
  createHash('sha256')
    .update(canonicalize(body) ?? '')
    .digest('hex');

const builtIn = (key: WordingKey): TemplateBody | { clauses: Clause[] } =>
  key === 'CLAUSES' ? { clauses: builtInClauses } : builtInTemplates[key];

type Row = Prisma.WordingVersionGetPayload<{ include: { by: { select: { name: true } } } }>;

/** One version of a wording: the newest unless told. NOT_FOUND for a number that never was. */
export async function readWording(tx: Tx, key: WordingKey, number?: number): Promise<WordingVersionView> {
  if (number === 0) return viewOf(key, null);
  const row = await tx.wordingVersion.findFirst({
    where: { key, ...(number === undefined ? {} : { number }) },
    orderBy: { number: 'desc' },
    include: { by: { select: { name: true } } },
  });
  if (!row && number !== undefined) throw new DomainError('NOT_FOUND');
  return viewOf(key, row);
}

export function viewOf(key: WordingKey, row: Row | null): WordingVersionView {
  const body = row?.body ?? builtIn(key);
  return {
    key,
    number: row?.number ?? 0,
    sha256: row?.sha256 ?? wordingSha256(body),
    note: row?.note ?? '',
    by: row?.by.name ?? null,
    at: row?.at.toISOString() ?? null,
    template: key === 'CLAUSES' ? null : TemplateBody.parse(body),
    clauses: key === 'CLAUSES' ? ClauseLibrary.parse(body).clauses : null,
  };
}

/** The court's template for a kind of dispute, in the version that stands now. */
export async function readTemplate(tx: Tx, key: DisputeType, number?: number) {
  const wording = await readWording(tx, key, number);
  if (!wording.template) throw new DomainError('NOT_FOUND');
  return { ...wording, template: wording.template };
}
