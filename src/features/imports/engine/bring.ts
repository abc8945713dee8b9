import type { Clock } from '../../../base/clock.ts';
import type { Db } from '../../../storage/db.ts';
import { batches } from '../../articles/articles.ts';
import type { MediaRoom } from '../../media/media.ts';
import type { ArticleItem, Asset, ImportItem } from '../item.ts';
import { bringBytes, type FileSources, isSought, registerAsset } from './files.ts';
import { type ItemRow, knownItems, putItems } from './imports.store.ts';
import type { Ledger } from './ledger.ts';

/** What became of a file: our asset, why its bytes are missing where they are, and whether an earlier run had brought it. */
export type BroughtFile = { readonly id?: string; readonly missing?: string; readonly before?: boolean };
/** Files by external id and by the key of their address. */
export type Brought = ReadonlyMap<string, BroughtFile>;

export type BringOrder = {
  readonly room: { readonly db: Db; readonly media: MediaRoom; readonly clock: Clock };
  readonly origin: string;
  readonly runId: string;
  readonly files: FileSources;
  readonly ledger: Ledger;
};

/** How many files are fetched at a time. */
const AT_ONCE = 4;

/**
 * Brings in the files that a batch needs and that are not here yet. Each becomes an asset of ours even when its bytes cannot be had: then
 * pages leave it out, its words stay, and the next import fills it in. Whatever comes is noted at once, so that a run which is cut off
 * fetches nothing twice.
 */
export async function bringAssets(order: BringOrder, items: readonly ImportItem[]): Promise<Brought> {
  const { room, origin, runId } = order;
  const wanted = items.flatMap((item) =>
    item.kind === 'asset' ? [item] : item.kind === 'article' ? item.assets : [],
  );
  const named = items.flatMap((item) => (item.kind === 'article' ? assetNames(item) : []));
  if (wanted.length === 0 && named.length === 0) return new Map();
  const brought = new Map<string, BroughtFile>();
  const rows = await knownItems(room.db.read, origin, {
    kind: 'asset',
    ids: [...wanted.flatMap(keysOf), ...named],
  });
  for (const [external, row] of rows) {
    if (row.our_id !== null) brought.set(external, fileOf(row, runId));
  }
  // One task a file: what several entries name is brought once.
  const tasks = new Map<string, { asset: Asset; keys: Set<string>; id: string | undefined }>();
  const taskOf = new Map<string, string>();
  for (const asset of wanted) {
    const keys = keysOf(asset);
    const here = keys
      .map((key) => brought.get(key))
      .find((file) => file?.missing === undefined && file !== undefined);
    const tried = keys.some((key) => {
      const row = rows.get(key);
      return row?.run_id === runId && row.reason !== NOT_YET;
    });
    const known = here ?? keys.map((key) => brought.get(key)).find((file) => file !== undefined);
    if (known !== undefined && (here !== undefined || tried)) {
      for (const key of keys) if (!brought.has(key)) brought.set(key, known);
      continue;
    }
    const name = keys.map((key) => taskOf.get(key)).find((found) => found !== undefined) ?? asset.externalId;
    const task = tasks.get(name) ?? { asset, keys: new Set<string>(), id: known?.id };
    tasks.set(name, task);
    for (const key of keys) {
      task.keys.add(key);
      taskOf.set(key, name);
    }
  }
  const open = [...tasks.values()];
  await register(order, open);
  const work = async (): Promise<void> => {
    for (let task = open.pop(); task !== undefined; task = open.pop()) {
      const { asset, id = '' } = task;
      const sought = isSought(asset, order.files);
      const missing = sought
        ? await bringBytes(room.media, { id, asset, sources: order.files })
        : whyNot(asset, order.files);
      if (missing !== undefined && sought) order.ledger.missing += 1;
      for (const key of task.keys) brought.set(key, { id, ...(missing === undefined ? {} : { missing }) });
      if (sought) await room.db.write((tx) => putItems(tx, rowsOf(order, { ...task, id, missing })));
    }
  };
  open.reverse();
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return brought;
}

type Task = { readonly asset: Asset; readonly keys: ReadonlySet<string>; id: string | undefined };

/** Makes the assets that the files will be, in few transactions, each with the reason why it has no bytes so far. */
async function register(order: BringOrder, tasks: readonly Task[]): Promise<void> {
  const { room } = order;
  for (const batch of batches(tasks.filter((task) => task.id === undefined))) {
    await room.db.write(async (tx) => {
      const rows: ItemRow[] = [];
      for (const task of batch) {
        task.id = await registerAsset(tx, room.clock, task.asset);
        rows.push(...rowsOf(order, { ...task, id: task.id, missing: whyNot(task.asset, order.files) }));
      }
      await putItems(tx, rows);
    });
  }
}

/** Why a file has no bytes before they are looked for: a run that is cut off then looks when it goes on. */
const NOT_YET = 'not looked for yet';

function whyNot(asset: Asset, files: FileSources): string {
  if (isSought(asset, files)) return NOT_YET;
  return asset.url === '' ? 'the page names it without an address' : 'fetching is off';
}

function rowsOf(
  { origin, runId, room }: BringOrder,
  { keys, id, missing }: { keys: ReadonlySet<string>; id: string; missing: string | undefined },
): ItemRow[] {
  return [...keys].map((external_id) => ({
    origin,
    external_id,
    item_kind: 'asset',
    outcome: missing === undefined ? 'kept' : 'dropped',
    reason: missing ?? null,
    our_id: id,
    digest: '',
    run_id: runId,
    updated_at: room.clock.now(),
  }));
}

function fileOf(row: ItemRow, runId: string): BroughtFile {
  const id = row.our_id ?? '';
  return row.outcome === 'dropped'
    ? { id, missing: row.reason ?? 'not found' }
    : { id, before: row.run_id !== runId };
}

/** The names that one file goes by, the library's first. */
function keysOf(asset: Asset & { readonly urlKey?: string }): string[] {
  return [...new Set([asset.sameAs, asset.externalId, asset.urlKey].filter((key) => key !== undefined))];
}

function assetNames(item: ArticleItem): string[] {
  const body = JSON.stringify(item.body);
  const names = body.includes('"asset":')
    ? [...body.matchAll(/"asset":"([^"]+)"/g)].map((match) => match[1] ?? '')
    : [];
  return item.lead === undefined ? names : [...names, item.lead.asset];
}
