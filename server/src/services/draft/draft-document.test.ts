import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { contentSha256, mergeUpdate } from './draft-document.ts';

const waiver = (text: string) => ({ id: 'w', kind: 'waiver', text });

function draftWith(write: (term: Y.Map<unknown>) => void): Uint8Array {
  const doc = new Y.Doc();
  const term = new Y.Map<unknown>();
  doc.getArray('terms').push([term]);
  write(term);
  return Y.encodeStateAsUpdate(doc);
}

/** What parties agree to is what is hashed: nothing hides behind a key that JSON does not show. */
test.each(['__proto__', 'constructor', 'prototype'])('a term hidden behind %s is no term', (key) => {
  const update = draftWith((term) => term.set(key, waiver('互不追究')));
  expect(() => mergeUpdate(null, update)).toThrow('DRAFT_INVALID');
});

test('nor is a value of a term hidden behind it', () => {
  const hidden = JSON.parse('{"__proto__": {"holder": "陈阿根", "bank": "云桥", "number": "1"}}') as object;
  const update = draftWith((term) => {
    const payment = { id: 'p', kind: 'payment', payerId: null, payeeId: null, amountFen: 1, method: 'BANK' };
    for (const [name, value] of Object.entries({ ...payment, instalments: [], purpose: '', account: hidden }))
      term.set(name, value);
  });
  expect(() => mergeUpdate(null, update)).toThrow('DRAFT_INVALID');
});

test('the same content has the same hash, a changed word another', () => {
  const of = (text: string) =>
    contentSha256(
      mergeUpdate(
        null,
        draftWith((term) => {
          for (const [name, value] of Object.entries(waiver(text))) term.set(name, value);
        }),
      ).content,
    );
  expect(of('其余互不追究')).toBe(of('其余互不追究'));
  expect(of('其余互不追究')).not.toBe(of('其余再议'));
});
