import { fromJson } from '../../base/json.ts';
import type { Reader } from '../../storage/db.ts';
import { type Asked, slugRange, type Stamped, stamped } from '../articles/nouns.newsroom.views.ts';

export type StorylineRecord = Stamped & {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly language: string;
  readonly state: 'open' | 'closed';
  readonly position: number;
  readonly articleCount: number;
  readonly latestAt: string | null;
  readonly mergedInto: string | null;
  readonly pinnedArticle: string | null;
  readonly pinnedUntil: string | null;
};

/** Storylines by slug, as the newsroom lists them. */
export async function storylineRecords(db: Reader, asked: Asked): Promise<StorylineRecord[]> {
  const { above, from, to, limit } = slugRange(asked);
  const rows = await db
    .selectFrom('storylines')
    .selectAll()
    .$if('id' in asked, (query) => query.where('id', '=', 'id' in asked ? asked.id : ''))
    .where('slug', '>', above)
    .where('slug', '>=', from)
    .where('slug', '<', to)
    .orderBy('slug')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    title: row.title,
    titles: fromJson<Record<string, string>>(row.titles as string),
    description: row.description,
    descriptions: fromJson<Record<string, string>>(row.descriptions as string),
    language: row.language,
    state: row.state,
    position: row.position,
    articleCount: row.article_count,
    latestAt: row.latest_at,
    mergedInto: row.merged_into,
    pinnedArticle: row.pinned_article,
    pinnedUntil: row.pinned_until,
    ...stamped(row),
  }));
}
