import { expect, test } from 'vitest';
import { migrations } from '../../src/storage/migrations/index.ts';
import { dialectFaults, environmentFaults, handleFaults } from './confined.ts';
import { program, rules } from './house.ts';
import { imports } from './sources.ts';
import { lockFaults, migrationHash, readLock } from './migration-lock.ts';
import { planted } from './planted.ts';
import { ownershipGaps, tableFaults } from './tables.ts';

test('a table is written only by its owner’s store', () => {
  expect(tableFaults(program, rules.tables)).toEqual([]);
});

test('every table has an owner', () => {
  const statements = migrations.flatMap(({ statements: both, only }) => [
    ...both,
    ...(only?.sqlite ?? []),
    ...(only?.postgres ?? []),
  ]);
  const { schema_migrations: _own, ...migrated } = rules.tables;
  expect(ownershipGaps(statements, migrated)).toEqual([]);
});

test('a write of another’s table is found: by the builder, in SQL, in a view, and where the name is hidden', () => {
  const files = planted({
    'src/features/articles/articles.store.ts': `tx.insertInto('articles').values(x);\nsql\`update assets set kind = 'x'\`;`,
    'src/features/articles/articles.views.ts': `tx.updateTable('articles as a');`,
    'src/features/media/media.store.ts': `tx.deleteFrom(name);\nsql.raw('insert into users values (1)');`,
    'src/features/media/media.ts': `tx.insertInto('unheard_of');\nconst words = 'update the assets';`,
  });
  expect(tableFaults(files, rules.tables)).toEqual([
    'src/features/articles/articles.store.ts:2 writes assets, which is written by src/features/media',
    'src/features/articles/articles.views.ts:1 writes articles, which is written by src/features/articles',
    'src/features/media/media.store.ts:1 writes (a table that is not named by a literal), which rooms.json gives to nobody',
    'src/features/media/media.store.ts:2 writes users, which is written by src/features/accounts',
    'src/features/media/media.ts:1 writes unheard_of, which rooms.json gives to nobody',
  ]);
  expect(ownershipGaps(['create table if not exists a (x text)'], { b: 'src/b' })).toEqual([
    'a has no owner in rooms.json',
    'b is in rooms.json and in no migration',
  ]);
});

test('the environment is read in one place', () => {
  expect(environmentFaults(program, rules.environment)).toEqual([]);
  const files = planted({
    'src/http/a.ts': `export const a = process.env.PORT;`,
    'src/http/b.ts': `import { env as e } from 'node:process';\nexport const b = e.PORT;`,
    'src/config/env.ts': `export const env = process.env;`,
  });
  expect(environmentFaults(files, rules.environment)).toEqual([
    'src/http/a.ts:1 reads process.env',
    'src/http/b.ts:1 imports env of process',
  ]);
});

test('what differs between the databases is in their dialects and the search engines', () => {
  expect(dialectFaults(program, rules.dialect)).toEqual([]);
  const files = planted({
    'src/features/media/a.ts': `export const a = db.kind === 'sqlite' ? 1 : 2;`,
    'src/features/media/b.ts': `switch (kind) { case 'postgres': break; }`,
    'src/features/media/c.ts': `export const c = { sqlite: 1, postgres: 2 }[db.kind];`,
    'src/features/search/d.ts': `export const d = db.kind === 'sqlite';`,
  });
  expect(dialectFaults(files, rules.dialect)).toEqual([
    'src/features/media/a.ts:1 decides by the kind of database',
    'src/features/media/b.ts:1 decides by the kind of database',
    'src/features/media/c.ts:1 chooses by the kind of database',
  ]);
});

test('a write is in a transaction that Db.write gave: nobody makes a handle or calls one a transaction', () => {
  expect(handleFaults(program, rules.handles)).toEqual([]);
  const files = planted({
    'src/features/media/a.ts': `export const a = new Kysely({ dialect });`,
    'src/features/media/b.ts': `export const b = db.read as Tx;\nexport const c = db as unknown as Transaction<Tables>;`,
  });
  expect(handleFaults(files, rules.handles)).toEqual([
    'src/features/media/a.ts:1 opens a database of its own',
    'src/features/media/b.ts:1 calls a handle a transaction',
    'src/features/media/b.ts:2 calls a handle a transaction',
  ]);
});

test('shipped migrations are what they were, and import nothing of the program', () => {
  expect(lockFaults(migrations, readLock())).toEqual([]);
  for (const source of program.filter(({ path }) => path.startsWith('src/storage/migrations/')))
    for (const target of imports(source).ours) expect(target).toMatch(/^src\/storage\/migrations\//);
});

test('a migration that changed, came without a lock, or went is found; a new lay-out is no change', () => {
  const before = { name: '0001-a', statements: ['create table a (x text)'] };
  const lock = { '0001-a': migrationHash(before) };
  expect(lockFaults([{ ...before, statements: ['create  table a\n(x text)'] }], lock)).toEqual([]);
  expect(lockFaults([{ ...before, only: { sqlite: ['drop table a'] } }], lock)).toEqual([
    '0001-a has changed since it was locked: write a new migration instead',
  ]);
  expect(lockFaults([before, { name: '0000-b', statements: [] }], lock)).toEqual([
    '0000-b is not locked: npm run migrations:lock',
    'migrations are not in the order of their names',
  ]);
  expect(lockFaults([], lock)).toEqual(['0001-a is locked and gone']);
});
