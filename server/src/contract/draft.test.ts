import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addTerm,
  type DraftTerm,
  draftProse,
  draftTerms,
  editText,
  moveTerm,
  newTermMap,
  readDraft,
  removePart,
  removeTerm,
  replaceTerm,
  setPart,
  termMap,
} from './draft.ts';
import { emptyTerm } from './terms.ts';

const other = (id: string, text: string): DraftTerm => ({ id, kind: 'other', text });
const payment = (id: string): DraftTerm => ({
  ...(emptyTerm('payment', id) as unknown as DraftTerm),
  instalments: [{ id: 'i1', due: null, amountFen: 1, received: false }],
});
/** Two people with the same draft, each for itself until they meet. */
function twoWriters(...terms: DraftTerm[]) {
  const first = new Y.Doc();
  for (const term of terms) addTerm(first, term);
  const second = new Y.Doc();
  Y.applyUpdate(second, Y.encodeStateAsUpdate(first));
  const meet = () => {
    const [a, b] = [Y.encodeStateAsUpdate(first), Y.encodeStateAsUpdate(second)];
    Y.applyUpdate(first, b);
    Y.applyUpdate(second, a);
    expect(readDraft(first)).toEqual(readDraft(second));
    return readDraft(first);
  };
  return { first, second, meet };
}
const write = (doc: Y.Doc, id: string, text: string) =>
  editText(termMap(doc, id)?.get('text') as Y.Text, text);
const texts = (doc: Y.Doc) => readDraft(doc).terms.map((term) => term.text);

describe('two people write at once', () => {
  test('one moves a term, the other writes in it: no word is lost', () => {
    const { first, second, meet } = twoWriters(other('a', '甲'), other('b', '乙'), other('c', '丙'));
    moveTerm(first, 'c', -1);
    write(second, 'c', '丙，另加一句');
    expect(meet().terms.map((t) => t.text)).toEqual(['甲', '丙，另加一句', '乙']);
  });

  test('both write in one sentence, both words stay', () => {
    const { first, second, meet } = twoWriters(other('a', '周建波修复防水。'));
    write(first, 'a', '周建波于三月修复防水。');
    write(second, 'a', '周建波修复防水，费用自理。');
    expect(meet().terms[0]?.text).toBe('周建波于三月修复防水，费用自理。');
  });

  test('each changes another instalment: both stay; one adds while the other removes', () => {
    const { first, second, meet } = twoWriters(payment('p'));
    const part = { due: null, received: false };
    setPart(termMap(first, 'p') as Y.Map<unknown>, { id: 'i2', amountFen: 2, ...part });
    setPart(termMap(second, 'p') as Y.Map<unknown>, { id: 'i1', amountFen: 5, ...part });
    expect(meet().terms[0]?.instalments).toEqual([
      { id: 'i1', amountFen: 5, ...part },
      { id: 'i2', amountFen: 2, ...part },
    ]);
    removePart(termMap(first, 'p') as Y.Map<unknown>, 'i1');
    setPart(termMap(second, 'p') as Y.Map<unknown>, { id: 'i3', amountFen: 3, ...part });
    const { terms } = meet();
    const parts = (terms[0] as DraftTerm).instalments as { id: string }[];
    expect(parts.map((p) => p.id)).toEqual(['i2', 'i3']);
  });

  test('both add a term at the end: both stay, in one order for both', () => {
    const { first, second, meet } = twoWriters(other('a', '甲'));
    addTerm(first, other('b', '乙'));
    addTerm(second, other('c', '丙'));
    expect(meet().terms).toHaveLength(3);
  });
});

test('order: up, down, at the ends, of a draft from before terms had numbers', () => {
  const doc = new Y.Doc();
  draftTerms(doc).push(['甲', '乙', '丙'].map((text) => newTermMap(other(text, text))));
  moveTerm(doc, '丙', -1);
  expect(texts(doc)).toEqual(['甲', '丙', '乙']);
  moveTerm(doc, '丙', -1);
  moveTerm(doc, '丙', -1);
  expect(texts(doc)).toEqual(['丙', '甲', '乙']);
  addTerm(doc, other('丁', '丁'));
  moveTerm(doc, '丙', 1);
  expect(texts(doc)).toEqual(['甲', '丙', '乙', '丁']);
  removeTerm(doc, '丙');
  removeTerm(doc, 'nobody');
  expect(texts(doc)).toEqual(['甲', '乙', '丁']);
  expect(readDraft(doc).terms[0]).not.toHaveProperty('order');
});

test('an instalment list of an earlier day can be changed one by one', () => {
  const doc = new Y.Doc();
  const map = newTermMap({ ...payment('p'), instalments: undefined });
  map.set('instalments', [{ id: 'old', due: null, amountFen: 7, received: true }]);
  draftTerms(doc).push([map]);
  setPart(map, { id: 'new', due: '2025-03-31', amountFen: 3, received: false });
  expect(readDraft(doc).terms[0]?.instalments).toEqual([
    { id: 'old', due: null, amountFen: 7, received: true },
    { id: 'new', due: '2025-03-31', amountFen: 3, received: false },
  ]);
});

test('a replaced term keeps its place; of the same kind it is written word by word', () => {
  const doc = new Y.Doc();
  for (const id of ['a', 'b', 'c']) addTerm(doc, other(id, id));
  const map = termMap(doc, 'b');
  replaceTerm(doc, other('b', 'b，改'));
  expect(termMap(doc, 'b')).toBe(map);
  replaceTerm(doc, payment('b'));
  expect(readDraft(doc).terms.map((t) => [t.id, t.kind])).toEqual([
    ['a', 'other'],
    ['b', 'payment'],
    ['c', 'other'],
  ]);
  replaceTerm(doc, other('d', 'd'));
  expect(readDraft(doc).terms.at(-1)?.id).toBe('d');
});

test('undo takes back one’s own words and leaves the other’s', () => {
  const { first, second } = twoWriters(other('a', '甲'));
  const undo = new Y.UndoManager([draftTerms(first), draftProse(first, 'facts')]);
  first.on('update', (update: Uint8Array) => Y.applyUpdate(second, update));
  second.on(
    'update',
    (update: Uint8Array, origin) => origin !== 'back' && Y.applyUpdate(first, update, 'remote'),
  );
  write(first, 'a', '甲，我写的');
  write(second, 'a', '甲，我写的，你写的');
  undo.undo();
  expect(texts(first)).toEqual(['甲，你写的']);
  undo.redo();
  expect(texts(first)[0]).toContain('我写的');
});

test('a rare character is never cut in two', () => {
  const doc = new Y.Doc();
  const text = draftProse(doc, 'facts');
  editText(text, '𠮷');
  editText(text, '𠮶');
  editText(text, '张𠮶');
  editText(text, '张𠮶㛃');
  expect(text.toString()).toBe('张𠮶㛃');
  expect(JSON.stringify(text.toDelta())).not.toMatch(/\\ud[89a-f]/i);
});
