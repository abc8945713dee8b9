/**
 * The lock of the shipped migrations. Run by itself it adds new migrations to the lock; `--unreleased` also takes over
 * changed ones, which is right only as long as no release has them.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Migration } from '../../src/storage/migrations/migration.ts';
import type { Fault } from './sources.ts';

export type Lock = Readonly<Record<string, string>>;

const file = new URL('../../src/storage/migrations/hashes.json', import.meta.url);

/** The digest of what a migration does to a database: its statements, whatever the lay-out of the source. */
export function migrationHash({ name, statements, only }: Migration): string {
  const words = [
    name,
    ...statements,
    '-- sqlite',
    ...(only?.sqlite ?? []),
    '-- postgres',
    ...(only?.postgres ?? []),
  ];
  const plain = words.map((statement) => statement.replace(/\s+/g, ' ').trim());
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex');
}

export function lockFaults(migrations: readonly Migration[], lock: Lock): Fault[] {
  const faults: Fault[] = [];
  const names = migrations.map((migration) => migration.name);
  for (const migration of migrations) {
    const locked = lock[migration.name];
    if (locked === undefined) faults.push(`${migration.name} is not locked: npm run migrations:lock`);
    else if (locked !== migrationHash(migration))
      faults.push(`${migration.name} has changed since it was locked: write a new migration instead`);
  }
  for (const name of Object.keys(lock)) if (!names.includes(name)) faults.push(`${name} is locked and gone`);
  if (names.join() !== names.toSorted().join()) faults.push('migrations are not in the order of their names');
  return faults;
}

export function readLock(): Lock {
  return JSON.parse(readFileSync(file, 'utf8')) as Lock;
}

if (process.argv[1] === import.meta.filename) {
  const { migrations } = await import('../../src/storage/migrations/index.ts');
  let lock: Lock = {};
  try {
    lock = readLock();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
  }
  const replace = process.argv.includes('--unreleased');
  const next = Object.fromEntries(
    migrations.map((migration) => {
      const kept = replace ? undefined : lock[migration.name];
      return [migration.name, kept ?? migrationHash(migration)];
    }),
  );
  writeFileSync(file, `${JSON.stringify(next, null, 2)}\n`);
  const faults = lockFaults(migrations, next);
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
