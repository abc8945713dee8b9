import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Clock } from './base/clock.ts';
import type { Outbound } from './base/outbound.ts';
import { fireDueSchedules, type Press } from './features/articles/articles.ts';
import { overdueSchedules } from './features/desks/calendar.views.ts';
import { deskSubscriber } from './features/desks/desks.events.ts';
import { checkLink, makeReceipt, type ReceiptRoom, tellOfSchedules } from './features/desks/desks.ts';
import { fireDueLayouts } from './features/front-pages/front-pages.ts';
import type { Logger } from './http/log.ts';
import { enqueue, type JobHandler } from './jobs/jobs.ts';
import type { Db } from './storage/db.ts';
import type { Subscriber } from './storage/outbox.ts';

/** The work that follows from what desks do: schedules and arrangements that come due, addresses to ask, receipts to make. */
export type DeskWork = {
  readonly subscriber: Subscriber;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** Publishes what is due and puts due arrangements on their pages; says what came late or failed. */
  fireDue(): Promise<void>;
  /** Says which schedules should have fired and have not: on nodes that serve, when those that work are down. */
  sayOverdue(): Promise<void>;
};

export type DeskWorkOptions = {
  readonly db: Db;
  readonly clock: Clock;
  readonly press: Press;
  readonly origin: string;
  /** The mirror's address, where one is configured. */
  readonly mirror: string | undefined;
  readonly outbound: Outbound;
  /** This node's own port, for where the public address cannot be reached from here; known once it listens. */
  readonly node: () => { readonly host: string; readonly port: number } | undefined;
  readonly log: Logger;
};

const LATE_MS = 60_000;
/** A receipt is looked at again while a surface lags: a mirror, a CDN. */
const AGAIN_MS = [2000, 10_000, 60_000, 300_000, 1_800_000];

export function deskWork(options: DeskWorkOptions): DeskWork {
  const { db, clock, press, origin, log } = options;
  const room: ReceiptRoom = {
    db,
    clock,
    origin,
    mirror: options.mirror !== undefined,
    reach: (path, at) => reach(options, path, at),
  };
  let said = '';
  return {
    subscriber: deskSubscriber(room, (work) =>
      db.write(async (tx) => {
        for (const item of work)
          await ('receipt' in item
            ? enqueue(tx, { queue: 'receipts', payload: { ...item, turn: 0 }, dedupeKey: item.receipt })
            : enqueue(tx, { queue: 'links', payload: item, dedupeKey: item.link }));
      }),
    ),
    handlers: {
      links: async (job) =>
        checkLink({ db, clock, outbound: options.outbound }, (job.payload as { link: string }).link),
      receipts: async (job, context) => {
        const { receipt, turn } = job.payload as { receipt: string; turn: number };
        const complete = await makeReceipt(room, receipt);
        const pause = AGAIN_MS[turn];
        if (complete || pause === undefined) return;
        const runAt = new Date(Date.parse(clock.now()) + pause).toISOString();
        await db.write(async (tx) => {
          await context.complete(tx);
          await enqueue(tx, {
            queue: 'receipts',
            payload: { receipt, turn: turn + 1 },
            dedupeKey: receipt,
            runAt,
          });
        });
      },
    },
    fireDue: async () => {
      const fired = await fireDueSchedules(db, press);
      for (const { schedule, failure, lateMs } of fired) {
        const details = { article: schedule.article_id, revision: schedule.revision_number, lateMs };
        if (failure !== undefined) log.error({ ...details, failure }, 'a schedule could not be published');
        else if (lateMs > LATE_MS) log.warn(details, 'a schedule fired late');
      }
      await tellOfSchedules(db, origin, fired);
      for (const { id, edition, lateMs } of await fireDueLayouts(db, clock))
        if (lateMs > LATE_MS) log.warn({ layout: id, edition, lateMs }, 'a front page was arranged late');
    },
    sayOverdue: async () => {
      const before = new Date(Date.parse(clock.now()) - LATE_MS).toISOString();
      const overdue = await overdueSchedules(db.read, before);
      const now = overdue.map(({ id }) => id).join();
      if (now !== '' && now !== said)
        log.error({ schedules: overdue }, 'schedules are overdue: is a process with the role jobs running?');
      said = now;
    },
  };
}

/** Asks one of our own addresses as a reader does: by the public address, else by this node's port under the same name. */
async function reach(
  { origin, mirror, node }: DeskWorkOptions,
  path: string,
  at: 'site' | 'mirror',
): ReturnType<ReceiptRoom['reach']> {
  if (at === 'mirror') return { door: 'mirror', ...(await ask(new URL(path, mirror ?? origin))) };
  const url = new URL(path, origin);
  try {
    return { door: 'origin', ...(await ask(url)) };
  } catch (cause) {
    const own = node();
    if (own === undefined) throw cause;
    const host = own.host === '0.0.0.0' || own.host === '::' ? '127.0.0.1' : own.host;
    const local = new URL(path, `http://${host.includes(':') ? `[${host}]` : host}:${own.port}`);
    return { door: 'node', ...(await ask(local, url.host)) };
  }
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** One request that follows no redirect and takes no compressed answer, so that the digest is of the bytes that are read. */
function ask(
  url: URL,
  host = url.host,
): Promise<{ status: number; location: string | undefined; body: Uint8Array }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    location: string | undefined;
    body: Uint8Array;
  }>();
  const make = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = { host, accept: '*/*', 'user-agent': 'Dateline receipt', 'cache-control': 'no-cache' };
  const request = make(
    url,
    { headers, signal: AbortSignal.timeout(TIMEOUT_MS), agent: false },
    (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.byteLength;
        if (size > MAX_BYTES) response.destroy(new Error(`it sends more than ${MAX_BYTES} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          body: Buffer.concat(chunks),
        }),
      );
    },
  );
  request.on('error', reject);
  request.end();
  return promise;
}
