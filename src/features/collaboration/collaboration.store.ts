import type { Insertable, Selectable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { fromJson, toJson } from '../../base/json.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export type DocumentRow = Selectable<Tables['shared_documents']>;

/** Takes the document's row for this transaction; undefined where the article has no shared document yet. */
export async function lockDocument(tx: Tx, articleId: string): Promise<DocumentRow | undefined> {
  return tx
    .updateTable('shared_documents')
    .set((eb) => ({ last_seq: eb.ref('last_seq') }))
    .where('article_id', '=', articleId)
    .returningAll()
    .executeTakeFirst();
}

/** Makes the document where there is none; whoever comes second finds the first's. */
export async function insertDocument(tx: Tx, row: Insertable<Tables['shared_documents']>): Promise<void> {
  await tx
    .insertInto('shared_documents')
    .values(row)
    .onConflict((oc) => oc.column('article_id').doNothing())
    .execute();
}

export type StoredUpdate = { readonly userId: string | null; readonly data: string };

/** Appends updates in their order; answers with the number of the last. */
export async function appendUpdates(
  tx: Tx,
  articleId: string,
  given: { updates: readonly StoredUpdate[]; at: Instant },
): Promise<number> {
  const { updates, at } = given;
  const row = await tx
    .updateTable('shared_documents')
    .set((eb) => ({
      last_seq: eb('last_seq', '+', updates.length),
      changed_at: at,
      unrevised_since: eb.fn.coalesce('unrevised_since', eb.val(at)),
    }))
    .where('article_id', '=', articleId)
    .returning(['last_seq', 'pending_editors'])
    .executeTakeFirstOrThrow();
  const first = row.last_seq - updates.length + 1;
  await tx
    .insertInto('shared_updates')
    .values(
      updates.map(({ userId, data }, i) => ({
        article_id: articleId,
        seq: first + i,
        user_id: userId,
        data,
        created_at: at,
      })),
    )
    .execute();
  const known = fromJson<string[]>(row.pending_editors as string);
  const editors = [
    ...new Set([...known, ...updates.flatMap(({ userId }) => (userId === null ? [] : [userId]))]),
  ];
  if (editors.length > known.length)
    await changeDocument(tx, articleId, { pending_editors: toJson(editors) });
  return row.last_seq;
}

export async function changeDocument(
  tx: Tx,
  articleId: string,
  change: Partial<Omit<DocumentRow, 'article_id'>>,
): Promise<void> {
  await tx.updateTable('shared_documents').set(change).where('article_id', '=', articleId).execute();
}

/** Puts a whole document in the place of its updates up to `seq`. */
export async function compactUpdates(
  tx: Tx,
  articleId: string,
  to: { snapshot: string; seq: number },
): Promise<void> {
  await changeDocument(tx, articleId, { snapshot: to.snapshot, snapshot_seq: to.seq });
  await tx
    .deleteFrom('shared_updates')
    .where('article_id', '=', articleId)
    .where('seq', '<=', to.seq)
    .execute();
}

/** Keeps whose a client is; the first to say so is believed. */
export async function putClients(
  tx: Tx,
  rows: readonly Insertable<Tables['shared_clients']>[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('shared_clients')
    .values([...rows])
    .onConflict((oc) => oc.columns(['article_id', 'client_id']).doNothing())
    .execute();
}

export async function putAuthorship(
  tx: Tx,
  rows: readonly Insertable<Tables['shared_authorship']>[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('shared_authorship')
    .values([...rows])
    .onConflict((oc) => oc.columns(['article_id', 'client_id', 'to_clock']).doNothing())
    .execute();
}

/** Notes what is known of a revision; a later note wins, so that a kept state that somebody then saves is a saved one. */
export async function putRevisionNote(tx: Tx, row: Insertable<Tables['revision_notes']>): Promise<void> {
  await tx
    .insertInto('revision_notes')
    .values(row)
    .onConflict((oc) => oc.columns(['article_id', 'revision_number']).doUpdateSet({ origin: row.origin }))
    .execute();
}

export async function putLook(tx: Tx, row: Insertable<Tables['last_looks']>): Promise<void> {
  const { vector, revision_number, looked_at } = row;
  await tx
    .insertInto('last_looks')
    .values(row)
    .onConflict((oc) =>
      oc.columns(['article_id', 'user_id']).doUpdateSet({ vector, revision_number, looked_at }),
    )
    .execute();
}

export async function insertThread(tx: Tx, row: Insertable<Tables['passage_threads']>): Promise<void> {
  await tx.insertInto('passage_threads').values(row).execute();
}

export async function changeThread(
  tx: Tx,
  id: string,
  change: Partial<Insertable<Tables['passage_threads']>>,
): Promise<void> {
  await tx.updateTable('passage_threads').set(change).where('id', '=', id).execute();
}

export async function insertComment(tx: Tx, row: Insertable<Tables['passage_comments']>): Promise<void> {
  await tx.insertInto('passage_comments').values(row).execute();
}

export async function changeComment(
  tx: Tx,
  id: string,
  change: Partial<Insertable<Tables['passage_comments']>>,
): Promise<void> {
  await tx.updateTable('passage_comments').set(change).where('id', '=', id).execute();
}
