import { join } from 'node:path';
import type { Clock } from './base/clock.ts';
import type { Config } from './config/config.ts';
import { tag } from './contract/cache-tags.ts';
import {
  type Audience,
  databaseLedger,
  foldAll,
  makeNumbersTeller,
  mostListed,
  openAudience,
  openSpool,
  tendLog,
} from './features/audience/audience.ts';
import type { LiveHub } from './http/live/live.ts';
import type { Logger } from './http/log.ts';
import { startTicker, type Tick } from './jobs/ticker.ts';
import type { Db } from './storage/db.ts';

export type RunningAudience = {
  readonly audience: Audience;
  /** Begins to bring numbers forward and to tell them; `bump` throws pages away. */
  start(bump: (tags: readonly string[]) => void): void;
  stop(): Promise<void>;
};

/** Groups of views that go straight into PostgreSQL leave at least so many milliseconds between them. */
const DATABASE_GAP_MS = 25;
const FLUSH_MS = 1000;
const LOOK_MS = 5000;
const LISTS_MS = 60_000;
const TEND_MS = 300_000;

/** Opens the counting of a process: an embedded database has a journal before it, PostgreSQL has none. */
export async function openCounting(options: {
  house: { readonly db: Db; readonly clock: Clock };
  config: Pick<Config, 'database' | 'dataFolder' | 'origin'>;
  live: LiveHub;
  log: Logger;
  works: boolean;
}): Promise<RunningAudience> {
  const { house, config, live, log } = options;
  const { db, clock } = house;
  const spool =
    config.database.kind === 'sqlite'
      ? await openSpool(join(config.dataFolder, 'audience'), { db, clock })
      : undefined;
  const audience = openAudience({
    db,
    clock,
    ledger: spool ?? databaseLedger(db),
    gapMs: spool === undefined ? DATABASE_GAP_MS : 0,
    origin: config.origin,
    onFault: (cause) => log.error({ err: cause }, 'views could not be counted'),
  });
  const teller = makeNumbersTeller(db.read, { channel: live, present: audience.present });
  let stopTicker: (() => Promise<void>) | undefined;
  let lists = '';

  const ticks = (bump: (tags: readonly string[]) => void): Tick[] => [
    {
      name: 'views',
      everyMs: FLUSH_MS,
      run: async () => {
        await spool?.flush();
        if (options.works) await foldAll(db, clock);
        await teller.views();
      },
    },
    { name: 'readers now', everyMs: LOOK_MS, run: () => teller.readers() },
    {
      name: 'most read',
      everyMs: LISTS_MS,
      run: async () => {
        const now = await mostListed(db.read, Date.parse(clock.now()));
        if (now !== lists && lists !== '') bump([tag.mostRead]);
        lists = now;
      },
    },
    {
      name: 'audience log',
      everyMs: TEND_MS,
      run: async () => {
        await spool?.recover();
        if (options.works) await tendLog(db, clock);
      },
    },
  ];

  return {
    audience,
    start: (bump) => {
      stopTicker = startTicker(ticks(bump), log);
    },
    stop: async () => {
      await stopTicker?.();
      await audience.stop();
      await spool?.close();
    },
  };
}
