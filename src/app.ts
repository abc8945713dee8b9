import { join } from 'node:path';
import { accountParts } from './account-parts.ts';
import { type Clock, dayIn, systemClock } from './base/clock.ts';
import type { Outbound } from './base/outbound.ts';
import type { Config } from './config/config.ts';
import { isCoalesced, tag, tagsOfEvent } from './contract/cache-tags.ts';
import type { AssetManifest } from './contract/pages.ts';
import {
  articleCounts,
  assetUses,
  listTurn,
  type Press,
  type Projection,
  settingsSubscriber,
  siteOf,
} from './features/articles/articles.ts';
import { forgetExpired, linkFor, makeAuthenticate, makeOidcClient } from './features/accounts/accounts.ts';
import { type Hub, makeHub } from './features/collaboration/collaboration.ts';
import { publishGate } from './features/desks/desks.ts';
import { shelvesSubscriber } from './features/audience/audience.ts';
import { conceptLists } from './features/concepts/concepts.ts';
import { noticesSubscriber } from './features/discussion/notices.events.ts';
import { placeKept } from './features/imports/engine/place-kept.ts';
import { renamedSubscriber } from './features/discussion/renamed.events.ts';
import { moderationShare } from './app.moderation.ts';
import { renditionsSubscriber } from './features/media/media.events.ts';
import { deliverDue, forgetSent, type MailRoom, smtpTransport } from './features/mail/mail.ts';
import {
  forgetRetired,
  forgetUploads,
  makeRenditions,
  type MediaRoom,
  withdrawExpired,
} from './features/media/media.ts';
import { momentLinks, type Station } from './features/radio/radio.ts';
import { ensureRecordKey } from './features/record/record.ts';
import { relatedSubscriber } from './features/related/related.events.ts';
import { namesSubscriber } from './features/related/names.ts';
import { searchIndex } from './features/search/search.ts';
import { shortCodes } from './features/short-links/short-links.store.ts';
import { storylineLists } from './features/storylines/storylines.ts';
import { forgetKeys } from './http/api/idempotency.store.ts';
import { makePace } from './http/pages/pace.ts';
import { type LiveHub, makeLiveHub, mapperOf } from './http/live/live.ts';
import { type HttpServer, makeServer } from './http/server.ts';
import type { Logger } from './http/log.ts';
import { serveMetrics } from './http/metrics.ts';
import { enqueue, type Jobs, startJobs } from './jobs/jobs.ts';
import { startTicker, type Tick } from './jobs/ticker.ts';
import { publicRoutes } from './reader/public-routes.ts';
import { loadFailed, loadNotFound } from './reader/loaders/others.ts';
import { apiRoutes, type ApiServices } from './api.ts';
import { liveMappings } from './live.ts';
import { radioSubscribers, startRadio } from './radio-room.ts';
import { openCounting } from './audience.ts';
import { rawRoutes, upgradeRoutes } from './raw.ts';
import type { Db } from './storage/db.ts';
import { makeOutbound } from './http/outbound.ts';
import { type DeskWork, deskWork } from './desk-work.ts';
import { type Blobs, openBlobs } from './storage/files/blobs.ts';
import { openDb, sqliteFile } from './storage/open.ts';
import { onLocalEvents, type Subscriber } from './storage/outbox.ts';
import { followOutbox, type OutboxFollower } from './storage/outbox.follow.ts';

/** The opened house: its database, its files and what publishing needs. Commands work on this without a server. */
export type House = {
  readonly db: Db;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly press: Press;
  readonly media: MediaRoom;
  close(): Promise<void>;
};

/** Every table that must agree with the published articles at each moment, in the order in which a publish brings them forward. */
export function projections(kind: Db['kind']): Projection[] {
  return [articleCounts, assetUses, storylineLists, conceptLists, shortCodes, momentLinks, searchIndex(kind)];
}

/** Opens the house that a configuration names, and makes what it lacks. */
export async function openHouse(
  config: Pick<Config, 'dataFolder' | 'database' | 'media' | 'origin'>,
  clock: Clock = systemClock,
): Promise<House> {
  const db = await openDb(
    config.database.kind === 'sqlite'
      ? { kind: 'sqlite', file: sqliteFile(config.dataFolder) }
      : { kind: 'postgres', url: config.database.url },
  );
  try {
    const blobs = openBlobs(
      config.media.kind === 'disk'
        ? { kind: 'disk', folder: join(config.dataFolder, 'media') }
        : config.media,
    );
    await ensureRecordKey(db, config.origin);
    return {
      db,
      blobs,
      clock,
      press: { db, clock, projections: projections(db.kind), gate: publishGate(clock) },
      media: { db, blobs, clock },
      close: () => db.close(),
    };
  } catch (cause) {
    await db.close();
    throw cause;
  }
}

export type Site = {
  readonly http: HttpServer;
  readonly live: LiveHub;
  readonly jobs: Jobs | undefined;
  readonly follower: OutboxFollower;
  readonly station: Station | undefined;
  readonly address: { readonly host: string; readonly port: number };
  stop(): Promise<void>;
};

export type SiteOptions = {
  readonly house: House;
  readonly config: Config;
  readonly assets: AssetManifest;
  readonly assetFolder: string;
  readonly log: Logger;
  readonly version: string;
  /** How other servers are asked; guarded against addresses of the inside when absent. */
  readonly outbound?: Outbound;
};

/** Starts to serve: the front door, the API, the followers of the outbox and, by role, the jobs. */
export async function startSite(options: SiteOptions): Promise<Site> {
  const { house, config, log } = options;
  const { db, clock, press } = house;
  const collaboration = await makeHub({
    db,
    clock,
    fault: (cause) => log.error({ err: cause }, 'writing together failed'),
  });
  const moderation = moderationShare(house, { origin: config.origin, allow: config.outboundAllow });
  const live = makeLiveHub({ read: db.read, map: mapperOf(liveMappings) });
  const station =
    config.role === 'all' || config.role === 'radio' ? await startRadio(house, { config, log }) : undefined;
  const works = config.role === 'all' || config.role === 'jobs';
  const counting = await openCounting({ house, config, live, log, works });
  const outbound = options.outbound ?? makeOutbound();
  const services: ApiServices = {
    ...(station === undefined ? {} : { station }),
    kind: db.kind,
    collaboration,
    outbound,
    origin: config.origin,
    assets: options.assets,
    assetFolder: options.assetFolder,
    blobs: house.blobs,
    press,
    media: house.media,
    clock,
    signIn: config.signIn,
    oidcClient: makeOidcClient(),
    accountParts,
    facebook: config.signIn.facebook !== undefined,
    moderator: moderation.moderator,
    live,
    audience: counting.audience,
  };
  const http = await makeServer<ApiServices>({
    db,
    services,
    api: apiRoutes,
    pages: publicRoutes,
    raw: rawRoutes,
    upgrades: upgradeRoutes,
    sitePages: { notFound: loadNotFound, failed: loadFailed },
    authenticate: makeAuthenticate(db, clock, { https: config.origin.startsWith('https:') }),
    ready: async () => void (await db.read.selectFrom('settings').select('name').limit(1).execute()),
    origin: config.origin,
    version: options.version,
    trustProxy: config.trustProxy,
    cacheBytes: config.cacheBytes,
    served: (request) => counting.audience.served(request),
    log,
    clock,
  });
  const pace = makePace({ bump: (tags) => http.bump(tags), paced: isCoalesced });
  // An acknowledged publish is on the next page of this process; what others publish arrives by the outbox.
  const stopLocal = onLocalEvents(db, (events) => pace.bump(events.flatMap(tagsOfEvent)));
  const cacheSubscriber: Subscriber = {
    name: 'page cache',
    durable: false,
    handle: async (events) => pace.bump(events.flatMap(tagsOfEvent)),
  };
  const liveSubscriber: Subscriber = {
    name: 'live channel',
    durable: false,
    handle: (events) => live.handle(events),
  };
  const requestRenditions = (assets: readonly string[]): Promise<void> =>
    db.write(async (tx) => {
      for (const asset of assets)
        await enqueue(tx, { queue: 'renditions', payload: { asset }, dedupeKey: asset });
    });
  let listening: { readonly port: number } | undefined;
  const desks = deskWork({
    db,
    clock,
    press,
    log,
    origin: config.origin,
    mirror: config.mirrorUrl,
    outbound,
    node: () => (listening === undefined ? undefined : { ...config.listen, port: listening.port }),
  });
  const follower = await followOutbox(
    db,
    works
      ? [
          cacheSubscriber,
          liveSubscriber,
          ...radioSubscribers(station),
          relatedSubscriber(db),
          namesSubscriber(db),
          desks.subscriber,
          shelvesSubscriber(db),
          renamedSubscriber(db),
          noticesSubscriber({ db, clock, origin: config.origin }),
          renditionsSubscriber(db, requestRenditions),
          settingsSubscriber(db, press.projections),
          ...moderation.subscribers,
        ]
      : [cacheSubscriber, liveSubscriber, ...radioSubscribers(station)],
    { log, clock },
  );
  await live.start();
  counting.start((tags) => http.bump(tags));
  const site = await siteOf(db.read);
  const jobs = works
    ? startJobs(db, {
        handlers: {
          ...desks.handlers,
          ...moderation.jobs,
          renditions: async (job) =>
            void (await makeRenditions(house.media, (job.payload as { asset: string }).asset)),
        },
        timeZone: site.timeZone,
        log,
        clock,
      })
    : undefined;
  const mail = mailRoomOf(house, config, log);
  const stopTicker = startTicker(
    [...ticksOf(house, { http, desks, works, mail }), ...(works ? moderation.ticks : [])],
    log,
  );
  const stopWriting = startTicker(writingTicks(collaboration), log);
  const metrics = config.metrics === undefined ? undefined : await startMetrics(http, config.metrics, log);
  listening = await http.listen(config.listen);
  return {
    http,
    live,
    jobs,
    follower,
    station,
    address: { host: config.listen.host, port: listening.port },
    stop: async () => {
      await stopWriting();
      await collaboration.close();
      await live.drain();
      // Streams have no end of their own that a drain could wait for.
      await station?.stop();
      await http.close();
      await counting.stop();
      stopLocal();
      pace.stop();
      await stopTicker();
      mail.transport?.close();
      await jobs?.stop();
      await follower.stop();
      metrics?.close();
    },
  };
}

/** The mail queue with its way out. Secrets of links are made as the mail goes out. */
function mailRoomOf(house: House, config: Config, log: Logger): MailRoom {
  return {
    db: house.db,
    clock: house.clock,
    transport:
      config.smtp === undefined ? undefined : smtpTransport({ ...config.smtp, origin: config.origin }),
    fill: (tx, fill) => linkFor(tx, house.clock, { fill, origin: config.origin }),
    onTrouble: (trouble) => log.warn(trouble, 'a mail could not be sent'),
  };
}

/** The second port is a convenience: that it is taken must not keep the site from starting. */
async function startMetrics(
  http: HttpServer,
  at: { host: string; port: number },
  log: Logger,
): Promise<{ close(): void } | undefined> {
  try {
    return await serveMetrics(http.metrics, at);
  } catch (error) {
    log.warn(
      { err: error, port: at.port },
      'metrics are not served: set DATELINE_METRICS_PORT to a free port, or to off',
    );
    return undefined;
  }
}

/** Pages say "14:15" of a story of today and a date of older ones: at midnight in the site's zone they are drawn anew. */
function newDay(house: House, bump: (tags: readonly string[]) => void): () => Promise<void> {
  let day: string | undefined;
  return async () => {
    const { timeZone } = await siteOf(house.db.read);
    const today = dayIn(house.clock.now(), timeZone);
    if (day !== undefined && day !== today) bump([tag.site]);
    day = today;
  };
}

const KEPT_MAILS_MS = 14 * 86_400_000;
const KEPT_KEYS_MS = 48 * 3600_000;

/** What a process does for those who write together in it. */
function writingTicks(collaboration: Hub): Tick[] {
  return [
    { name: 'written elsewhere', everyMs: 500, run: () => collaboration.look() },
    { name: 'editors', everyMs: 2000, run: () => collaboration.recheck() },
    { name: 'kept revisions', everyMs: 2000, run: () => collaboration.keepQuiet() },
  ];
}

/** What a process looks at again and again; `works`: it is one that changes things, too. */
function ticksOf(
  house: House,
  { http, desks, works, mail }: { http: HttpServer; desks: DeskWork; works: boolean; mail: MailRoom },
): Tick[] {
  const { db, clock } = house;
  const daily: Tick = { name: 'new day', everyMs: 5000, run: newDay(house, (tags) => http.bump(tags)) };
  if (!works) return [daily, { name: 'overdue schedules', everyMs: 30_000, run: () => desks.sayOverdue() }];
  return [
    daily,
    { name: 'uploads', everyMs: 600_000, run: async () => void (await forgetUploads(house.media)) },
    { name: 'replaced renditions', everyMs: 3600_000, run: () => forgetRetired(house.media) },
    { name: 'words of headlines', everyMs: 1000, run: listTurn(db) },
    { name: 'comments kept before discussions', everyMs: 1000, run: placeKept(db, clock) },
    { name: 'schedules', everyMs: 1000, run: () => desks.fireDue() },
    { name: 'rights', everyMs: 5000, run: async () => void (await withdrawExpired(house.media)) },
    { name: 'mail', everyMs: 1000, run: async () => void (await deliverDue(mail)) },
    {
      name: 'what has expired',
      everyMs: 600_000,
      run: () =>
        db.write(async (tx) => {
          await forgetExpired(tx, clock.now());
          await forgetSent(tx, new Date(Date.parse(clock.now()) - KEPT_MAILS_MS).toISOString());
        }),
    },
    {
      name: 'idempotency keys',
      everyMs: 3600_000,
      run: async () => {
        const before = new Date(Date.parse(clock.now()) - KEPT_KEYS_MS).toISOString();
        await db.write((tx) => forgetKeys(tx, before));
      },
    },
  ];
}
