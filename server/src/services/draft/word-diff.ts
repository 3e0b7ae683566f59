import { diffArrays } from 'diff';
import type { Piece } from '../../contract/compare.ts';

export type ChangeAuthor = NonNullable<Piece['author']>;
/** A text and who made it of the one before. */
export type Step = { text: string; author: ChangeAuthor | null };

const words = new Intl.Segmenter('zh', { granularity: 'word' });
const wordsOf = (text: string): string[] => [...words.segment(text)].map(({ segment }) => segment);

/** A word that stands now, and the word of the first text that it is; null: it came later, by `author`. */
type Word = { text: string; origin: number | null; author: ChangeAuthor | null };

/**
 * The first text against the last, word by word (Intl.Segmenter knows Chinese words), each addition and removal with
 * who made it on the way. A word that was removed and written again is a change of whoever wrote it last; one that
 * came and went between shows not at all.
 */
export function wordDiff(first: string, steps: readonly Step[]): Piece[] {
  const before = wordsOf(first);
  const removedBy = new Map<number, ChangeAuthor | null>();
  let now: Word[] = before.map((text, origin) => ({ text, origin, author: null }));
  for (const { text, author } of steps) now = takeStep(now, wordsOf(text), author, removedBy);
  return joined(merge(before, now, removedBy));
}

function takeStep(
  now: Word[],
  next: string[],
  author: ChangeAuthor | null,
  removedBy: Map<number, ChangeAuthor | null>,
): Word[] {
  const result: Word[] = [];
  let at = 0;
  for (const { value, added, removed } of diffArrays(
    now.map((word) => word.text),
    next,
  )) {
    if (added) for (const text of value) result.push({ text, origin: null, author });
    else if (removed) {
      for (const { origin } of now.slice(at, at + value.length))
        if (origin !== null) removedBy.set(origin, author);
      at += value.length;
    } else {
      result.push(...now.slice(at, at + value.length));
      at += value.length;
    }
  }
  return result;
}

/** Both texts in one: what stays keeps its order, removed words stand before what took their place. */
function merge(before: string[], now: Word[], removedBy: Map<number, ChangeAuthor | null>): Piece[] {
  const pieces: Piece[] = [];
  let next = 0;
  const removeUntil = (end: number) => {
    for (; next < end; next += 1)
      pieces.push({ kind: 'removed', text: before[next] ?? '', author: removedBy.get(next) ?? null });
  };
  for (const word of now) {
    if (word.origin === null) {
      const gap = now.slice(now.indexOf(word)).find((w) => w.origin !== null)?.origin ?? before.length;
      removeUntil(gap);
      pieces.push({ kind: 'added', text: word.text, author: word.author });
    } else {
      removeUntil(word.origin);
      pieces.push({ kind: 'same', text: word.text, author: null });
      next = word.origin + 1;
    }
  }
  removeUntil(before.length);
  return pieces;
}

/** Neighbours of one kind and author are one piece. */
function joined(pieces: Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    const same =
      last?.kind === piece.kind &&
      last.author?.name === piece.author?.name &&
      last.author?.source === piece.author?.source;
    if (last && same) last.text += piece.text;
    else result.push({ ...piece });
  }
  return result;
}
