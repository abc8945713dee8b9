import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { eachDatabaseConfig } from '../../../tests/support/database.ts';
import { newId } from '../../base/ids.ts';
import { enqueue } from '../../jobs/jobs.ts';
import { openBlobs } from '../files/blobs.ts';
import { type DatabaseConfig, openAsIs, openDb } from '../open.ts';
import { appendEvents } from '../outbox.ts';
import { examine, type Finding } from './doctor.ts';

const root = mkdtempSync(join(tmpdir(), 'dateline-doctor-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let made = 0;

function patient(config: DatabaseConfig) {
  const dataFolder = join(root, String((made += 1)));
  mkdirSync(dataFolder, { mode: 0o700 });
  const blobs = openBlobs({ kind: 'disk', folder: join(dataFolder, 'media') });
  const look = async (full = false, ahead = 0): Promise<Map<string, Finding>> => {
    const findings = await examine({
      dataFolder,
      openDb: () => openAsIs(config),
      openBlobs: () => blobs,
      full,
      clock: { now: () => new Date(Date.now() + ahead).toISOString() },
    });
    return new Map(findings.map((finding) => [finding.check, finding]));
  };
  return { dataFolder, blobs, look };
}

eachDatabaseConfig('the doctor', (fresh) => {
  test('finds nothing broken in a healthy installation', async () => {
    const { look } = patient(await fresh());
    const findings = await look(true);
    expect([...findings.values()].filter((finding) => finding.state === 'broken')).toEqual([]);
    for (const check of [
      'node',
      'data folder',
      'disk',
      'database',
      'database settings',
      'integrity',
      'clock',
    ])
      expect(findings.has(check), check).toBe(true);
    for (const check of ['migrations', 'outbox', 'jobs', 'media'])
      expect(findings.get(check)?.state).toBe('ok');
  });

  test('tells of followers that are behind and of jobs that nobody does or that failed', async () => {
    const config = await fresh();
    const db = await openDb(config);
    await db.write(async (tx) => {
      await appendEvents(db, tx, [{ topic: 't', payload: {} }]);
      await tx
        .insertInto('outbox_positions')
        .values({ subscriber: 'feeds', seq: 0, lease_owner: null, lease_until: null, updated_at: '' })
        .execute();
      await enqueue(tx, { queue: 'pictures' });
    });
    const { look } = patient(config);
    expect((await look()).get('outbox')?.state).toBe('ok');
    const late = await look(false, 3_600_000);
    expect(late.get('outbox')).toMatchObject({ state: 'warning' });
    expect(late.get('outbox')?.message).toContain('feeds has 1 events');
    expect(late.get('jobs')).toMatchObject({ state: 'broken' });
    await db.write((tx) =>
      tx.updateTable('jobs').set({ state: 'failed', last_error: 'no such codec\n at x' }).execute(),
    );
    await db.close();
    expect((await look()).get('jobs')?.message).toBe('1 failed in pictures: no such codec');
  });

  test('misses media that are gone, and with a full look those that were altered', async () => {
    const config = await fresh();
    const { blobs, look, dataFolder } = patient(config);
    const { digest } = await blobs.put(Buffer.from('a card'));
    const db = await openDb(config);
    const row = { article_id: newId(), input_digest: 'x', digest, bytes: 6, created_at: '' };
    await db.write(async (tx) => {
      const asset = {
        kind: 'picture',
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
    await db.close();
    const file = join(dataFolder, 'media', digest.slice(0, 2), digest);
    writeFileSync(file, 'A card');
    expect((await look()).get('media')?.state).toBe('ok');
    expect((await look(true)).get('media')).toMatchObject({ state: 'broken' });
    rmSync(file);
    expect((await look()).get('media')?.message).toContain('1 missing');
  });
});

test('tells of a folder that others may read, and of a database that is none', async () => {
  const file = join(root, 'none.sqlite');
  writeFileSync(file, 'this is no database, though its name says so'.repeat(100));
  const { look, dataFolder } = patient({ kind: 'sqlite', file });
  chmodSync(dataFolder, 0o755);
  const findings = await look();
  expect(findings.get('data folder')).toMatchObject({ state: 'warning' });
  expect(findings.get('database')).toMatchObject({ state: 'broken' });
});
