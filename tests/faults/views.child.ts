import { openCounting } from '../../src/audience.ts';
import { systemClock } from '../../src/base/clock.ts';
import { makeLiveHub, mapperOf } from '../../src/http/live/live.ts';
import { makeLog } from '../../src/http/log.ts';
import { type DatabaseConfig, openDb } from '../../src/storage/open.ts';
import { countingConfig } from './counting.ts';

/** Counts views, eight at a time, flushing as a site does, and says a line for each that has been acknowledged. Ended from outside. */
const database = JSON.parse(process.argv[2] ?? '') as DatabaseConfig;
const db = await openDb(database);
const live = makeLiveHub({ read: db.read, map: mapperOf([]) });
const counting = await openCounting({
  house: { db, clock: systemClock },
  config: countingConfig(database),
  live,
  log: makeLog('silent'),
  works: true,
});
counting.start(() => undefined);
let number = 0;
const reader = async (): Promise<never> => {
  for (;;) {
    number += 1;
    await counting.audience.view({
      subject: 'page',
      from: '',
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
      addressKey: `reader ${number}`,
    });
    process.stdout.write('view\n');
  }
};
await Promise.all(Array.from({ length: 8 }, reader));
