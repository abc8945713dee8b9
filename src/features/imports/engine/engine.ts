import { createHash } from 'node:crypto';
import type { Clock } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { toJson } from '../../../base/json.ts';
import { type Press, siteOf } from '../../articles/articles.ts';
import type { MediaRoom } from '../../media/media.ts';
import type { Db } from '../../../storage/db.ts';
import { addressesOf } from '../comments/order.ts';
import type { ImportItem, ImportReader, ImportSource } from '../item.ts';
import { applyBatch } from './batch.ts';
import { bringAssets } from './bring.ts';
import type { FileSources } from './files.ts';
import { insertRun, openRun, saveRun } from './imports.store.ts';
import { balances, emptyLedger, type Ledger } from './ledger.ts';

export type ImportRoom = {
  readonly db: Db;
  readonly press: Press;
  readonly media: MediaRoom;
  readonly clock: Clock;
};

export type ImportOrder = {
  readonly format: string;
  readonly reader: ImportReader;
  readonly source: ImportSource;
  /** The house that external ids belong to; taken from the file's own addresses when absent. */
  readonly origin?: string | undefined;
  /** The address of the old site, where the file does not say it. */
  readonly site?: string | undefined;
  readonly files: FileSources;
  readonly onProgress?: (done: { items: number; articles: number; share: number | undefined }) => void;
  readonly onNotice?: (notice: string) => void;
};

export type ImportReport = {
  readonly run: string;
  readonly origin: string;
  readonly format: string;
  readonly file: string;
  /** Items that an earlier, cut-off run of this file had done. */
  readonly resumedAt: number;
  readonly ledger: Ledger;
};

const BATCH_ARTICLES = 500;
const BATCH_ITEMS = 2000;
const PEEK_ITEMS = 300;

/**
 * Imports a file. Batches are transactions that hold the items, the ledger and the place in the file together: a run that was killed goes on
 * where its last commit was, and one that is repeated finds everything by its external ids and makes no duplicates.
 * @throws Problem `invalid` before anything is written when the file is malformed.
 */
export async function runImport(room: ImportRoom, order: ImportOrder): Promise<ImportReport> {
  const { db, clock } = room;
  const { format, source } = order;
  const fileDigest = await digestOf(source);
  const languages = (await siteOf(db.read)).languages;
  const open = await openRun(db.read, { format, fileDigest, origin: order.origin });
  const ledger: Ledger = { ...emptyLedger(), ...open?.ledger };
  const resumedAt = open?.row.cursor ?? 0;
  let cursor = resumedAt;
  let articles = 0;
  let share: number | undefined;
  const items = order.reader(source, {
    from: resumedAt,
    ...(order.site === undefined ? {} : { site: order.site }),
    ...(order.onNotice === undefined ? {} : { onNotice: order.onNotice }),
    onProgress: (done, total) => void (share = total > 0 ? done / total : undefined),
  });
  // A malformed file is refused by its reader before the first item: until then there is nothing to note.
  const first = await peek(items, open === undefined ? PEEK_ITEMS : 1);
  const origin = open?.row.origin ?? order.origin ?? originOf(order, first);
  const run = open?.row.id ?? newId();
  if (open === undefined) await startRun(room, { order, origin, run, fileDigest });
  const apply = async (batch: readonly ImportItem[]): Promise<void> => {
    const assets = await bringAssets({ room, origin, runId: run, files: order.files, ledger }, batch);
    const last = batch.at(-1);
    cursor = last === undefined ? cursor : last.index + 1;
    await db.write(async (tx) => {
      await applyBatch(
        tx,
        { press: room.press, clock, origin, runId: run, languages, ledger, assets },
        batch,
      );
      await saveRun(tx, run, { cursor, ledger, now: clock.now() });
    });
    articles += batch.filter((item) => item.kind === 'article').length;
    order.onProgress?.({ items: cursor, articles, share });
  };
  let batch: ImportItem[] = [];
  let heavy = 0;
  for await (const item of chain(first, items)) {
    if (item.index < resumedAt) continue;
    batch.push(item);
    if (item.kind === 'article') heavy += 1;
    if (heavy < BATCH_ARTICLES && batch.length < BATCH_ITEMS) continue;
    await apply(batch);
    batch = [];
    heavy = 0;
  }
  await apply(batch);
  if (!balances(ledger)) throw new Error('the ledger of the import does not add up');
  await db.write((tx) => saveRun(tx, run, { cursor, ledger, now: clock.now(), state: 'done' }));
  return { run, origin, format, file: source.name, resumedAt, ledger };
}

async function startRun(
  { db, clock }: ImportRoom,
  { order, origin, run, fileDigest }: { order: ImportOrder; origin: string; run: string; fileDigest: string },
): Promise<void> {
  const now = clock.now();
  await db.write((tx) =>
    insertRun(tx, {
      id: run,
      format: order.format,
      origin,
      file_digest: fileDigest,
      file_name: order.source.name.slice(0, 500),
      state: 'running',
      cursor: 0,
      counts: toJson(emptyLedger()),
      started_at: now,
      updated_at: now,
      finished_at: null,
    }),
  );
}

async function peek(items: AsyncGenerator<ImportItem>, count: number): Promise<ImportItem[]> {
  const first: ImportItem[] = [];
  while (first.length < count) {
    const next = await items.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  return first;
}

async function* chain(first: ImportItem[], rest: AsyncGenerator<ImportItem>): AsyncGenerator<ImportItem> {
  yield* first.splice(0);
  yield* rest;
}

async function digestOf(source: ImportSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of source.open()) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * The host that most of the first addresses are of, else the file's format and name. A file of comments has the format before it: two systems
 * may have stood at one site, each with its own ids; and the backups of one system have another name every day.
 */
function originOf(order: ImportOrder, first: readonly ImportItem[]): string {
  const hosts = new Map<string, number>();
  const fileHosts = new Map<string, number>();
  const discussed = new Map<string, number>();
  for (const item of first) {
    // Files often lie on another host than the stories.
    const [url, tally] =
      item.kind === 'article'
        ? [item.urls[0], hosts]
        : item.kind === 'asset'
          ? [item.url, fileHosts]
          : item.kind === 'comment'
            ? [addressesOf(item.article)?.[0], discussed]
            : [undefined, hosts];
    const host = url === undefined ? undefined : URL.parse(url)?.host;
    if (host !== undefined && host !== '') tally.set(host, (tally.get(host) ?? 0) + 1);
  }
  const [most] = [...(hosts.size > 0 ? hosts : fileHosts)].sort((a, b) => b[1] - a[1]);
  const [site] = [...discussed].sort((a, b) => b[1] - a[1]);
  if (most === undefined && site !== undefined) return `${order.format}:${site[0]}`;
  // The text of a page is known by what it says, whatever its file is called.
  return most?.[0] ?? (order.format === 'page' ? 'page' : `${order.format}:${order.source.name}`);
}
