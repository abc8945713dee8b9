import { createHash } from 'node:crypto';
import type { Clock } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { toJson } from '../../../base/json.ts';
import { type Press, siteOf } from '../../articles/articles.ts';
import type { MediaRoom } from '../../media/media.ts';
import type { Db } from '../../../storage/db.ts';
import type { Asset, ImportItem, ImportReader, ImportSource } from '../item.ts';
import { applyBatch } from './batch.ts';
import { bringAsset, type FileSources } from './files.ts';
import { insertRun, knownItems, openRun, putItems, saveRun } from './imports.store.ts';
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

const BATCH_ARTICLES = 200;
const BATCH_ITEMS = 2000;
const PEEK_ITEMS = 300;

/**
 * Imports a file. Batches are transactions that hold the items, the ledger and the place in the file together: a run that was killed goes on
 * where its last commit was, and one that is repeated finds everything by its external ids and makes no duplicates.
 * @throws Problem `invalid` before anything is written when the file is malformed.
 */
export async function runImport(room: ImportRoom, order: ImportOrder): Promise<ImportReport> {
  const { db, clock } = room;
  const fileDigest = await digestOf(order.source);
  const origin = order.origin ?? (await originOf(order));
  const site = await siteOf(db.read);
  const open = await openRun(db.read, origin, fileDigest);
  const ledger = open?.ledger ?? emptyLedger();
  const resumedAt = open?.row.cursor ?? 0;
  const run = open?.row.id ?? newId();
  if (open === undefined) {
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
        counts: toJson(ledger),
        started_at: now,
        updated_at: now,
        finished_at: null,
      }),
    );
  }
  let cursor = resumedAt;
  let articles = 0;
  let share: number | undefined;
  const apply = async (items: readonly ImportItem[]): Promise<void> => {
    const assets = await bringAssets(room, { order, origin, run, items });
    const last = items.at(-1);
    cursor = last === undefined ? cursor : last.index + 1;
    await db.write(async (tx) => {
      await applyBatch(
        tx,
        { press: room.press, clock, origin, runId: run, language: site.languages[0] ?? 'en', ledger, assets },
        items,
      );
      await saveRun(tx, run, { cursor, ledger, now: clock.now() });
    });
    articles += items.filter((item) => item.kind === 'article').length;
    order.onProgress?.({ items: cursor, articles, share });
  };
  const options = {
    from: resumedAt,
    ...(order.onNotice === undefined ? {} : { onNotice: order.onNotice }),
    onProgress: (done: number, total: number) => void (share = total > 0 ? done / total : undefined),
  };
  let batch: ImportItem[] = [];
  let heavy = 0;
  for await (const item of order.reader(order.source, options)) {
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
  return { run, origin, format: order.format, file: order.source.name, resumedAt, ledger };
}

async function digestOf(source: ImportSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of source.open()) hash.update(chunk);
  return hash.digest('hex');
}

/** The host that most of the first addresses are of, else the file's format and name. */
async function originOf(order: ImportOrder): Promise<string> {
  const hosts = new Map<string, number>();
  const fileHosts = new Map<string, number>();
  let seen = 0;
  for await (const item of order.reader(order.source)) {
    seen += 1;
    // Files often lie on another host than the stories.
    const [url, tally] =
      item.kind === 'article'
        ? [item.urls[0], hosts]
        : item.kind === 'asset'
          ? [item.url, fileHosts]
          : [undefined, hosts];
    const host = url === undefined ? undefined : URL.parse(url)?.host;
    if (host !== undefined && host !== '') tally.set(host, (tally.get(host) ?? 0) + 1);
    if (seen >= PEEK_ITEMS) break;
  }
  const [most] = [...(hosts.size > 0 ? hosts : fileHosts)].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? `${order.format}:${order.source.name}`;
}

type Brought = Map<string, { id: string } | { missing: string }>;

/** Brings in the files that a batch needs and that are not here yet, each with its entry in the ledger of items. */
async function bringAssets(
  room: ImportRoom,
  {
    order,
    origin,
    run,
    items,
  }: { order: ImportOrder; origin: string; run: string; items: readonly ImportItem[] },
): Promise<Brought> {
  const wanted: Asset[] = items.flatMap((item) =>
    item.kind === 'asset' ? [item] : item.kind === 'article' ? item.assets : [],
  );
  const named = items.flatMap((item) => (item.kind === 'article' ? assetNames(item) : []));
  const brought: Brought = new Map();
  const ids = [
    ...wanted.flatMap((asset) => [asset.externalId, ...(asset.sameAs === undefined ? [] : [asset.sameAs])]),
    ...named,
  ];
  for (const [external, row] of await knownItems(room.db.read, origin, { kind: 'asset', ids })) {
    if (row.our_id !== null) brought.set(external, { id: row.our_id });
  }
  for (const asset of wanted) {
    if (brought.has(asset.externalId)) continue;
    const same = asset.sameAs === undefined ? undefined : brought.get(asset.sameAs);
    const found =
      same !== undefined && 'id' in same ? same : await bringAsset(room.media, asset, order.files);
    brought.set(asset.externalId, found);
    // Kept at once: a run that is cut off after this must not bring the same file again.
    if ('id' in found)
      await room.db.write((tx) =>
        putItems(tx, [
          assetRow({ origin, run, external: asset.externalId, id: found.id, at: room.clock.now() }),
        ]),
      );
  }
  return brought;
}

function assetRow(given: { origin: string; run: string; external: string; id: string; at: string }) {
  return {
    origin: given.origin,
    external_id: given.external,
    item_kind: 'asset',
    outcome: 'kept' as const,
    reason: null,
    our_id: given.id,
    digest: '',
    run_id: given.run,
    updated_at: given.at,
  };
}

function assetNames(item: Extract<ImportItem, { kind: 'article' }>): string[] {
  const names = [...JSON.stringify(item.body).matchAll(/"asset":"([^"]+)"/g)].map((match) => match[1] ?? '');
  return item.lead === undefined ? names : [...names, item.lead.asset];
}
