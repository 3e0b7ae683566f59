import * as Y from 'yjs';
import type { AgreementDocument } from '../../contract/agreement-document.ts';
import type { Comparison, DraftHistory, Piece } from '../../contract/compare.ts';
import { type DraftContent, readDraft } from '../../contract/draft.ts';
import { DraftTermShape } from '../../contract/terms.ts';
import { type NamedParty, termText } from '../../domain/agreement/term-text.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { findAgreement } from '../agreement/open-agreement.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { type ChangeAuthor, wordDiff } from './word-diff.ts';

/** Changes of one author no further apart than this are one point of the history. */
const CLOSE_MS = 5 * 60_000;
/** More are not kept apart in memory: the oldest are then one step. */
const MOST_STEPS = 200;

const include = {
  staffAuthor: { select: { name: true } },
  partyAuthor: { select: { name: true } },
} satisfies Prisma.DraftUpdateInclude;
type Update = Prisma.DraftUpdateGetPayload<{ include: typeof include }>;
type Group = { first: number; last: number; at: Date; author: ChangeAuthor };

/** Who changed the draft when, and which versions were frozen. Empty once talks have failed. */
export async function readHistory(ctx: Ctx, caseId: string): Promise<DraftHistory> {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-draft', caseId);
    const agreement = await findAgreement(tx, caseId);
    if (!agreement) return { points: [], versions: [] };
    const groups = grouped(await updatesOf(tx, agreement.id));
    const versions = await tx.draftVersion.findMany({
      where: { agreementId: agreement.id },
      orderBy: { number: 'asc' },
      include: { frozenBy: { select: { name: true } } },
    });
    return {
      points: groups.map((group) => ({
        ref: `s${group.last}`,
        at: group.at.toISOString(),
        changes: group.last - group.first + 1,
        author: group.author,
      })),
      versions: versions.map((v) => ({
        ref: `v${v.number}`,
        number: v.number,
        frozenAt: v.frozenAt.toISOString(),
        by: v.frozenBy?.name ?? '',
        voidedAt: v.voidedAt?.toISOString() ?? null,
      })),
    };
  });
}

/**
 * Any two points of a draft's history word by word, each change with its author. NOT_FOUND for a point that never was,
 * BAD_REQUEST when `from` is not the earlier one.
 */
export async function compareVersions(
  ctx: Ctx,
  input: { caseId: string; from: string; to: string },
): Promise<Comparison> {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-draft', input.caseId);
    const agreement = await findAgreement(tx, input.caseId);
    if (!agreement) throw new DomainError('NOT_FOUND');
    const from = await locate(tx, agreement, input.from);
    const to = await locate(tx, agreement, input.to);
    if (from.seq > to.seq) throw new DomainError('BAD_REQUEST', { fields: ['from'] });
    const parties = await tx.party.findMany({
      where: { caseId: input.caseId },
      select: { id: true, name: true },
    });
    const updates = await updatesOf(tx, agreement.id);
    const { start, steps } = replay(updates, from.seq, to.seq);
    const first = from.content ?? start;
    const rest = steps.length > 0 ? steps : [{ content: first, author: null }];
    if (to.content) rest[rest.length - 1] = { content: to.content, author: rest.at(-1)?.author ?? null };
    return { from: input.from, to: input.to, sections: sectionsOf(first, rest, parties) };
  });
}

function updatesOf(tx: Tx, agreementId: string): Promise<Update[]> {
  return tx.draftUpdate.findMany({ where: { agreementId }, orderBy: { seq: 'asc' }, include });
}

const authorOf = (update: Update): ChangeAuthor => ({
  name: update.staffAuthor?.name ?? update.partyAuthor?.name ?? '',
  source: update.source,
});

function grouped(updates: Update[]): Group[] {
  const groups: Group[] = [];
  for (const update of updates) {
    const author = authorOf(update);
    const last = groups.at(-1);
    const together =
      last?.author.name === author.name &&
      last.author.source === author.source &&
      update.at.getTime() - last.at.getTime() <= CLOSE_MS;
    if (last && together) Object.assign(last, { last: update.seq, at: update.at });
    else groups.push({ first: update.seq, last: update.seq, at: update.at, author });
  }
  return groups;
}

/** Where a reference stands; a frozen version brings the text that was signed. */
async function locate(
  tx: Tx,
  agreement: { id: string; draftSeq: number },
  ref: string,
): Promise<{ seq: number; content: DraftContent | null }> {
  const number = Number(ref.slice(1));
  if (ref.startsWith('s')) {
    if (number > agreement.draftSeq) throw new DomainError('NOT_FOUND');
    return { seq: number, content: null };
  }
  const version = await tx.draftVersion.findFirst({ where: { agreementId: agreement.id, number } });
  if (!version) throw new DomainError('NOT_FOUND');
  const document = version.document as unknown as AgreementDocument;
  const terms = document.terms.map(({ block }) => block as DraftContent['terms'][number]);
  const before = await tx.draftUpdate.count({
    where: { agreementId: agreement.id, at: { lte: version.frozenAt } },
  });
  return {
    seq: version.draftSeq ?? before,
    content: { facts: document.facts, disputed: document.disputed, performance: document.performance, terms },
  };
}

/** The draft at `from`, and after each author's turn until `to`. */
function replay(updates: Update[], from: number, to: number) {
  const doc = new Y.Doc();
  for (const update of updates.filter((u) => u.seq <= from)) Y.applyUpdate(doc, update.bytes);
  const start = readDraft(doc);
  const turns: { content: DraftContent; author: ChangeAuthor | null }[] = [];
  const later = updates.filter((u) => u.seq > from && u.seq <= to);
  for (const [i, update] of later.entries()) {
    Y.applyUpdate(doc, update.bytes);
    const author = authorOf(update);
    const next = later[i + 1] && authorOf(later[i + 1] as Update);
    if (next?.name !== author.name || next.source !== author.source)
      turns.push({ content: readDraft(doc), author });
  }
  return { start, steps: turns.slice(-MOST_STEPS) };
}

function sectionsOf(
  first: DraftContent,
  steps: { content: DraftContent; author: ChangeAuthor | null }[],
  parties: NamedParty[],
): Comparison['sections'] {
  const last = steps.at(-1)?.content ?? first;
  const pieces = (text: (content: DraftContent) => string): Piece[] =>
    wordDiff(
      text(first),
      steps.map(({ content, author }) => ({ text: text(content), author })),
    );
  const prose = (key: 'facts' | 'disputed' | 'performance'): Comparison['sections'][number] => ({
    key,
    kind: 'prose',
    before: null,
    after: null,
    pieces: pieces((content) => content[key]),
  });
  const ids = [...new Set([...last.terms, ...first.terms].map((term) => term.id))];
  const place = (content: DraftContent, id: string) => {
    const at = content.terms.findIndex((term) => term.id === id);
    return at < 0 ? null : at + 1;
  };
  const wording = (content: DraftContent, id: string) => {
    const term = content.terms.find((each) => each.id === id);
    return term ? termText(DraftTermShape.parse(term), parties) : '';
  };
  const terms = ids.map((id) => ({
    key: id,
    kind: 'term' as const,
    before: place(first, id),
    after: place(last, id),
    pieces: pieces((content) => wording(content, id)),
  }));
  return [prose('facts'), prose('disputed'), ...terms, prose('performance')];
}
