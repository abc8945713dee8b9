import { expect, test } from 'vitest';
import { program, rules } from './house.ts';
import { cycles, importFaults } from './imports.ts';
import { planted } from './planted.ts';

test('every import is allowed by rooms.json', () => {
  expect(program.length).toBeGreaterThan(100);
  expect(importFaults(program, rules)).toEqual([]);
});

test('no file imports itself by way of others, types included', () => {
  expect(cycles(program)).toEqual([]);
});

test('an import from the wrong room is found, also of a type, by import() and in .tsx', () => {
  const files = planted({
    'src/base/a.ts': `import type { Db } from '../storage/db.ts';\nexport type A = Db;`,
    'src/storage/db.ts': `export type Db = 1;`,
    'src/reader/components/c.tsx': `export const load = () => import('../../storage/db.ts');`,
    'src/reader/elements/e.ts': `export type E = import('../../http/h.ts').H;`,
    'src/http/h.ts': `export type H = 1;\nexport { t } from '../../tests/t.ts';`,
    'src/contract/k.ts': `import { readFileSync } from 'node:fs';\nexport { readFileSync };`,
    'src/attic/x.ts': `export const x = 1;`,
  });
  expect(importFaults(files, rules)).toEqual([
    'src/attic/x.ts is in no room of rooms.json',
    'src/base/a.ts imports src/storage/db.ts: base may not import storage',
    'src/contract/k.ts imports node:fs: contract may not use that package',
    'src/http/h.ts imports tests/t.ts: src imports nothing outside of src',
    'src/reader/components/c.tsx imports src/storage/db.ts: reader components may not import storage',
    'src/reader/elements/e.ts imports src/http/h.ts: reader elements may not import http',
  ]);
});

test('a feature looks to its left only, and only through the door, views and events', () => {
  const files = planted({
    'src/features/media/media.ts': `export * from '../articles/articles.ts';`,
    'src/features/articles/articles.ts': `export * from '../media/media.ts';\nexport * from './articles.store.ts';`,
    'src/features/articles/articles.store.ts': `export * from '../media/media.store.ts';`,
    'src/features/articles/articles.views.ts': `export * from '../media/media.views.ts';\nexport * from '../../http/r.ts';`,
    'src/features/articles/articles.api.ts': `export * from '../../http/r.ts';\nexport * from './articles.ts';`,
    'src/features/media/media.store.ts': `export const m = 1;`,
    'src/features/media/media.views.ts': `export const m = 1;`,
    'src/http/r.ts': `export const r = 1;`,
  });
  expect(importFaults(files, rules)).toEqual([
    'src/features/articles/articles.store.ts imports src/features/media/media.store.ts: only the door, views and event types of media are for others',
    'src/features/articles/articles.views.ts imports src/http/r.ts: feature may not import http',
    'src/features/media/media.ts imports src/features/articles/articles.ts: articles is to the right of media',
  ]);
});

test('a cycle is found, types included', () => {
  const files = planted({
    'src/base/a.ts': `import type { B } from './b.ts';\nexport type A = B;`,
    'src/base/b.ts': `export type { C as B } from './c.ts';`,
    'src/base/c.ts': `import { type A } from './a.ts';\nexport type C = A;`,
    'src/base/d.ts': `import type { A } from './a.ts';\nexport type D = A;`,
  });
  expect(cycles(files)).toEqual(['src/base/a.ts → src/base/b.ts → src/base/c.ts → src/base/a.ts']);
});
