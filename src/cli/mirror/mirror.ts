import { join } from 'node:path';
import { tagsOfEvent } from '../../contract/cache-tags.ts';
import { RECORD_ERASED } from '../../contract/events.ts';
import { ARTICLE_PUBLISHED } from '../../features/articles/articles.ts';
import { readHead } from '../../features/record/record.views.ts';
import { readAddress, readQuery } from '../../http/pages/address.ts';
import { makeMatcher } from '../../http/pages/match.ts';
import type { FileAnswer, PageAnswer } from '../../http/route.ts';
import { loadNotFound } from '../../reader/loaders/others.ts';
import { publicRoutes, type PublicServices } from '../../reader/public-routes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../storage/db.ts';
import { latestSeq, type OutboxEvent, readEvents } from '../../storage/outbox.ts';
import { fileOf, removePage, writeBlob, writePage } from './files.ts';
import { openIndex } from './index.store.ts';
import { isDeepPage, linksOf } from './links.ts';
import { contentAddresses, recordAddresses } from './record-addresses.ts';
import { articleAddresses, seedsOf, shortLinksOf } from './seeds.ts';
import { movedPage, writeTables } from './tables.ts';

export type MirrorOptions = {
  readonly db: Db;
  readonly services: PublicServices;
  readonly clock: Clock;
  readonly folder: string;
  readonly progress?: (line: string) => void;
  /** Whether to draw the picture of each article for social networks: much the slowest part of a first copy. Default true. */
  readonly cards?: boolean;
};

export type Mirror = {
  /** Brings the copy up to date with everything that is committed. Returns how many addresses were written and removed. */
  catchUp(): Promise<{ written: number; removed: number; whole: boolean }>;
  close(): void;
};

const BATCH = 500;
/** Not for a copy: answers to questions, the API, the newsroom. */
const LIVE_ONLY = /^\/(search|oembed|api|newsroom|healthz|readyz|metrics)(\/|$)/;
const STATE = '.mirror';
const CARDS = '/og/';

/**
 * Keeps a complete static copy of the site in a folder. Pages are drawn by the site's own routes, without HTTP; each is remembered with the
 * tags of what it shows, so that an event makes exactly the pages anew that it concerns, and what they lead to that was not there yet.
 */
export function openMirror(options: MirrorOptions): Mirror {
  const { db, services, clock, folder } = options;
  const index = openIndex(join(folder, STATE));
  const match = makeMatcher(publicRoutes);

  const isKept = (address: string): boolean =>
    !LIVE_ONLY.test(address) && (options.cards !== false || !address.startsWith(CARDS));

  async function load(address: string): Promise<PageAnswer | FileAnswer | undefined> {
    const read = readAddress(address);
    if (read.kind !== 'address') return undefined;
    const found = match(read.segments);
    const query = readQuery(read.search, found?.route.query ?? []);
    if (found === undefined || query === undefined) return undefined;
    return found.route.load(
      { read: db.read, services, now: clock.now() },
      { params: found.params, query, path: read.path },
    );
  }

  /** Makes the addresses and all that they lead to which is not kept yet. */
  async function make(wanted: Iterable<string>, run: Run): Promise<void> {
    for (const address of wanted) run.add(address);
    for (let address = run.next(); address !== undefined; address = run.next()) {
      const answer = await load(address);
      if (answer === undefined || (!('file' in answer) && (answer.status === 404 || answer.status === 400))) {
        await drop(address, run);
        continue;
      }
      run.kept.add(address);
      if ('file' in answer) {
        const file = fileOf(address, answer.file.contentType);
        await writeBlob({ root: folder, file }, answer.file);
        index.put({ address, file, status: 200, location: null, tags: [], expiresAt: null }, run.pass);
      } else await keep(address, answer, run);
      run.written += 1;
      if (run.written % 1000 === 0) options.progress?.(`${run.written} pages, ${run.waiting()} waiting`);
    }
  }

  async function keep(address: string, answer: PageAnswer, run: Run): Promise<void> {
    const moved = answer.location;
    // Whoever has no table of redirects gets a page that leads on.
    const page =
      moved === undefined ? answer : { body: movedPage(moved), contentType: 'text/html; charset=utf-8' };
    const file = fileOf(address, page.contentType);
    await writePage({ root: folder, file }, page);
    const expiresAt =
      answer.maxAgeSeconds === undefined ? null : Date.parse(clock.now()) + answer.maxAgeSeconds * 1000;
    index.put(
      {
        address,
        file,
        status: answer.status,
        location: moved ?? null,
        tags: [...answer.tags, `path:${address}`],
        expiresAt,
      },
      run.pass,
    );
    if (answer.status !== 200) run.tables = true;
    const links = linksOf(String(answer.body), { origin: services.origin, contentType: answer.contentType });
    if (moved?.startsWith('/') === true) links.add(moved);
    for (const link of links) if (isKept(link) && (run.whole || !index.has(link))) run.add(link);
  }

  async function drop(address: string, run: Run): Promise<void> {
    const file = index.drop(address);
    if (file === undefined) return;
    await removePage(folder, file);
    run.removed += 1;
    run.tables = true;
  }

  async function recordFiles(run: Run, changed: readonly string[]): Promise<void> {
    const { size } = await readHead(db.read);
    const known = run.whole ? 0 : Number(index.get('record size') ?? 0);
    const { make: fresh, gone } = recordAddresses(known, size);
    await make([...fresh, ...(await contentAddresses(db.read, changed))], run);
    for (const address of gone) await drop(address, run);
    index.set('record size', String(size));
  }

  async function whole(): Promise<Run> {
    const run = startRun(Number(index.get('pass') ?? 0) + 1, true);
    const seq = await latestSeq(db.read);
    for await (const seeds of seedsOf(db.read)) await make(seeds, run);
    await recordFiles(run, []);
    for (const address of index.notSeenIn(run.pass)) await drop(address, run);
    const missing = await loadNotFound({ read: db.read, services, now: clock.now() }, '/404');
    await writePage({ root: folder, file: '404.html' }, missing);
    index.set('pass', String(run.pass));
    index.set('seq', String(seq));
    return run;
  }

  async function follow(events: readonly OutboxEvent[], pass: number): Promise<Run> {
    const run = startRun(pass, false);
    const tags = [...new Set(events.flatMap(tagsOfEvent))];
    const concerned = [...index.withTags(tags), ...index.dueBy(Date.parse(clock.now()))];
    // Deep pages of lists go, and come again where a page still leads to them: their addresses moved on.
    const deep = concerned.filter(isDeepPage);
    const files = new Map(deep.flatMap((address) => [[address, index.drop(address) ?? ''] as const]));
    const named = tags.filter((tag) => tag.startsWith('path:')).map((tag) => tag.slice('path:'.length));
    const published = events.flatMap(({ topic, payload }) =>
      topic === ARTICLE_PUBLISHED ? [String(payload['articleId'])] : [],
    );
    const short = (await shortLinksOf(db.read, published)).filter((address) => !index.has(address));
    await make(
      [...concerned.filter((address) => !isDeepPage(address)), ...named.flatMap(articleAddresses), ...short],
      run,
    );
    for (const [address, file] of files) {
      if (run.kept.has(address) || file === '') continue;
      await removePage(folder, file);
      run.removed += 1;
    }
    await recordFiles(run, articlesOf(events));
    const last = events.at(-1);
    if (last !== undefined) index.set('seq', String(last.seq));
    return run;
  }

  return {
    catchUp: async () => {
      const seq = index.get('seq');
      const oldest = await db.read
        .selectFrom('outbox')
        .select((eb) => eb.fn.min('seq').as('seq'))
        .executeTakeFirst();
      // Of another edition of the program, or behind what the site still remembers: then all of it anew.
      const lost =
        seq === undefined ||
        Number(oldest?.seq ?? 0) > Number(seq) + 1 ||
        index.get('assets') !== JSON.stringify(services.assets);
      let total = { written: 0, removed: 0, whole: lost, tables: lost };
      const count = (run: Run): void =>
        void (total = {
          ...total,
          written: total.written + run.written,
          removed: total.removed + run.removed,
          tables: total.tables || run.tables,
        });
      if (lost) count(await whole());
      index.set('assets', JSON.stringify(services.assets));
      for (;;) {
        const events = await readEvents(db.read, { after: Number(index.get('seq') ?? 0), limit: BATCH });
        const due = index.dueBy(Date.parse(clock.now()));
        if (events.length === 0 && due.length === 0) break;
        count(await follow(events, Number(index.get('pass') ?? 1)));
      }
      if (total.tables) await writeTables(folder, index);
      return total;
    },
    close: () => index.close(),
  };
}

/** Articles whose record contents changed: withdrawn or erased ones. */
function articlesOf(events: readonly OutboxEvent[]): string[] {
  return events.flatMap(({ topic, payload }) =>
    topic === RECORD_ERASED ||
    (topic === ARTICLE_PUBLISHED && ['kill', 'takedown'].includes(String(payload['reason'])))
      ? [String(payload['articleId'])]
      : [],
  );
}

type Run = {
  readonly pass: number;
  readonly whole: boolean;
  readonly kept: Set<string>;
  written: number;
  removed: number;
  /** Whether the tables of redirects have to be written anew. */
  tables: boolean;
  add(address: string): void;
  next(): string | undefined;
  waiting(): number;
};

function startRun(pass: number, whole: boolean): Run {
  const queue: string[] = [];
  /** Pictures that have to be drawn come when everything that is read is there. */
  const drawn: string[] = [];
  const known = new Set<string>();
  return {
    pass,
    whole,
    kept: new Set(),
    written: 0,
    removed: 0,
    tables: false,
    add: (address) => {
      if (known.has(address)) return;
      known.add(address);
      (address.startsWith(CARDS) ? drawn : queue).push(address);
    },
    // The last first: a copy of a large archive then never holds all of its addresses at once.
    next: () => queue.pop() ?? drawn.pop(),
    waiting: () => queue.length + drawn.length,
  };
}
