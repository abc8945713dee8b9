import { expect, test } from 'vitest';
import { openCounting } from '../../src/audience.ts';
import { systemClock } from '../../src/base/clock.ts';
import { foldAll, openSpool } from '../../src/features/audience/audience.ts';
import { totalsOf } from '../../src/features/audience/audience.views.ts';
import { makeLiveHub, mapperOf } from '../../src/http/live/live.ts';
import { makeLog } from '../../src/http/log.ts';
import type { Db } from '../../src/storage/db.ts';
import { openDb } from '../../src/storage/open.ts';
import { join } from 'node:path';
import { eachDatabaseConfig } from '../support/database.ts';
import { runUntilKilled } from './child.ts';
import { countingConfig } from './counting.ts';

const clock = systemClock;
const siteViews = async (db: Db): Promise<number> => {
  await foldAll(db, clock);
  return (await totalsOf(db.read, { kind: 'site', subjects: [''] })).get('')?.people ?? 0;
};

eachDatabaseConfig('views of a process that is killed', (fresh, kind) => {
  test('are all there that were acknowledged, and hardly one that was not', async () => {
    const database = await fresh();
    let acknowledged = 0;
    const db = await openDb(database);
    try {
      for (let life = 1; life <= 2; life += 1) {
        acknowledged += (await runUntilKilled('views.child.ts', { config: database, lines: 400 })).length;
        if (kind === 'sqlite') {
          const spool = await openSpool(join(countingConfig(database).dataFolder, 'audience'), { db, clock });
          await spool.recover();
          // What is brought once is not brought again.
          await spool.recover();
          await spool.close();
        }
        const counted = await siteViews(db);
        expect(counted).toBeGreaterThanOrEqual(acknowledged);
        expect(counted, 'at most the eight in hand').toBeLessThanOrEqual(acknowledged + 8 * life);
      }
    } finally {
      await db.close();
    }
  });

  test('of two nodes on one database add up to the last one', async () => {
    const database = await fresh();
    const node = async () => {
      const db = await openDb(database);
      const live = makeLiveHub({ read: db.read, map: mapperOf([]) });
      const counting = await openCounting({
        house: { db, clock },
        config: countingConfig(database),
        live,
        log: makeLog('silent'),
        works: true,
      });
      counting.start(() => undefined);
      return { db, counting };
    };
    const [one, two] = await Promise.all([node(), node()]);
    const nodes = [one, two];
    await Promise.all(
      Array.from({ length: 2000 }, (_, index) =>
        (index % 2 === 0 ? one : two).counting.audience.view({
          subject: 'page',
          from: '',
          headers: {
            'user-agent': 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0',
            dnt: '1',
          },
          addressKey: `10.0.${index >> 8}.${index & 255}`,
        }),
      ),
    );
    for (const { counting } of nodes) await counting.stop();
    expect(await siteViews(one.db)).toBe(2000);
    for (const { db } of nodes) await db.close();
  });
});
