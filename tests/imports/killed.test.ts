import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDb, type DatabaseConfig } from '../../src/storage/open.ts';
import { wxr } from '../support/archive.ts';
import { eachDatabaseConfig } from '../support/database.ts';
import { dateline, startDateline, testFolder } from './program.ts';

const STORIES = 1200;

/** Waits until an import has committed a batch. */
async function begun(config: DatabaseConfig, running: () => boolean): Promise<void> {
  const db = await openDb(config);
  try {
    while (running()) {
      const row = await db.read.selectFrom('import_runs').select('cursor').executeTakeFirst();
      if (row !== undefined && row.cursor > 0) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    await db.close();
  }
}

eachDatabaseConfig('an import that is killed', (fresh, kind) => {
  test('goes on where it was, to the account of one that was not', async () => {
    const folder = testFolder();
    const file = join(folder, 'old.xml');
    writeFileSync(
      file,
      wxr(
        Array.from({ length: STORIES }, (_, i) => ({
          id: i + 1,
          title: `Story ${i + 1}`,
          body: '<p>Words.</p>',
        })),
      ),
    );
    const place = async (name: string): Promise<{ data: string; config: DatabaseConfig }> => {
      const data = join(folder, name);
      return kind === 'sqlite'
        ? { data, config: { kind, file: join(data, 'dateline.sqlite') } }
        : { data, config: await fresh() };
    };
    const args = ['import', 'wxr', file, '--no-fetch', '--json'];
    const ledgerOf = (stdout: string): unknown => (JSON.parse(stdout) as { ledger: unknown }).ledger;

    const whole = await place('whole');
    const uncut = await dateline(whole.data, args, whole.config);
    expect(uncut).toMatchObject({ code: 0 });

    const cut = await place('cut');
    // Makes the house first, so that its database can be watched.
    await dateline(cut.data, ['import', 'wxr', join(folder, 'absent.xml')], cut.config);
    const child = startDateline(cut.data, args, cut.config);
    const gone = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('close', (_, signal) => resolve(signal)),
    );
    await begun(cut.config, () => child.exitCode === null);
    child.kill('SIGKILL');
    expect(await gone).toBe('SIGKILL');

    const rest = await dateline(cut.data, args, cut.config);
    expect(rest).toMatchObject({ code: 0 });
    expect((JSON.parse(rest.stdout) as { resumedAt: number }).resumedAt).toBeGreaterThan(0);
    expect(ledgerOf(rest.stdout)).toEqual(ledgerOf(uncut.stdout));
    const db = await openDb(cut.config);
    try {
      const articles = await db.read
        .selectFrom('articles')
        .select(['external_id', 'version_number'])
        .execute();
      expect(new Set(articles.map((row) => row.external_id)).size).toBe(STORIES);
      expect(articles.map((row) => row.version_number)).toEqual(Array(STORIES).fill(1));
      expect(await db.dialect.integrityFaults()).toEqual([]);
    } finally {
      await db.close();
    }
    expect(await dateline(cut.data, ['record', 'verify'], cut.config)).toMatchObject({ code: 0 });
  });
});
