import type { ArticleContent } from '../../contract/article.ts';
import { fromJson } from '../../base/json.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { readSetting, writeSetting } from '../../storage/settings.store.ts';
import { insertLinks, putListWords } from './articles.store.ts';
import { headlineWords, linksOf } from './write.ts';

/** How far articles have the words and links that lists find them by: those from before they were kept. */
const LISTED = 'articles.listed';
type Listed = { readonly after: string; readonly done: boolean };

/**
 * Gives the next `size` articles their words and links, beginning where the last call ended, across restarts.
 * Resolves true when there is none left. Whoever works on an article meanwhile wins.
 */
export async function listMore(db: Db, size = 500): Promise<boolean> {
  return db.write(async (tx) => {
    const { after, done } = (await readSetting<Listed>(tx, LISTED)) ?? { after: '', done: false };
    if (done) return true;
    const last = await listBatch(tx, { after, size });
    await writeSetting(tx, LISTED, { after: last ?? after, done: last === undefined } satisfies Listed);
    return last === undefined;
  });
}

/** Gives every article its words and links anew, a batch a transaction. */
export async function listAll(db: Db): Promise<void> {
  await db.write((tx) => writeSetting(tx, LISTED, { after: '', done: false } satisfies Listed));
  while (!(await listMore(db)));
}

/** For a ticker: a batch a turn, and nothing any more once there is none left. */
export function listTurn(db: Db): () => Promise<void> {
  let done = false;
  return async () => {
    if (!done) done = await listMore(db);
  };
}

async function listBatch(
  tx: Tx,
  { after, size }: { readonly after: string; readonly size: number },
): Promise<string | undefined> {
  const rows = await tx
    .selectFrom('articles')
    .innerJoin('article_revisions as revision', (join) =>
      join
        .onRef('revision.article_id', '=', 'articles.id')
        .onRef('revision.revision_number', '=', 'articles.revision_number'),
    )
    .select([
      'articles.id',
      'articles.headline',
      'articles.list_words',
      'articles.revision_number',
      'content',
    ])
    .where('articles.id', '>', after)
    .orderBy('articles.id')
    .limit(size)
    .execute();
  for (const row of rows) {
    const list = headlineWords(row.headline);
    const { id, revision_number: revision } = row;
    // Also where the words are there: the write holds the row, and tells whether it is still of this revision.
    const listed = await putListWords(tx, { id, revision, words: list });
    if (listed === undefined) continue;
    await insertLinks(tx, linksOf(listed, fromJson<ArticleContent>(row.content as string)));
  }
  return rows.at(-1)?.id;
}
