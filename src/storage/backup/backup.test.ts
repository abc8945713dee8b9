import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { eachDatabaseConfig, freshDatabase } from '../../../tests/support/database.ts';
import { newId } from '../../base/ids.ts';
import type { DatabaseKind, Db } from '../db.ts';
import { type Blobs, openBlobs } from '../files/blobs.ts';
import { type DatabaseConfig, openDb, sqliteFile } from '../open.ts';
import { appendEvents, latestSeq, readEvents } from '../outbox.ts';
import { readArchive } from './archive.read.ts';
import { backup } from './backup.ts';
import { tablesInOrder } from './dump.ts';
import { restore, type RestorePlaces } from './restore.ts';

const root = mkdtempSync(join(tmpdir(), 'dateline-backup-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let made = 0;
const fresh = (name: string): string => join(root, `${name}${(made += 1)}`);

type Work = { db: Db; blobs: Blobs };
const NOW = '2026-01-01T00:00:00.000Z';

/** A few rows of every awkward kind, media, events and a record. */
async function fill({ db, blobs }: Work): Promise<string[]> {
  const digests: string[] = [];
  for (const text of ['one picture', 'another', 'another', ''])
    digests.push((await blobs.put(Buffer.from(text))).digest);
  await db.write(async (tx) => {
    const asset = {
      kind: 'picture',
      file_name: 'a',
      credit: '',
      alt: '',
      focal_x: 1,
      focal_y: 2,
      withdrawn: 0,
    } as const;
    for (const digest of [...digests, null]) {
      await tx
        .insertInto('assets')
        .values({
          ...asset,
          id: newId(),
          digest,
          mime: null,
          bytes: 3,
          width: null,
          height: null,
          duration_ms: null,
          caption: 'Привет, «мир» \u2028 \\ " 😀\n',
          language: null,
          rights_holder: null,
          rights_terms: null,
          rights_expire_at: null,
          colour: null,
          source_url: null,
          row_version: 1,
          created_at: NOW,
          updated_at: NOW,
        })
        .execute();
    }
    for (let i = 0; i < 1234; i += 1) {
      await tx
        .insertInto('settings')
        .values({ name: `s${i}`, value: JSON.stringify('x'.repeat(i)), updated_at: NOW })
        .execute();
    }
    const related = { article_id: 'a', position: 1, related_id: 'b', score: 0.1 + 0.2 };
    await tx.insertInto('related_articles').values(related).execute();
    await tx
      .insertInto('record_state')
      .values({ id: 1, size: 1, frontier: '[]', root_hash: 'root', updated_at: NOW })
      .execute();
    await tx
      .insertInto('record_leaves')
      .values({ leaf_index: 0, article_id: 'a', version_number: 1, entry: '{}', created_at: NOW })
      .execute();
    await appendEvents(db, tx, [
      { topic: 'a', payload: { n: 1 } },
      { topic: 'b', payload: { n: 2 } },
    ]);
  });
  return digests;
}

async function contents(db: Db): Promise<Record<string, unknown[]>> {
  const out: Record<string, unknown[]> = {};
  for (const table of await tablesInOrder(db.dialect, db.read)) {
    const rows = await db.read
      .selectFrom(table.name as 'settings')
      .selectAll()
      .execute();
    out[table.name] = rows
      .map((row) => JSON.stringify(table.columns.map((column) => (row as Record<string, unknown>)[column])))
      .sort();
  }
  return out;
}

async function openWork(config: DatabaseConfig): Promise<Work> {
  return { db: await openDb(config), blobs: openBlobs({ kind: 'disk', folder: fresh('media') }) };
}

/** An empty place of a kind to restore to. */
async function emptyPlaces(kind: DatabaseKind): Promise<RestorePlaces & { dispose(): Promise<void> }> {
  const dataFolder = fresh('data');
  const media = { kind: 'disk' as const, folder: join(dataFolder, 'media') };
  const rebuild = async (): Promise<void> => undefined;
  if (kind === 'sqlite') {
    const database = { kind, file: sqliteFile(dataFolder) };
    return { dataFolder, database, media, rebuild, dispose: async () => undefined };
  }
  const { config, dispose } = await freshDatabase('postgres');
  return { dataFolder, database: config, media, rebuild, dispose };
}

eachDatabaseConfig('a backup', (freshConfig, kind) => {
  describe.each(['sqlite', 'postgres'] as const)('restored onto %s', (target) => {
    test('gives back every row, the media, and the place in the sequence of events', async () => {
      const work = await openWork(await freshConfig());
      const places = await emptyPlaces(target);
      const rebuilt: string[] = [];
      try {
        const digests = await fill(work);
        const file = fresh('full');
        const { summary } = await backup(work, { file, program: 'test' });
        expect(summary.media).toMatchObject({ files: 3, missing: [] });
        expect(summary.record).toEqual({ size: 1, rootHash: 'root' });
        expect(statSync(file).mode & 0o777).toBe(0o600);
        await restore({ ...places, rebuild: async (db) => void rebuilt.push(db.kind) }, { file });
        expect(rebuilt).toEqual([target]);
        const db = await openDb(places.database);
        try {
          expect(await contents(db)).toEqual(await contents(work.db));
          const blobs = openBlobs(places.media);
          for (const digest of digests) expect(await blobs.has(digest)).toBe(true);
          const before = await latestSeq(db.read);
          await db.write((tx) => appendEvents(db, tx, [{ topic: 'next', payload: {} }]));
          expect(await latestSeq(db.read)).toBe(before + 1);
          expect(await db.dialect.integrityFaults()).toEqual([]);
        } finally {
          await db.close();
        }
      } finally {
        await work.db.close();
        await places.dispose();
      }
    });
  });

  test('is of one moment, though writers write on', async () => {
    const work = await openWork(await freshConfig());
    try {
      let stop = false;
      let acknowledged = 0;
      // Each write keeps a sum: two rows that must always agree.
      const setting = (name: string, value: number) => ({ name, value: String(value), updated_at: NOW });
      const writer = (async () => {
        for (let n = 1; !stop; n += 1) {
          await work.db.write(async (tx) => {
            for (const name of ['a', 'z'])
              await tx
                .insertInto('settings')
                .values(setting(name, n))
                .onConflict((oc) => oc.column('name').doUpdateSet({ value: String(n) }))
                .execute();
            await appendEvents(work.db, tx, [{ topic: 't', payload: { n } }]);
          });
          acknowledged = n;
        }
      })();
      const file = fresh('busy');
      const atStart = acknowledged;
      await backup(work, { file, program: 'test' });
      stop = true;
      await writer;
      const places = await emptyPlaces('sqlite');
      await restore(places, { file });
      const db = await openDb(places.database);
      const events = await readEvents(db.read, { after: 0, limit: 100_000 });
      const settings = await db.read.selectFrom('settings').selectAll().execute();
      await db.close();
      expect(events.length).toBeGreaterThanOrEqual(atStart);
      expect(events.map((event) => event.payload['n'])).toEqual(events.map((_, i) => i + 1));
      expect(settings.map((row) => Number(row.value))).toEqual(settings.map(() => events.length));
    } finally {
      await work.db.close();
    }
  });

  test('is not put over data that are there, unless told to', async () => {
    const work = await openWork(await freshConfig());
    const places = await emptyPlaces(kind);
    try {
      await fill(work);
      const file = fresh('force');
      await backup(work, { file, program: 'test' });
      await restore(places, { file });
      const there = await openDb(places.database);
      const mark = { name: 'mine', value: '1', updated_at: NOW };
      await there.write((tx) => tx.insertInto('settings').values(mark).execute());
      const before = await contents(there);
      await there.close();
      await expect(restore(places, { file })).rejects.toMatchObject({ kind: 'conflict' });
      const still = await openDb(places.database);
      expect(await contents(still)).toEqual(before);
      await still.close();
      const { former } = await restore(places, { file, force: true });
      const replaced = await openDb(places.database);
      expect(await contents(replaced)).toEqual(await contents(work.db));
      await replaced.close();
      expect(former !== undefined && existsSync(sqliteFile(former))).toBe(kind === 'sqlite');
    } finally {
      await work.db.close();
      await places.dispose();
    }
  });

  test('that fails to be put back leaves what was there', async () => {
    const work = await openWork(await freshConfig());
    const places = await emptyPlaces(kind);
    try {
      await fill(work);
      const file = fresh('fails');
      await backup(work, { file, program: 'test' });
      await restore(places, { file });
      const there = await openDb(places.database);
      const before = await contents(there);
      await there.close();
      const changedMeanwhile = (): void => writeFileSync(file, 'something else');
      const progress = (what: string): void => {
        if (what.startsWith('rows')) changedMeanwhile();
      };
      await expect(restore(places, { file, force: true, progress })).rejects.toMatchObject({
        kind: 'invalid',
      });
      const still = await openDb(places.database);
      expect(await contents(still)).toEqual(before);
      await still.close();
      expect(readdirSync(dirname(places.dataFolder)).filter((name) => name.includes('.restoring'))).toEqual(
        [],
      );
    } finally {
      await work.db.close();
      await places.dispose();
    }
  });
});

describe('the file', () => {
  const written = async (): Promise<{ file: string; bytes: Buffer }> => {
    const work = await openWork({ kind: 'sqlite', file: join(fresh('db'), 'd.sqlite') });
    await fill(work);
    const file = fresh('file');
    await backup(work, { file, program: 'test' });
    await work.db.close();
    return { file, bytes: readFileSync(file) };
  };

  test('is refused when torn at any length or altered at any byte, before anything is made', async () => {
    const { file, bytes } = await written();
    expect((await readArchive(file)).summary.tables['settings']?.rows).toBe(1234);
    const places = await emptyPlaces('sqlite');
    const refused = async (what: Buffer): Promise<void> => {
      writeFileSync(file, what);
      await expect(restore(places, { file })).rejects.toMatchObject({ name: 'Problem', kind: 'invalid' });
    };
    for (const length of [0, 1, 511, 512, 1000, bytes.length >> 1, bytes.length - 1025, bytes.length - 1])
      await refused(bytes.subarray(0, length));
    await refused(Buffer.concat([bytes, Buffer.alloc(1)]));
    await refused(Buffer.from('not a backup at all'));
    for (let i = 0; i < 150; i += 1) {
      const at = i < 40 ? bytes.length - 1 - i * 60 : Math.floor((i / 150) * bytes.length);
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await refused(flipped);
    }
    expect(existsSync(places.dataFolder)).toBe(false);
  });

  test('is a tar file whose manifest other tools can check', async () => {
    const { file } = await written();
    const folder = fresh('untar');
    execFileSync('mkdir', [folder]);
    execFileSync('tar', ['-xf', file, '-C', folder]);
    const lines = readFileSync(join(folder, 'manifest.jsonl'), 'utf8').trim().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      const { name, bytes, sha256 } = JSON.parse(line) as { name: string; bytes: number; sha256: string };
      const content = readFileSync(join(folder, name));
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    }
  });

  test('is not written over another, and a failed one leaves nothing', async () => {
    const work = await openWork({ kind: 'sqlite', file: join(fresh('db'), 'd.sqlite') });
    const folder = fresh('out');
    execFileSync('mkdir', [folder]);
    const file = join(folder, 'backup.tar');
    writeFileSync(file, 'precious');
    await expect(backup(work, { file, program: 'test' })).rejects.toMatchObject({ kind: 'conflict' });
    expect(readFileSync(file, 'utf8')).toBe('precious');
    const broken: Blobs = {
      ...work.blobs,
      size: async () => {
        throw new Error('the media store is gone');
      },
    };
    await fill(work);
    const other = join(folder, 'other.tar');
    await expect(backup({ db: work.db, blobs: broken }, { file: other, program: 'test' })).rejects.toThrow(
      'gone',
    );
    expect(readdirSync(folder)).toEqual(['backup.tar']);
    await backup(work, { file, force: true, program: 'test' });
    expect((await readArchive(file)).header.program).toBe('test');
    await work.db.close();
  });

  test('says which media were missing', async () => {
    const work = await openWork({ kind: 'sqlite', file: join(fresh('db'), 'd.sqlite') });
    const digests = await fill(work);
    await work.blobs.delete(digests[0] ?? '');
    const { summary } = await backup(work, { file: fresh('missing'), program: 'test' });
    expect(summary.media.missing).toEqual([digests[0]]);
    await work.db.close();
  });

  test('a database that another process serves is not swapped away under it', async () => {
    const { file } = await written();
    const places = await emptyPlaces('sqlite');
    await restore(places, { file });
    const serving = await openDb(places.database);
    await expect(restore(places, { file, force: true })).rejects.toThrow(/open/);
    await serving.close();
    await restore(places, { file, force: true });
  });
});
