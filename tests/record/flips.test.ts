import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  exportRecord,
  type RecordReport,
  type RecordSource,
  verifyDatabase,
  verifyRecord,
} from '../../src/features/record/record.ts';
import type { Db } from '../../src/storage/db.ts';
import { eachDatabase, freshDatabase } from '../support/database.ts';
import { expected, fillNewsroom } from '../support/recorded.ts';
import { openDb } from '../../src/storage/open.ts';

/** One altered byte anywhere must not go unnoticed. */

describe('an export', () => {
  const files = new Map<string, Uint8Array>();
  const disposals: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const { config, dispose } = await freshDatabase('sqlite');
    const folder = await mkdtemp(join(tmpdir(), 'dateline-flips-'));
    disposals.push(dispose, () => rm(folder, { recursive: true, force: true }));
    const db = await openDb(config);
    await fillNewsroom(db);
    await exportRecord(db, folder);
    await db.close();
    for (const item of await readdir(join(folder, 'record'), { recursive: true, withFileTypes: true })) {
      const file = join(item.parentPath, item.name);
      if (item.isFile()) files.set(file.slice(join(folder, 'record').length + 1), await readFile(file));
    }
  });
  afterAll(async () => {
    for (const dispose of disposals) await dispose();
  });

  function sourceOf(changed: ReadonlyMap<string, Uint8Array | undefined>): RecordSource {
    const present = new Map(files);
    for (const [path, bytes] of changed) {
      if (bytes === undefined) present.delete(path);
      else present.set(path, bytes);
    }
    return {
      name: 'memory',
      read: async (path) => present.get(path),
      list: async function* () {
        yield* present.keys();
      },
    };
  }

  async function verifyWith(path: string, bytes: Uint8Array | undefined): Promise<RecordReport> {
    return verifyRecord(sourceOf(new Map([[path, bytes]])));
  }

  function flipped(path: string, at: { byte: number; bit: number }): Uint8Array {
    const bytes = Buffer.from(files.get(path) ?? []);
    bytes.writeUInt8(bytes.readUInt8(at.byte) ^ (1 << at.bit), at.byte);
    return bytes;
  }

  /** Where a fault of a file may show: what rests on a key or an entry fails in its place. */
  const shownAt: [RegExp, RegExp][] = [
    [/^vkey$/, /^(vkey|checkpoint)$/],
    [/^checkpoint$/, /^checkpoint$/],
    [/^tile\/entries\//, /^tile\//],
    [/^tile\/\d/, /^tile\/\d/],
    [/^content\//, /^content\//],
  ];

  function expectNoticed(report: RecordReport, path: string, how: string): void {
    const place = shownAt.find(([file]) => file.test(path))?.[1] ?? /^$/;
    const [fault] = report.faults;
    expect(report.ok, `${path}, ${how}`).toBe(false);
    expect(fault?.place, `${path}, ${how}`).toMatch(place);
    expect(fault?.what).not.toBe('');
  }

  test('is whole to begin with', async () => {
    const report = await verifyRecord(sourceOf(new Map()));
    expect(report.faults).toEqual([]);
    expect([...files.keys()].filter((path) => !path.startsWith('content/')).sort()).toEqual([
      'checkpoint',
      'tile/0/000.p/8',
      'tile/entries/000.p/8',
      'vkey',
    ]);
  });

  test('shows every flipped bit of checkpoint and key', async () => {
    for (const path of ['checkpoint', 'vkey']) {
      const length = files.get(path)?.length ?? 0;
      for (let byte = 0; byte < length; byte += 1)
        for (let bit = 0; bit < 8; bit += 1)
          expectNoticed(
            await verifyWith(path, flipped(path, { byte, bit })),
            path,
            `byte ${byte} bit ${bit}`,
          );
    }
  });

  test('shows a flipped bit in every byte of tiles and entries', async () => {
    for (const path of [...files.keys()].filter((name) => name.startsWith('tile/'))) {
      const length = files.get(path)?.length ?? 0;
      for (let byte = 0; byte < length; byte += 1) {
        const bit = byte % 8;
        expectNoticed(await verifyWith(path, flipped(path, { byte, bit })), path, `byte ${byte} bit ${bit}`);
      }
    }
  });

  test('shows a flipped bit anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.nat({ max: 7 }), async (pick, at, bit) => {
        const path = [...files.keys()][pick % files.size] ?? '';
        const byte = at % (files.get(path)?.length ?? 1);
        expectNoticed(await verifyWith(path, flipped(path, { byte, bit })), path, `byte ${byte} bit ${bit}`);
      }),
      { numRuns: 1500 },
    );
  });

  test('shows a byte too many or too few, and a file that is gone', async () => {
    for (const [path, bytes] of files) {
      for (const end of [0x0a, 0x00, 0x20, 0x7d])
        expectNoticed(await verifyWith(path, Buffer.concat([bytes, Uint8Array.of(end)])), path, `and ${end}`);
      expectNoticed(await verifyWith(path, bytes.subarray(0, -1)), path, 'cut');
      expectNoticed(await verifyWith(path, new Uint8Array(0)), path, 'emptied');
      expectNoticed(await verifyWith(path, undefined), path, 'gone');
    }
  });

  test('shows files that were exchanged', async () => {
    const swapped = new Map([
      ['content/000.json', files.get('content/004.json')],
      ['content/004.json', files.get('content/000.json')],
    ]);
    const report = await verifyRecord(sourceOf(swapped));
    expect(report.faults.map((fault) => fault.place).sort()).toEqual([
      'content/000.json',
      'content/004.json',
    ]);
  });
});

/** Columns that the record vouches for, by table; the others are the newsroom's own affair. */
const columns = {
  record_state: ['size', 'frontier', 'root_hash', 'updated_at'],
  record_leaves: ['leaf_index', 'article_id', 'version_number', 'entry', 'created_at'],
  record_contents: ['leaf_index', 'salt', 'content', 'erased_at', 'erased_reason', 'erased_signature'],
  record_nodes: ['level', 'node_index', 'hash'],
  record_keys: ['origin', 'secret_key', 'public_key', 'created_at'],
  article_versions: [
    'article_id',
    'version_number',
    'reason',
    'note',
    'severity',
    'leaf_index',
    'published_at',
  ],
  published_articles: [
    'article_id',
    'kind',
    'visibility',
    'path',
    'version_number',
    'language',
    'section_id',
    'headline',
    'lede',
    'urgency',
    'published_at',
    'published_day',
    'modified_at',
    'edition',
    'card',
    'version',
  ],
} as const;

/** Keys by which a row is found again after one of its columns changed. */
const keys: Record<keyof typeof columns, readonly string[]> = {
  record_state: ['id'],
  record_leaves: ['leaf_index'],
  record_contents: ['leaf_index'],
  record_nodes: ['level', 'node_index'],
  record_keys: ['id'],
  article_versions: ['article_id', 'version_number'],
  published_articles: ['article_id'],
};

type Row = Record<string, unknown>;

function whereRow(row: Row, names: readonly string[]) {
  return sql.join(
    names.map((name) => sql`${sql.ref(name)} = ${row[name]}`),
    sql` and `,
  );
}

function altered(value: unknown, random: () => number): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string' || value === '') return undefined;
  const at = Math.floor(random() * value.length);
  const code = value.charCodeAt(at) ^ (1 << Math.floor(random() * 7));
  const text = value.slice(0, at) + String.fromCharCode(code) + value.slice(at + 1);
  return code === 0 || !text.isWellFormed() ? undefined : text;
}

/** A small generator with a seed, so that a failure comes again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

eachDatabase('the database', (open, kind) => {
  /** Sets a value behind the program's back; false when the database itself refuses it. */
  async function set(
    db: Db,
    change: { table: string; column: string; row: Row; value: unknown },
  ): Promise<boolean> {
    const { table, column, row, value } = change;
    const found = keys[table as keyof typeof keys];
    try {
      await db.write(async (tx) => {
        // PostgreSQL can be told to look away, as a damaged disk does; SQLite cannot within a transaction.
        if (kind === 'postgres') await sql`set local session_replication_role = replica`.execute(tx);
        await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where ${whereRow(row, found)}`.execute(
          tx,
        );
      });
      return true;
    } catch (cause) {
      if (/constraint|foreign key|unique/i.test(String(cause))) return false;
      throw cause;
    }
  }

  test('shows every flipped byte in the columns that the record vouches for', async () => {
    const { db } = await fillNewsroom(await open());
    expect((await verifyDatabase(db, { expected })).faults).toEqual([]);
    const random = seeded(20260121);
    const tried = new Map<string, number>();
    for (const table of Object.keys(columns) as (keyof typeof columns)[]) {
      const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(db.read);
      for (const column of columns[table]) {
        for (const row of rows) {
          const value = altered(row[column], random);
          if (value === undefined || !(await set(db, { table, column, row, value }))) continue;
          const report = await verifyDatabase(db, { expected });
          const place = `${table}.${column} ${JSON.stringify(row[column])} → ${JSON.stringify(value)}`;
          expect(report.ok, place).toBe(false);
          expect(report.faults[0]?.place, place).toMatch(
            /^(record_|article_versions|published_articles|checkpoint|tile\/)/,
          );
          const back = { table, column, row: { ...row, [column]: value }, value: row[column] };
          expect(await set(db, back)).toBe(true);
          tried.set(`${table}.${column}`, (tried.get(`${table}.${column}`) ?? 0) + 1);
        }
      }
    }
    expect((await verifyDatabase(db, { expected })).faults).toEqual([]);
    // Columns that point to other rows, or are pointed to, SQLite does not let be altered; everything else was.
    const untried = Object.entries(columns).flatMap(([table, names]) =>
      names.map((name) => `${table}.${name}`).filter((name) => !tried.has(name)),
    );
    expect(untried).toEqual(kind === 'postgres' ? [] : UNALTERABLE);
  });

  test('shows rows that are gone, and rows that were put in', async () => {
    const removals = [
      'delete from record_state',
      'delete from record_contents where leaf_index = 3',
      'delete from record_nodes where node_index = 5',
      'delete from article_versions where leaf_index = 0',
      "delete from published_articles where headline = 'Delta'",
      'delete from record_contents where leaf_index = 7; delete from record_leaves where leaf_index = 7',
      'delete from record_contents where leaf_index = 2; delete from record_leaves where leaf_index = 2',
      "insert into record_nodes (level, node_index, hash) values (1, 0, 'AAAA')",
      "insert into record_nodes (level, node_index, hash) values (0, 8, 'AAAA')",
      "update record_contents set salt = null, content = null, erased_at = '2026-01-21T10:32:00.000Z', erased_reason = 'x', erased_signature = 'AAAA' where leaf_index = 3",
      'update record_contents set salt = null, content = null where leaf_index = 3',
    ];
    for (const removal of removals) {
      const { db } = await fillNewsroom(await open());
      for (const statement of removal.split(';')) await db.write((tx) => sql.raw(statement).execute(tx));
      const report = await verifyDatabase(db, { expected });
      expect(report.ok, removal).toBe(false);
      expect(report.faults[0]?.place, removal).toMatch(
        /^(record_|article_versions|published_articles|tile\/)/,
      );
    }
  });
});

const UNALTERABLE = [
  'record_leaves.leaf_index',
  'record_contents.leaf_index',
  'article_versions.article_id',
  'published_articles.article_id',
  'published_articles.section_id',
];
