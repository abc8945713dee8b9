import { fromJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { PublishedVersion } from '../../contract/article.ts';
import { docFromParagraphs } from '../../contract/document.ts';
import type { Tx } from '../../storage/db.ts';
import { eraseContents } from '../record/record.ts';
import { lockArticles, readPublishedRows } from './articles.store.ts';
import { commitVersions, type Press, type Published } from './publish.ts';

export type Withdrawal = {
  readonly articleId: string;
  /** A kill withdraws with a notice; a takedown removes for legal cause. */
  readonly kind: 'kill' | 'takedown';
  /** What readers are told in its place. */
  readonly note: string;
  /** Also destroy what the record keeps of the earlier versions; the tree stays verifiable. */
  readonly erase?: boolean;
  readonly by: string | null;
};

/**
 * Withdraws a published article: its address answers 410 with the notice, and it leaves every list, count, feed and index in the
 * same transaction. Headline, lede, body, picture and tags are not part of the new version.
 */
export async function withdraw(tx: Tx, press: Press, order: Withdrawal): Promise<Published> {
  if (order.note.trim() === '') {
    throw new Problem('invalid', `A ${order.kind} needs a notice for readers.`, 'Give a note.', {
      fields: { '/note': 'may not be empty' },
    });
  }
  const row = (await lockArticles(tx, [order.articleId])).get(order.articleId);
  const before = (await readPublishedRows(tx, [order.articleId])).get(order.articleId);
  if (row === undefined) throw new Problem('not-found', `There is no article ${order.articleId}.`);
  if (before === undefined)
    throw new Problem('conflict', 'The article was never published, so there is nothing to withdraw.');
  if (before.visibility === 'taken_down' || (before.visibility === 'killed' && order.kind === 'kill')) {
    throw new Problem('conflict', 'The article has been withdrawn already.');
  }
  const last = fromJson<PublishedVersion>(before.version as string);
  const now = press.clock.now();
  const notice: PublishedVersion = {
    schema: 1,
    article: row.id,
    version: row.version_number + 1,
    reason: order.kind,
    note: order.note,
    publishedAt: now,
    firstPublishedAt: last.firstPublishedAt,
    path: last.path,
    kind: last.kind,
    language: last.language,
    headline: '',
    lede: '',
    bylines: [],
    body: docFromParagraphs([order.note]),
    storylines: [],
    concepts: [],
    urgency: last.urgency,
    discussion: 'closed',
  };
  const [published] = await commitVersions(tx, press, [
    {
      row,
      revision: row.revision_number,
      version: notice,
      visibility: order.kind === 'kill' ? 'killed' : 'taken_down',
      before,
      by: order.by,
    },
  ]);
  if (published === undefined) throw new Error('a committed version came back empty');
  if (order.erase === true) {
    const leaves = await tx
      .selectFrom('article_versions')
      .select('leaf_index')
      .where('article_id', '=', row.id)
      .where('version_number', '<', notice.version)
      .execute();
    await eraseContents(tx, { leafIndexes: leaves.map((leaf) => leaf.leaf_index), reason: order.note, now });
  }
  return published;
}
