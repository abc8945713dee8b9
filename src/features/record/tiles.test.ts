import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  contentPath,
  decodeIndex,
  encodeIndex,
  entriesPath,
  levelsOf,
  parsePath,
  tilePath,
  widthAt,
} from './tiles.ts';

test('indexes are spelt as C2SP tlog-tiles shows', () => {
  expect(encodeIndex(1234067)).toBe('x001/x234/067');
  expect(encodeIndex(0)).toBe('000');
  expect(encodeIndex(999)).toBe('999');
  expect(encodeIndex(1000)).toBe('x001/000');
});

test('every index has one spelling, which reads back', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (index) => {
      expect(decodeIndex(encodeIndex(index))).toBe(index);
    }),
  );
  for (const other of [
    '0',
    '00',
    '0000',
    'x000/001',
    'x001',
    '001/002',
    'x01/002',
    'x001/0002',
    '-01',
    ' 001',
    '001/',
  ])
    expect(decodeIndex(other), `index ${other}`).toBeUndefined();
});

test('a tree of 70,000 has the tiles that the specification counts', () => {
  const size = 70_000;
  expect(levelsOf(size)).toBe(3);
  expect(widthAt({ level: 0, index: 272 }, size)).toBe(256);
  expect(widthAt({ level: 0, index: 273 }, size)).toBe(112);
  expect(widthAt({ level: 0, index: 274 }, size)).toBe(0);
  expect([
    widthAt({ level: 1, index: 0 }, size),
    widthAt({ level: 1, index: 1 }, size),
    widthAt({ level: 2, index: 0 }, size),
  ]).toEqual([256, 17, 1]);
  expect([widthAt({ level: 0, index: 0 }, 256), widthAt({ level: 1, index: 0 }, 256)]).toEqual([256, 1]);
  expect(levelsOf(0)).toBe(0);
});

test('paths read back, and nothing that is spelt otherwise does', () => {
  expect(parsePath(tilePath({ level: 1, index: 1234, width: 17 }))).toEqual({
    kind: 'tile',
    level: 1,
    index: 1234,
    width: 17,
  });
  expect(parsePath(tilePath({ level: 0, index: 5 }))).toEqual({
    kind: 'tile',
    level: 0,
    index: 5,
    width: 256,
  });
  expect(parsePath(entriesPath(1234067, 1))).toEqual({ kind: 'entries', index: 1234067, width: 1 });
  expect(parsePath(contentPath(1000))).toEqual({ kind: 'content', leafIndex: 1000 });
  expect(parsePath('checkpoint')).toEqual({ kind: 'checkpoint' });
  for (const other of [
    '',
    'checkpoint/',
    'tile/00/000',
    'tile/7/000',
    'tile/-1/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000.p/1/',
    'tile/0/../0/000',
    'tile/entries/x000/001',
    'content/1.json',
    'content/001',
    'content/../vkey.json',
    'vkey\n',
  ])
    expect(parsePath(other), `path ${other}`).toBeUndefined();
});
