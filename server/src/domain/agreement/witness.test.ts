import { expect, it } from 'vitest';
import { witnessFault } from './witness.ts';

const involved = [
  { name: '陈阿根', idNumber: '330299195801150019' },
  { name: '方慧', idNumber: null },
];
const li = { name: '李国良', idNumber: '330299197001010012', age: 56 };

it.each([
  ['somebody from the village', li, null],
  ['a child', { ...li, age: 17 }, 'MINOR'],
  ['a party under its own name', { ...li, name: '陈阿根' }, 'INVOLVED'],
  ['a party under another name', { ...li, idNumber: '330299195801150019' }, 'INVOLVED'],
  ['the director', { ...li, name: '方慧' }, 'INVOLVED'],
])('%s: %s', (_name, witness, fault) => {
  expect(witnessFault(witness, involved)).toBe(fault);
});
