import { createServer, type Server } from 'node:http';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { recordFile } from '../../src/features/record/record.api.ts';
import {
  appendLeaves,
  ensureRecordKey,
  eraseContents,
  eraseVersion,
  exportRecord,
  folderSource,
  siteSource,
  verifyDatabase,
  verifyRecord,
} from '../../src/features/record/record.ts';
import { articleRecord, inclusionProof, readHead } from '../../src/features/record/record.views.ts';
import { verifyInclusion } from '../../src/features/record/merkle.ts';
import type { Db } from '../../src/storage/db.ts';
import { eachDatabase } from '../support/database.ts';
import { expected, fillNewsroom, ORIGIN } from '../support/recorded.ts';

const folders: string[] = [];
const servers: Server[] = [];
afterAll(async () => {
  for (const server of servers) server.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-record-'));
  folders.push(folder);
  return folder;
}

/** A site that serves nothing but its record. */
async function serve(db: Db): Promise<string> {
  const server = createServer((req, res) => {
    void recordFile(db.read, (req.url ?? '').replace(/^\/record\//, '')).then((file) => {
      res.statusCode = file === undefined ? 404 : 200;
      res.end(file?.body);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

/** Leaves without articles: for what concerns the tree alone. */
async function grow(db: Db, { from, count }: { from: number; count: number }): Promise<void> {
  const publishedAt = '2026-01-21T10:32:00.000Z';
  const leaves = Array.from({ length: count }, (_, i) => {
    const articleId = `article-${from + i}`;
    const about = { publishedAt, reason: 'initial' } as const;
    return {
      articleId,
      versionNumber: 1,
      ...about,
      content: { article: articleId, version: 1, headline: `Story ${from + i}`, ...about },
    };
  });
  await db.write((tx) => appendLeaves(tx, leaves));
}

eachDatabase('the record', (open) => {
  test('verifies in the database, on a live site and as an export, with kills, takedowns and erasures', async () => {
    const { db } = await fillNewsroom(await open());
    const { vkey } = await ensureRecordKey(db, ORIGIN);
    const inDatabase = await verifyDatabase(db, { expected, vkey });
    expect(inDatabase.faults).toEqual([]);
    expect(inDatabase.checked).toMatchObject({ entries: 8, contents: 7, erased: 1, withheld: 0 });

    const address = await serve(db);
    const live = await verifyRecord(siteSource(address), { vkey });
    expect(live).toMatchObject({ ok: true, size: 8, rootHash: inDatabase.rootHash, key: { trust: 'given' } });
    expect(live.checked).toMatchObject({ entries: 8, contents: 5, erased: 1, withheld: 2 });
    expect(await verifyRecord(siteSource(`${address}/record/`))).toMatchObject({
      ok: true,
      key: { vkey, trust: 'source' },
    });

    const folder = await newFolder();
    await exportRecord(db, folder);
    expect(await verifyRecord(await folderSource(folder), { vkey })).toMatchObject({ ok: true, size: 8 });
    expect(await verifyRecord(await folderSource(join(folder, 'record')))).toMatchObject({ ok: true });
  });

  test('gives nothing away of withdrawn versions', async () => {
    const { db } = await fillNewsroom(await open());
    const folder = await newFolder();
    await exportRecord(db, folder);
    const files = await Promise.all(
      [0, 1, 2, 3, 4, 5, 6, 7].map((leaf) => readFile(join(folder, `record/content/00${leaf}.json`), 'utf8')),
    );
    const shown = files.join('\n');
    expect(shown).toContain('Alpha');
    expect(shown).toContain('Delta');
    expect(shown).not.toContain('Beta');
    expect(shown).not.toContain('Gamma');
    expect(files[1]).toBe('{"leaf":1,"withheld":{"by":6,"reason":"kill"}}');
    expect(JSON.parse(files[2] ?? '')).toMatchObject({
      leaf: 2,
      erased: { reason: 'Withdrawn for a reason.' },
    });
  });

  test('shows each version of an article with a proof that holds', async () => {
    const { db } = await fillNewsroom(await open());
    const { root, size } = await readHead(db.read);
    const { article_id: articleId } = await db.read
      .selectFrom('record_leaves')
      .select('article_id')
      .where('leaf_index', '=', 6)
      .executeTakeFirstOrThrow();
    const versions = await articleRecord(db.read, articleId);
    expect(versions.map((version) => [version.reason, version.state])).toEqual([
      ['initial', 'withheld'],
      ['correction', 'withheld'],
      ['kill', 'shown'],
    ]);
    expect(versions[2]?.version?.note).toBe('Withdrawn for a reason.');
    for (const { proof } of versions) {
      const { leafIndex, treeSize, leafHash, hashes } = proof;
      expect(treeSize).toBe(size);
      expect(
        verifyInclusion({ leafIndex, treeSize, leaf: bytesOf(leafHash), root, hashes: hashes.map(bytesOf) }),
      ).toBe(true);
    }
    await expect(inclusionProof(db.read, size)).rejects.toThrow('no leaf 8');
  });

  test('keeps one order and one tree when many append at once', async () => {
    const db = await open();
    await Promise.all(Array.from({ length: 12 }, (_, i) => grow(db, { from: i * 30, count: 30 })));
    await ensureRecordKey(db, ORIGIN);
    const folder = await newFolder();
    await exportRecord(db, folder);
    expect(await verifyRecord(await folderSource(folder))).toMatchObject({ ok: true, size: 360 });
  });

  test('leaves nothing behind when a publish rolls back', async () => {
    const db = await open();
    await grow(db, { from: 0, count: 3 });
    const before = await readHead(db.read);
    const failed = db.write(async (tx) => {
      const content = { article: 'lost' };
      await appendLeaves(tx, [
        {
          articleId: 'lost',
          versionNumber: 1,
          reason: 'initial',
          publishedAt: '2026-01-21T10:32:00.000Z',
          content,
        },
      ]);
      throw new Error('changed our mind');
    });
    await expect(failed).rejects.toThrow('changed our mind');
    expect(await readHead(db.read)).toEqual(before);
  });

  test('continues every checkpoint it ever signed, and keeps partial tiles of every size', async () => {
    const db = await open();
    const { vkey } = await ensureRecordKey(db, ORIGIN);
    const address = await serve(db);
    const saved: Uint8Array[] = [];
    for (const [from, count] of [
      [0, 0],
      [0, 1],
      [1, 254],
      [255, 1],
      [256, 1],
      [257, 300],
    ] as const) {
      await grow(db, { from, count });
      saved.push(Buffer.from(await (await fetch(`${address}/record/checkpoint`)).arrayBuffer()));
    }
    for (const [i, checkpoint] of saved.entries()) {
      const report = await verifyRecord(siteSource(address), { vkey, checkpoint });
      expect(report.faults).toEqual([]);
      expect(report.continues).toBe([0, 1, 255, 256, 257, 557][i]);
    }
    for (const path of ['tile/0/000.p/1', 'tile/0/000.p/255', 'tile/entries/001.p/44', 'tile/1/000.p/2'])
      expect((await recordFile(db.read, path))?.immutable, `path ${path}`).toBe(true);
    for (const path of [
      'tile/0/002.p/46',
      'tile/0/002',
      'tile/1/000.p/3',
      'tile/2/000.p/1',
      'content/557.json',
    ])
      expect(await recordFile(db.read, path), `path ${path}`).toBeUndefined();
  });

  test('does not pass for the continuation of another log, nor for one with another key', async () => {
    const [one, other] = [await open(), await open()];
    await grow(one, { from: 0, count: 5 });
    await grow(other, { from: 7, count: 5 });
    const { vkey } = await ensureRecordKey(one, ORIGIN);
    const stranger = await ensureRecordKey(other, ORIGIN);
    const checkpoint = Buffer.from((await recordFile(one.read, 'checkpoint'))?.body ?? '');
    const forked = await newFolder();
    // The same key signs another history: what a log must never do.
    const key = await one.read.selectFrom('record_keys').selectAll().executeTakeFirstOrThrow();
    await other.write((tx) => tx.updateTable('record_keys').set(key).execute());
    await exportRecord(other, forked);
    const report = await verifyRecord(await folderSource(forked), { vkey, checkpoint });
    expect(report.ok).toBe(false);
    expect(report.faults.map((fault) => fault.what).join()).toContain('its first 5 entries are others');
    expect(await verifyRecord(await folderSource(forked), { vkey: stranger.vkey })).toMatchObject({
      ok: false,
    });
  });

  test('is erased by the house alone, for a reason, and verifies after', async () => {
    const { db, clock } = await fillNewsroom(await open());
    const { path } = await db.read
      .selectFrom('published_articles')
      .select('path')
      .where('headline', '=', 'Alpha, corrected')
      .executeTakeFirstOrThrow();
    const now = clock.now();
    const order = { article: path, version: 1, reason: 'Court order 7/2026', now };
    await expect(eraseVersion(db, { ...order, version: 2 })).rejects.toThrow('what readers see');
    await expect(eraseVersion(db, { ...order, version: 3 })).rejects.toThrow('no version 3');
    await expect(eraseVersion(db, { ...order, reason: ' ' })).rejects.toThrow('needs a reason');
    expect(await eraseVersion(db, order)).toEqual({ leafIndex: 0, erased: true });
    expect(await eraseVersion(db, { ...order, reason: 'Another' })).toEqual({ leafIndex: 0, erased: false });
    expect(await verifyDatabase(db, { expected })).toMatchObject({ ok: true, checked: { erased: 2 } });
    const folder = await newFolder();
    await exportRecord(db, folder);
    expect(await verifyRecord(await folderSource(folder))).toMatchObject({
      ok: true,
      checked: { erased: 2 },
    });

    const file = join(folder, 'record/content/003.json');
    const forged = { leaf: 3, erased: { at: now, reason: 'We say so', signature: 'A'.repeat(86) + '==' } };
    await writeFile(file, JSON.stringify({ erased: forged.erased, leaf: 3 }));
    const report = await verifyRecord(await folderSource(folder));
    expect(report.faults).toEqual([
      { place: 'content/003.json', what: 'is erased without the log’s signature of the erasure' },
    ]);
    await writeFile(file, '{"leaf":3,"withheld":{"by":6,"reason":"kill"}}');
    const withheld = await verifyRecord(await folderSource(folder));
    expect(withheld.faults).toEqual([
      { place: 'content/003.json', what: 'is withheld by a kill that the log does not have' },
    ]);
  });

  test('cannot be erased before it has a key to sign that with', async () => {
    const db = await open();
    await grow(db, { from: 0, count: 1 });
    const order = { leafIndexes: [0], reason: 'r', now: '2026-01-21T10:32:00.000Z' };
    await expect(db.write((tx) => eraseContents(tx, order))).rejects.toThrow('no key');
  });

  test('exports again over an old export, goes on after a stop, and leaves nothing else', async () => {
    const db = await open();
    await ensureRecordKey(db, ORIGIN);
    await grow(db, { from: 0, count: 300 });
    const folder = await newFolder();
    const first = await exportRecord(db, folder);
    expect(first.size).toBe(300);
    await grow(db, { from: 300, count: 300 });
    let calls = 0;
    const stopped = exportRecord(db, folder, {
      progress: () => {
        calls += 1;
        if (calls === 2) throw new Error('stopped');
      },
    });
    await expect(stopped).rejects.toThrow('stopped');
    // The old export stands until the new one is whole.
    expect(await verifyRecord(await folderSource(folder))).toMatchObject({ ok: true, size: 300 });
    await grow(db, { from: 600, count: 5 });
    const second = await exportRecord(db, folder);
    expect(second.size).toBe(605);
    expect(second.written).toBeLessThan(600);
    expect(await verifyRecord(await folderSource(folder))).toMatchObject({ ok: true, size: 605 });
  });

  test('finds files that do not belong, and accepts what a mirror keeps beside the log', async () => {
    const db = await open();
    await ensureRecordKey(db, ORIGIN);
    await grow(db, { from: 0, count: 300 });
    const folder = await newFolder();
    await exportRecord(db, folder);
    const root = join(folder, 'record');
    const put = async (path: string, bytes: Uint8Array | string): Promise<void> => {
      await cp(join(root, 'checkpoint'), join(root, path), { recursive: true });
      await writeFile(join(root, path), bytes);
    };
    const older = (await recordFile(db.read, 'tile/0/001.p/7'))?.body ?? '';
    await put('tile/0/001.p/7', older);
    await put('tile/entries/001.p/7', (await recordFile(db.read, 'tile/entries/001.p/7'))?.body ?? '');
    await put('checkpoint.gz', gzipSync(await readFile(join(root, 'checkpoint'))));
    expect((await verifyRecord(await folderSource(folder))).faults).toEqual([]);

    await put('tile/0/001.p/7', Buffer.concat([Buffer.from(older).subarray(1), Uint8Array.of(0)]));
    await put('tile/0/001.p/45', older);
    await put('content/300.json', '{}');
    await put('notes.txt', 'left by someone');
    await put('checkpoint.gz', gzipSync('another'));
    const report = await verifyRecord(await folderSource(folder));
    expect(report.faults.map((fault) => fault.place).sort()).toEqual([
      'checkpoint.gz',
      'content/300.json',
      'notes.txt',
      'tile/0/001.p/45',
      'tile/0/001.p/7',
    ]);
  });
});

test('a folder without a record is refused in one line', async () => {
  await expect(folderSource(await newFolder())).rejects.toThrow('There is no record in');
});
