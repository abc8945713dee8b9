import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { beside, program, root, rules } from './house.ts';
import { planted, plantedFolder } from './planted.ts';
import { lengthFaults, LONGEST, parameterFaults } from './shape.ts';
import { trackedFiles, wordFaults } from './words.ts';

test('no source file is longer than a person reads at once', () => {
  expect(lengthFaults([...program, ...beside], rules.longFiles)).toEqual([]);
  for (const path of rules.longFiles) expect(existsSync(join(root, path)), path).toBe(true);
});

test('a long file is found', () => {
  const lines = (count: number): string => 'export {};\n'.repeat(count);
  const files = planted({ 'src/base/a.ts': lines(LONGEST), 'src/base/b.tsx': lines(LONGEST + 1) });
  expect(lengthFaults(files, [])).toEqual(['src/base/b.tsx has 401 lines']);
  expect(lengthFaults(files, ['src/base/b.tsx'])).toEqual([]);
});

test('functions take at most two positional parameters beyond a handle', () => {
  expect(parameterFaults(program)).toEqual([]);
});

test('a function with too many parameters is found', () => {
  const files = planted({
    'src/base/a.ts': [
      'export function handled(db: Reader, a: string, b: string): void {}',
      'export function handledToo(tx: Tx, a: string, b: string, c: string): void {}',
      'export const plain = (a: string, b: string, c: number): void => {};',
      'export function list(a: readonly string[], b: string, c: string): void {}',
      'export function date(year: number, month: number, day: number): void {}',
      'function inside(a: string, b: string, c: string): void {}',
    ].join('\n'),
  });
  expect(parameterFaults(files)).toEqual([
    'src/base/a.ts:2 handledToo takes 4 parameters',
    'src/base/a.ts:3 plain takes 3 parameters',
    'src/base/a.ts:4 list takes 3 parameters',
  ]);
});

test('nothing tracked is marked unfinished or names a machine or the host of a registry', () => {
  const paths = trackedFiles(root).filter((path) => existsSync(join(root, path)));
  expect(paths.length).toBeGreaterThan(100);
  expect(wordFaults(root, paths)).toEqual([]);
});

test('such words are found', () => {
  const folder = plantedFolder({
    'a.ts': `// TO${'DO'}: later\nconst url = 'https://registry.npm${'js.org'}/x';`,
    'b.md': `See /wo${'rk/'}notes and /ho${'me/'}me/notes.`,
    'c.json': `{ "resolved${'"'}: "https://example.org/x.tgz" }`,
    'd.ts': `const network = 'fine';\nconst todo = 'a list';`,
  });
  expect(wordFaults(folder, ['a.ts', 'b.md', 'c.json', 'd.ts'])).toEqual([
    'a.ts:1 holds a mark of unfinished work',
    'a.ts:2 holds the host of a package registry',
    'b.md:1 holds a path of one machine',
    'c.json:1 holds the host of a package registry',
  ]);
});
