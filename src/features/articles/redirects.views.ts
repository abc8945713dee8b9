import type { Reader } from '../../storage/db.ts';

/** An old address and what became of it. */
export type RedirectView = {
  readonly from: string;
  /** A path of this site or an address elsewhere; null where an article's own path is meant, or nothing is there any more. */
  readonly to: string | null;
  readonly article: string | null;
  readonly status: 301 | 302 | 410;
  readonly createdAt: string;
};

export type RedirectQuery = {
  readonly limit: number;
  readonly after?: string | undefined;
  /** How the old address begins. */
  readonly q?: string | undefined;
  readonly article?: string | undefined;
};

/** Redirects in the order of their old addresses. */
export async function redirectsPage(db: Reader, query: RedirectQuery): Promise<RedirectView[]> {
  const { q = '', after = '' } = query;
  const rows = await db
    .selectFrom('redirects')
    .selectAll()
    .where('from_path', '>', after)
    .where('from_path', '>=', q)
    .where('from_path', '<', `${q}\u{10ffff}`)
    .$if(query.article !== undefined, (rest) => rest.where('article_id', '=', query.article ?? ''))
    .orderBy('from_path')
    .limit(query.limit)
    .execute();
  return rows.map((row) => ({
    from: row.from_path,
    to: row.to_path,
    article: row.article_id,
    status: row.status,
    createdAt: row.created_at,
  }));
}
