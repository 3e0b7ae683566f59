import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordDiff } from './word-diff.ts';

const zhao = { name: '赵素琴', source: 'EDIT' as const };
const chen = { name: '陈阿根', source: 'OFFER' as const };
const plain = (first: string, ...steps: [string, typeof zhao | typeof chen][]) =>
  wordDiff(
    first,
    steps.map(([text, author]) => ({ text, author })),
  ).map(
    ({ kind, text, author }) =>
      `${{ same: '=', added: '+', removed: '-' }[kind]}${text}${author ? `@${author.name}` : ''}`,
  );

test('Chinese words, not characters; each change with its author', () => {
  expect(plain('周建波赔偿陈阿根4800元。', ['周建波赔偿陈阿根5000元。', zhao])).toEqual([
    '=周建波赔偿陈阿根',
    '-4800@赵素琴',
    '+5000@赵素琴',
    '=元。',
  ]);
  expect(
    plain('双方当面验收。', ['双方现场当面验收。', zhao], ['双方现场当面验收，费用自理。', chen]),
  ).toEqual(['=双方', '+现场@赵素琴', '=当面验收', '+，费用自理@陈阿根', '=。']);
});

test('who took a word away is named, not who wrote next; what came and went shows not at all', () => {
  expect(plain('甲方乙方', ['甲方', zhao], ['甲方丙方', chen])).toEqual([
    '=甲方',
    '-乙方@赵素琴',
    '+丙方@陈阿根',
  ]);
  expect(plain('甲方', ['甲方试试', zhao], ['甲方', chen])).toEqual(['=甲方']);
});

test('whatever is written: the old text is what stayed and went, the new one what stayed and came', () => {
  const texts = fc.array(
    fc.string({ unit: fc.constantFrom('周', '建', '波', '元', '1', '，', '修', '复', ' '), maxLength: 30 }),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  fc.assert(
    fc.property(texts, (all) => {
      const [first = '', ...later] = all;
      const pieces = wordDiff(
        first,
        later.map((text, i) => ({ text, author: i % 2 ? zhao : chen })),
      );
      const side = (...kinds: string[]) =>
        pieces
          .filter((p) => kinds.includes(p.kind))
          .map((p) => p.text)
          .join('');
      expect(side('same', 'removed')).toBe(first);
      expect(side('same', 'added')).toBe(later.at(-1) ?? first);
      for (const piece of pieces) expect(piece.author === null).toBe(piece.kind === 'same');
    }),
  );
});
