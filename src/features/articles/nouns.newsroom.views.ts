import { fromJson } from '../../base/json.ts';
import { slugify } from '../../base/text.ts';
import type { Reader } from '../../storage/db.ts';
import type { AuthorView, SectionView } from './nouns.views.ts';

/** What the newsroom sees of a row beyond what readers do. */
export type Stamped = { readonly rowVersion: number; readonly createdAt: string; readonly updatedAt: string };
export type SectionRecord = SectionView & Stamped;
export type AuthorRecord = AuthorView & Stamped & { readonly email: string | null };
export type SourceRecord = Stamped & {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly url: string | null;
};

/** Which rows of a table that is sorted by a unique text: of one id, or a page of those that begin with a text. */
export type Asked =
  | { readonly id: string }
  | { readonly limit: number; readonly after: string | undefined; readonly q: string | undefined };

/**
 * The bounds of a page's slugs. What is typed is made a slug first, so that "Western Sanc" finds `western-sanctions`, by a range of the index.
 */
export function slugRange(asked: Asked): { above: string; from: string; to: string; limit: number } {
  if ('id' in asked) return { above: '', from: '', to: LAST, limit: 1 };
  const from = asked.q === undefined ? '' : slugify(asked.q);
  return { above: asked.after ?? '', from, to: from + LAST, limit: asked.limit };
}

/** Sorts after every text, byte by byte. */
const LAST = '\u{10ffff}';

export async function sectionRecords(db: Reader, asked: Asked): Promise<SectionRecord[]> {
  const { above, from, to, limit } = slugRange(asked);
  const rows = await db
    .selectFrom('sections')
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
    name: row.name,
    names: fromJson<Record<string, string>>(row.names as string),
    description: row.description,
    position: row.position,
    listed: row.listed === 1,
    articleCount: row.article_count,
    ...stamped(row),
  }));
}

export async function authorRecords(db: Reader, asked: Asked): Promise<AuthorRecord[]> {
  const { above, from, to, limit } = slugRange(asked);
  const rows = await db
    .selectFrom('authors')
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
    name: row.name,
    names: fromJson<Record<string, string>>(row.names as string),
    bio: row.bio,
    roleTitle: row.role_title,
    email: row.email,
    guest: row.guest === 1,
    asset: row.asset_id,
    articleCount: row.article_count,
    ...stamped(row),
  }));
}

/** Sources are sorted by their code, and `q` is how the code begins. */
export async function sourceRecords(db: Reader, asked: Asked): Promise<SourceRecord[]> {
  const from = 'id' in asked ? '' : (asked.q ?? '');
  const rows = await db
    .selectFrom('sources')
    .selectAll()
    .$if('id' in asked, (query) => query.where('id', '=', 'id' in asked ? asked.id : ''))
    .where('code', '>', 'id' in asked ? '' : (asked.after ?? ''))
    .where('code', '>=', from)
    .where('code', '<', from + LAST)
    .orderBy('code')
    .limit('id' in asked ? 1 : asked.limit)
    .execute();
  return rows.map((row) => ({ id: row.id, code: row.code, name: row.name, url: row.url, ...stamped(row) }));
}

/** The columns that every noun has. */
export function stamped(row: { row_version: number; created_at: string; updated_at: string }): Stamped {
  return { rowVersion: row.row_version, createdAt: row.created_at, updatedAt: row.updated_at };
}
