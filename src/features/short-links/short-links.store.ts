import { newCode } from '../../base/ids.ts';
import type { Tx } from '../../storage/db.ts';
import { batches, type Projection, setShortCodes } from '../articles/articles.ts';

/** Gives every article its short code with its first publication; a code is never taken back or given twice. */
export const shortCodes: Projection = {
  name: 'short links',
  apply: async (tx, changes) => {
    const fresh = changes.filter((change) => change.before === undefined).map((change) => change.articleId);
    if (fresh.length === 0) return;
    const have = new Map<string, string>();
    for (const batch of batches(fresh)) {
      const rows = await tx
        .selectFrom('short_links')
        .select(['article_id', 'code'])
        .where('article_id', 'in', batch)
        .execute();
      for (const row of rows) if (row.article_id !== null) have.set(row.article_id, row.code);
    }
    const missing = fresh.filter((id) => !have.has(id));
    for (const batch of batches(missing)) {
      for (const [id, code] of await insertCodes(tx, batch)) have.set(id, code);
    }
    await setShortCodes(
      tx,
      [...have].map(([articleId, code]) => ({ articleId, code })),
    );
  },
  // Codes are addresses that people hold: a rebuild keeps them and only fills them in again.
  clear: async () => undefined,
};

/** Inserts a new code for each article, drawing again on the rare clash. */
async function insertCodes(tx: Tx, articleIds: readonly string[]): Promise<Map<string, string>> {
  const now = new Date().toISOString();
  const result = new Map<string, string>();
  let open = [...articleIds];
  while (open.length > 0) {
    const rows = open.map((article_id) => ({ article_id, code: newCode(), target: null, created_at: now }));
    const inserted = await tx
      .insertInto('short_links')
      .values(rows)
      .onConflict((oc) => oc.column('code').doNothing())
      .returning(['article_id', 'code'])
      .execute();
    for (const row of inserted) if (row.article_id !== null) result.set(row.article_id, row.code);
    open = open.filter((id) => !result.has(id));
  }
  return result;
}

/** A short link to any address of this site or elsewhere. */
export async function insertShortLink(
  tx: Tx,
  row: { code: string; target: string; createdAt: string },
): Promise<boolean> {
  const result = await tx
    .insertInto('short_links')
    .values({ code: row.code, article_id: null, target: row.target, created_at: row.createdAt })
    .onConflict((oc) => oc.column('code').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
}
