import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backup } from '../../src/storage/backup/backup.ts';
import { openBlobs } from '../../src/storage/files/blobs.ts';
import { openDb } from '../../src/storage/open.ts';
import { appendEvents, readEvents } from '../../src/storage/outbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'dateline-full-'));
const MEGABYTE = 1 << 20;

/** A disk of its own can be mounted by root only; where it cannot, the file's own limit provokes SQLite's refusal. */
function mount(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
let mounted = false;
beforeAll(() => {
  mounted = mount();
});
afterAll(() => {
  if (mounted) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
});

describe('a full disk', () => {
  test('refuses writes, goes on reading, keeps what was acknowledged, and heals by itself', async ({
    skip,
  }) => {
    if (!mounted) skip('needs the right to mount a small disk');
    const db = await openDb({ kind: 'sqlite', file: join(folder, 'd.sqlite') });
    const blobs = openBlobs({ kind: 'disk', folder: join(folder, 'media') });
    const { digest } = await blobs.put(Buffer.from('kept'));
    const ballast = join(folder, 'ballast');
    writeFileSync(ballast, Buffer.alloc(4 * MEGABYTE));
    const big = 'x'.repeat(100_000);
    let acknowledged = 0;
    const write = async (): Promise<void> => {
      await db.write((tx) => appendEvents(db, tx, [{ topic: 't', payload: { n: acknowledged + 1, big } }]));
      acknowledged += 1;
    };
    let refusal: unknown;
    while (refusal === undefined && acknowledged < 1000)
      await write().catch((cause: unknown) => (refusal = cause));
    expect(refusal).toMatchObject({ kind: 'storage-full' });
    await expect(write()).rejects.toMatchObject({ kind: 'storage-full' });
    const numbers = async (): Promise<unknown[]> =>
      (await readEvents(db.read, { after: 0, limit: 1000 })).map((event) => event.payload['n']);
    const kept = Array.from({ length: acknowledged }, (_, i) => i + 1);
    expect(await numbers()).toEqual(kept);

    await expect(blobs.put(Buffer.alloc(8 * MEGABYTE, 1))).rejects.toMatchObject({ kind: 'storage-full' });
    expect(readdirSync(join(folder, 'media', 'incoming'))).toEqual([]);
    expect(await blobs.has(digest)).toBe(true);
    const elsewhere = `${folder}.tar`;
    await backup({ db, blobs }, { file: elsewhere, program: 'test' });
    rmSync(elsewhere);

    rmSync(ballast);
    await write();
    expect(await numbers()).toEqual([...kept, acknowledged]);
    await blobs.put(Buffer.alloc(MEGABYTE, 1));
    expect(await db.dialect.integrityFaults()).toEqual([]);
    await db.close();
  });

  test('a backup that does not fit leaves nothing', async ({ skip }) => {
    if (!mounted) skip('needs the right to mount a small disk');
    const elsewhere = mkdtempSync(join(tmpdir(), 'dateline-fits-'));
    const db = await openDb({ kind: 'sqlite', file: join(elsewhere, 'd.sqlite') });
    const blobs = openBlobs({ kind: 'disk', folder: join(elsewhere, 'media') });
    const random = Buffer.alloc(16 * MEGABYTE, 1);
    const { digest } = await blobs.put(random);
    await db.write(async (tx) => {
      const row = { article_id: 'a', input_digest: '', digest, bytes: 1, created_at: '' };
      const asset = {
        kind: 'file',
        file_name: 'a',
        credit: '',
        alt: '',
        caption: '',
        focal_x: 1,
        focal_y: 2,
      } as const;
      await tx
        .insertInto('assets')
        .values({
          ...asset,
          id: row.article_id,
          digest,
          mime: null,
          bytes: 6,
          width: null,
          height: null,
          duration_ms: null,
          language: null,
          rights_holder: null,
          rights_terms: null,
          rights_expire_at: null,
          colour: null,
          source_url: null,
          withdrawn: 0,
          row_version: 1,
          created_at: '',
          updated_at: '',
        })
        .execute();
    });
    const before = readdirSync(folder);
    await expect(
      backup({ db, blobs }, { file: join(folder, 'b.tar'), program: 'test' }),
    ).rejects.toMatchObject({
      kind: 'storage-full',
    });
    expect(readdirSync(folder)).toEqual(before);
    await db.close();
    rmSync(elsewhere, { recursive: true, force: true });
  });

  test('SQLite’s own refusal is told as such, and lifted with the limit', async () => {
    const place = mkdtempSync(join(tmpdir(), 'dateline-limit-'));
    const file = join(place, 'd.sqlite');
    const db = await openDb({ kind: 'sqlite', file });
    try {
      const limit = (pages: number) =>
        db.write((tx) => sql.raw(`pragma max_page_count = ${pages}`).execute(tx));
      await limit(1);
      const write = () =>
        db.write((tx) => appendEvents(db, tx, [{ topic: 't', payload: { big: 'x'.repeat(1 << 20) } }]));
      await expect(write()).rejects.toMatchObject({ kind: 'storage-full' });
      expect(await readEvents(db.read, { after: 0, limit: 1 })).toEqual([]);
      await limit(1 << 30);
      await write();
    } finally {
      await db.close();
      rmSync(place, { recursive: true, force: true });
    }
  });
});
