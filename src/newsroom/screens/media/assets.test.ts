import { expect, test } from 'vitest';
import { listOf } from './assets.ts';

test('keywords are cut at commas of any script, but not one that the file brought whole', () => {
  expect(listOf('harbour, fish، سوق; fish')).toEqual(['harbour', 'fish', 'سوق']);
  expect(listOf('bro, London, England, new', ['bro', 'London, England'])).toEqual([
    'London, England',
    'bro',
    'new',
  ]);
  expect(listOf('London, new', ['London, England'])).toEqual(['London', 'new']);
});
