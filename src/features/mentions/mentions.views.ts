import type { MentionKind } from '../../contract/lists.ts';
import type { Reader } from '../../storage/db.ts';

export type MentionView = {
  readonly id: string;
  readonly kind: MentionKind;
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly article: { readonly id: string; readonly headline: string } | null;
  readonly target: string;
  readonly excerpt: string;
  readonly createdAt: string;
  readonly readAt: string | null;
};

/** The mentions of a person, the newest first. */
export async function mentionsPage(
  db: Reader,
  page: { userId: string; unread: boolean; limit: number; before: string | undefined },
): Promise<MentionView[]> {
  const rows = await db
    .selectFrom('mentions')
    .leftJoin('users', 'users.id', 'mentions.by_user')
    .leftJoin('articles', 'articles.id', 'mentions.article_id')
    .select([
      'mentions.id',
      'mentions.kind',
      'mentions.by_user',
      'users.name as by_name',
      'mentions.article_id',
      'articles.headline',
      'mentions.target',
      'mentions.excerpt',
      'mentions.created_at',
      'mentions.read_at',
    ])
    .where('mentions.user_id', '=', page.userId)
    .$if(page.unread, (query) => query.where('mentions.read_at', 'is', null))
    .$if(page.before !== undefined, (query) => query.where('mentions.id', '<', page.before ?? ''))
    .orderBy('mentions.id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as MentionKind,
    by: row.by_user === null ? null : { id: row.by_user, name: row.by_name ?? '' },
    article: row.article_id === null ? null : { id: row.article_id, headline: row.headline ?? '' },
    target: row.target,
    excerpt: row.excerpt,
    createdAt: row.created_at,
    readAt: row.read_at,
  }));
}

/** How many a person has not read: up to 100, which is “many”. */
export async function unreadMentions(db: Reader, userId: string): Promise<number> {
  const rows = await db
    .selectFrom('mentions')
    .select('id')
    .where('user_id', '=', userId)
    .where('read_at', 'is', null)
    .limit(100)
    .execute();
  return rows.length;
}
