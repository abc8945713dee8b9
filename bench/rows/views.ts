import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openCounting } from '../../src/audience.ts';
import { systemClock } from '../../src/base/clock.ts';
import { foldAll } from '../../src/features/audience/audience.ts';
import { totalsOf } from '../../src/features/audience/audience.views.ts';
import { makeLiveHub, mapperOf } from '../../src/http/live/live.ts';
import { openDb } from '../../src/storage/open.ts';
import { median, type RowMaker, spreadOf } from '../row.ts';

const IN_HAND = 256;
const ROUNDS = 5;
const ROUND_MS = 1500;
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Views that are durable a second, 256 in hand, beside a loop that appends a line for each and syncs once for all in hand. */
export const viewsRow: RowMaker = async ({ size }) => {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-views-'));
  const db = await openDb({ kind: 'sqlite', file: join(folder, 'd.sqlite') });
  const counting = await openCounting({
    house: { db, clock: systemClock },
    config: { database: { kind: 'sqlite' }, dataFolder: folder, origin: 'https://bench.example' },
    live: makeLiveHub({ read: db.read, map: mapperOf([]) }),
    log: pino({ level: 'silent' }),
    works: true,
  });
  counting.start(() => undefined);
  const file = await open(join(folder, 'bare'), 'a');
  let acknowledged = 0;
  const ours = async (): Promise<number> => {
    const until = performance.now() + ROUND_MS;
    const before = acknowledged;
    const reader = async (place: number): Promise<void> => {
      for (let n = 0; performance.now() < until; n += 1) {
        await counting.audience.view({
          subject: 'page',
          from: 'www.google.com',
          headers: { 'user-agent': AGENT },
          addressKey: `${place} ${n} ${until}`,
        });
        acknowledged += 1;
      }
    };
    await Promise.all(Array.from({ length: IN_HAND }, (_, place) => reader(place)));
    return ((acknowledged - before) / ROUND_MS) * 1000;
  };
  const bare = async (): Promise<number> => {
    const began = performance.now();
    let written = 0;
    while (performance.now() - began < ROUND_MS) {
      let lines = '';
      for (let n = 0; n < IN_HAND; n += 1)
        lines += `${JSON.stringify({ page: written + n, source: 'search' })}\n`;
      await file.appendFile(lines);
      await file.datasync();
      written += IN_HAND;
    }
    return (written / ROUND_MS) * 1000;
  };
  try {
    const rates: number[] = [];
    const yardstick: number[] = [];
    for (let round = -1; round < ROUNDS; round += 1) {
      const [bareRate, rate] = [await bare(), await ours()];
      if (round < 0) continue;
      yardstick.push(bareRate);
      rates.push(rate);
    }
    await counting.stop();
    await foldAll(db, systemClock);
    const total = (await totalsOf(db.read, { kind: 'site', subjects: [''] })).get('');
    const counted = (total?.people ?? 0) + (total?.repeats ?? 0) + (total?.excess ?? 0);
    return [
      {
        name: 'views recorded, durable',
        size,
        ours: median(rates),
        yardstick: median(yardstick),
        unit: 'views/s',
        spread: spreadOf(rates),
        yardstickIs: 'bare append-and-fdatasync loop, as many in hand',
        budget: 'no view lost',
        holds: counted === acknowledged,
        note: `${acknowledged} acknowledged, ${counted} counted`,
      },
    ];
  } finally {
    await file.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  }
};
