import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { dayIn } from '../../base/clock.ts';
import type { Outbound } from '../../base/outbound.ts';
import type { Db } from '../../storage/db.ts';
import type { Blobs } from '../../storage/files/blobs.ts';
import { siteOf } from '../articles/site.views.ts';
import { hasFfmpeg } from './air/ffmpeg.ts';
import type { SourceSession } from './air/mount.ts';
import { makeStandIns } from './air/stand-ins.ts';
import { Counter } from './count/counter.ts';
import { keepListening, loadSalt } from './count/keep.ts';
import type { StreamServer } from './listen.ts';
import { makeStreamServer } from './listen.ts';
import { allSlots, credentialsOf, mountConfigs } from './mounts.views.ts';
import { openMount, type OpenMount } from './open-mount.ts';
import type { Dial } from './relay/tools.ts';
import { airingAt, type Slot } from './schedule/slots.ts';
import { defaultLimits, type Door, type RadioLimits } from './source/door.ts';
import { listenForSources, type SourceListener } from './source/listener.ts';
import { makeStateKeeper } from './states.ts';
import { icecastStatus } from './status.ts';

export type StationLog = {
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
};

export type StationOptions = {
  readonly db: Db;
  readonly blobs: Blobs;
  readonly clock: Clock;
  /** Where recordings lie. */
  readonly folder: string;
  /** Where encoders connect; undefined: nowhere. */
  readonly listen: { readonly host: string; readonly port: number } | undefined;
  readonly dial: Dial;
  readonly outbound: Outbound;
  /** The program that makes further bit rates, `ffmpeg`; undefined for none. */
  readonly ffmpeg: string | undefined;
  /** The most bytes that the recordings of one mount may take. */
  readonly maxBytes: number;
  readonly limits?: Partial<RadioLimits>;
  readonly log: StationLog;
};

/** The radio of this process: its mounts, who sends and who listens. */
export type Station = {
  readonly streams: StreamServer;
  readonly counter: Counter;
  /** Port of the encoders; undefined where there is none. */
  readonly sourcePort: number | undefined;
  readonly shoutcastPort: number | undefined;
  /** ffmpeg is there. */
  readonly ffmpeg: string | undefined;
  mounts(): readonly OpenMount[];
  find(slug: string): OpenMount | undefined;
  byId(id: string): OpenMount | undefined;
  /** Reads mounts and the schedule again. */
  reload(): Promise<void>;
  /** What is on a mount by the schedule. */
  programmeAt(mountId: string, ms: number): string;
  stop(): Promise<void>;
};

const TICK_MS = 250;
const FLUSH_MS = 1000;
const COUNT_MS = 10_000;
const KEEP_MS = 60_000;

export async function openStation(options: StationOptions): Promise<Station> {
  const { db, log } = options;
  const now = (): number => Date.parse(options.clock.now());
  const limits: RadioLimits = { ...defaultLimits, ...options.limits };
  const ffmpeg =
    options.ffmpeg !== undefined && (await hasFfmpeg(options.ffmpeg)) ? options.ffmpeg : undefined;
  const standIns = makeStandIns({
    folder: join(options.folder, 'stand-ins'),
    blobs: options.blobs,
    ffmpeg,
    onTrouble: (cause) => log.warn({ err: cause }, 'a file of the fallback could not be made ready'),
  });
  let mounts: OpenMount[] = [];
  let slots: Slot[] = [];
  let timeZone = 'UTC';
  const programmes = new Map<string, { until: number; programmeId: string }>();
  const sessions = new Set<SourceSession>();

  /** Asked for every listener: the answer of a second ago is good enough. */
  function programmeAt(mountId: string, ms: number): string {
    const known = programmes.get(mountId);
    if (known !== undefined && ms < known.until && ms >= known.until - 1000) return known.programmeId;
    const own = slots.filter((slot) => slot.mountId === mountId);
    const programmeId = airingAt(own, { at: new Date(ms).toISOString(), timeZone })?.programmeId ?? '';
    programmes.set(mountId, { until: ms + 1000, programmeId });
    return programmeId;
  }

  const counter = new Counter({ now, programmeAt });
  const states = makeStateKeeper({
    db,
    now,
    listeners: (mountId) => counter.listenersNow(mountId),
    onFault: (cause) => log.warn({ err: cause }, 'what is on the air could not be written down'),
  });
  const streams = makeStreamServer({ counter, limits, now, mounts: () => mounts });

  /** One at a time: two at once would open a new mount twice. */
  let reloading: Promise<void> = Promise.resolve();
  const reload = (): Promise<void> => {
    const next = reloading.catch(() => undefined).then(readAll);
    reloading = next;
    return next;
  };

  async function readAll(): Promise<void> {
    const configs = await mountConfigs(db.read);
    slots = await allSlots(db.read);
    timeZone = (await siteOf(db.read)).timeZone;
    programmes.clear();
    const kept: OpenMount[] = [];
    for (const config of configs) {
      const open = mounts.find(({ mount }) => mount.config.id === config.id);
      if (open === undefined)
        kept.push(await openMount(config, { ...options, limits, now, ffmpeg, standIns, states, find: byId }));
      else {
        await open.configure(config);
        kept.push(open);
      }
    }
    const gone = mounts.filter((open) => !kept.includes(open));
    mounts = kept;
    for (const open of mounts) counter.watch(open.mount.config.id, open.audiences());
    for (const open of gone) {
      counter.unwatch(open.mount.config.id);
      await open.close();
    }
    for (const { mount } of mounts) mount.look();
  }

  const byId = (id: string): OpenMount | undefined => mounts.find(({ mount }) => mount.config.id === id);
  const find = (slug: string): OpenMount | undefined =>
    mounts.find(({ mount }) => mount.config.slug === slug);
  const door: Door = {
    limits,
    now,
    mount: (slug) => find(slug)?.mount,
    firstMount: () => mounts[0]?.mount,
    credentials: (mount) => credentialsOf(db.read, mount.config.id),
    sourceCount: () => sessions.size,
    onConnected: (mount, session) => {
      sessions.add(session);
      log.info({ mount: mount.config.slug, source: session.username }, 'an encoder is on the air');
    },
    onDisconnected: (mount, session, why) => {
      sessions.delete(session);
      log.info({ mount: mount.config.slug, source: session.username, why }, 'an encoder is gone');
    },
    listen: ({ mount, head, socket }) => streams.serveSocket({ mount, head, socket }),
    status: () => icecastStatus(mounts, counter),
    onFault: (cause) => log.error({ err: cause }, 'a connection to the radio failed'),
  };

  await rotateSalt();
  await reload();
  const listener: SourceListener | undefined = await bindSources();

  async function bindSources(): Promise<SourceListener | undefined> {
    if (options.listen === undefined) return undefined;
    try {
      return await listenForSources(door, options.listen);
    } catch (cause) {
      // The site must not stay down because a port is taken.
      log.error(
        { err: cause, port: options.listen.port },
        'encoders cannot connect: set DATELINE_RADIO_PORT to a free port, or to off',
      );
      return undefined;
    }
  }

  async function rotateSalt(): Promise<void> {
    const day = dayIn(options.clock.now(), timeZone);
    if (counter.saltDay !== day) counter.setSalt(day, await loadSalt(db, day));
  }

  const fault = (what: string) => (cause: unknown) => log.error({ err: cause }, what);
  const every = (ms: number, work: () => Promise<void>, what: string): NodeJS.Timeout => {
    let busy = false;
    return setInterval(() => {
      if (busy) return;
      busy = true;
      work()
        .catch(fault(what))
        .finally(() => (busy = false));
    }, ms);
  };
  let flushed = 0;
  const timers = [
    every(
      TICK_MS,
      async () => {
        for (const { mount } of mounts) mount.beat();
        const due = now() - flushed >= FLUSH_MS;
        if (due) flushed = now();
        await Promise.all(mounts.map((open) => open.flush(due)));
      },
      'a recording could not be written',
    ),
    every(
      COUNT_MS,
      async () => {
        counter.tick();
        await states.write();
      },
      'listeners could not be counted',
    ),
    every(
      KEEP_MS,
      async () => {
        await rotateSalt();
        await keepListening(db, counter);
        for (const open of mounts) await open.prune();
      },
      'what was heard could not be written down',
    ),
  ];

  return {
    streams,
    counter,
    ffmpeg,
    sourcePort: listener?.port,
    shoutcastPort: listener?.shoutcastPort,
    mounts: () => mounts,
    find,
    byId,
    reload,
    programmeAt,
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await listener?.close();
      counter.tick();
      for (const open of mounts) await open.close();
      await states.write(true);
      await keepListening(db, counter);
    },
  };
}
