import type { Insertable, Selectable } from 'kysely';
import { fromJson, toJson } from '../../../base/json.ts';
import type { Reader, Tx } from '../../../storage/db.ts';
import type { Tables } from '../../../storage/tables/index.ts';
import { batches } from '../../articles/articles.ts';
import type { Ledger } from './ledger.ts';

export type RunRow = Selectable<Tables['import_runs']>;
export type ItemRow = Selectable<Tables['import_items']>;

export async function insertRun(tx: Tx, row: Insertable<Tables['import_runs']>): Promise<void> {
  await tx.insertInto('import_runs').values(row).execute();
}

/** Saves how far a run is, in the transaction that did the work. */
export async function saveRun(
  tx: Tx,
  id: string,
  change: { cursor: number; ledger: Ledger; now: string; state?: 'done' | 'failed' },
): Promise<void> {
  await tx
    .updateTable('import_runs')
    .set({
      cursor: change.cursor,
      counts: toJson(change.ledger),
      updated_at: change.now,
      ...(change.state === undefined ? {} : { state: change.state, finished_at: change.now }),
    })
    .where('id', '=', id)
    .execute();
}

/** The run of this very file that was cut off, if there is one; only of this origin where one is given. */
export async function openRun(
  db: Reader,
  of: { format: string; fileDigest: string; origin?: string | undefined },
): Promise<{ row: RunRow; ledger: Ledger } | undefined> {
  const row = await db
    .selectFrom('import_runs')
    .selectAll()
    .where('format', '=', of.format)
    .where('file_digest', '=', of.fileDigest)
    .$if(of.origin !== undefined, (rest) => rest.where('origin', '=', of.origin ?? ''))
    .where('state', '=', 'running')
    .orderBy('started_at', 'desc')
    .executeTakeFirst();
  return row === undefined ? undefined : { row, ledger: fromJson<Ledger>(row.counts as string) };
}

/** What is known of outside items of one kind, by their external ids. */
export async function knownItems(
  db: Reader,
  origin: string,
  of: { kind: string; ids: readonly string[] },
): Promise<Map<string, ItemRow>> {
  const found = new Map<string, ItemRow>();
  for (const batch of batches([...new Set(of.ids)])) {
    const rows = await db
      .selectFrom('import_items')
      .selectAll()
      .where('origin', '=', origin)
      .where('item_kind', '=', of.kind)
      .where('external_id', 'in', batch)
      .execute();
    for (const row of rows) found.set(row.external_id, row);
  }
  return found;
}

export async function putItems(tx: Tx, rows: readonly Insertable<Tables['import_items']>[]): Promise<void> {
  const last = new Map(rows.map((row) => [`${row.item_kind} ${row.external_id}`, row]));
  for (const batch of batches([...last.values()])) {
    await tx
      .insertInto('import_items')
      .values(batch)
      .onConflict((oc) =>
        oc.columns(['origin', 'item_kind', 'external_id']).doUpdateSet((eb) => ({
          outcome: eb.ref('excluded.outcome'),
          reason: eb.ref('excluded.reason'),
          our_id: eb.ref('excluded.our_id'),
          digest: eb.ref('excluded.digest'),
          run_id: eb.ref('excluded.run_id'),
          updated_at: eb.ref('excluded.updated_at'),
        })),
      )
      .execute();
  }
}

/** Keeps comments for the discussion; one that came before is replaced by what the file says now. */
export async function putComments(
  tx: Tx,
  rows: readonly Insertable<Tables['imported_comments']>[],
): Promise<void> {
  for (const batch of batches(rows)) {
    await tx
      .insertInto('imported_comments')
      .values(batch)
      .onConflict((oc) =>
        oc.columns(['origin', 'external_id']).doUpdateSet((eb) => ({
          body: eb.ref('excluded.body'),
          state: eb.ref('excluded.state'),
          author_name: eb.ref('excluded.author_name'),
        })),
      )
      .execute();
  }
}

/** Lets go of the words of comments that were taken back in their house. */
export async function dropComments(tx: Tx, origin: string, externalIds: readonly string[]): Promise<void> {
  for (let start = 0; start < externalIds.length; start += 500)
    await tx
      .deleteFrom('imported_comments')
      .where('origin', '=', origin)
      .where('external_id', 'in', externalIds.slice(start, start + 500))
      .execute();
}

/** Which paths are addresses of articles of ours, and of which. */
export async function standingPaths(db: Reader, paths: readonly string[]): Promise<Map<string, string>> {
  const standing = new Map<string, string>();
  for (const batch of batches([...new Set(paths)])) {
    const rows = await db.selectFrom('articles').select(['id', 'path']).where('path', 'in', batch).execute();
    for (const row of rows) if (row.path !== null) standing.set(row.path, row.id);
  }
  return standing;
}

/** The newest published article of each headline, in the order of the headlines; a headline that no article has is left out. */
export async function storiesOfHeadlines(db: Reader, headlines: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(headlines)].slice(0, 20);
  if (wanted.length === 0) return [];
  const rows = await db
    .selectFrom('published_articles')
    .select(['article_id', 'headline'])
    .where('headline', 'in', wanted)
    .where('visibility', '=', 'live')
    .orderBy('published_at')
    .execute();
  const newest = new Map(rows.map((row) => [row.headline, row.article_id]));
  return wanted.flatMap((headline) => newest.get(headline) ?? []);
}
