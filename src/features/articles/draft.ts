import { dayIn, type Instant } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import type { ArticleContent, PublishedVersion, VersionReason } from '../../contract/article.ts';
import type { Reader } from '../../storage/db.ts';
import { assignPaths } from './address.ts';
import type { ArticleRow } from './articles.store.ts';
import { loadNouns, resolveNouns } from './resolve.ts';
import { siteOf } from './site.views.ts';
import { editionOf, versionFrom } from './version.ts';

/** A version that does not exist: what publishing one revision at this moment would make. */
export type DraftVersion = {
  readonly row: ArticleRow;
  readonly version: PublishedVersion;
  readonly edition: string;
  readonly embargo: Instant | undefined;
};

/** What readers would get of one exact revision; undefined when there is no such revision. Writes nothing. */
export async function draftVersion(
  db: Reader,
  asked: {
    readonly articleId: string;
    readonly revision: number;
    readonly now: Instant;
    readonly reason?: VersionReason | undefined;
    readonly note?: string | undefined;
    readonly severity?: 'minor' | 'major' | undefined;
  },
): Promise<DraftVersion | undefined> {
  const { articleId, revision, now } = asked;
  const row = await db.selectFrom('articles').selectAll().where('id', '=', articleId).executeTakeFirst();
  const saved = await db
    .selectFrom('article_revisions')
    .select('content')
    .where('article_id', '=', articleId)
    .where('revision_number', '=', revision)
    .executeTakeFirst();
  if (row === undefined || saved === undefined) return undefined;
  const content = fromJson<ArticleContent>(saved.content as string);
  const named = resolveNouns(content, await loadNouns(db, [content]));
  const site = await siteOf(db);
  const firstPublishedAt = row.first_published_at ?? now;
  const wish = {
    articleId,
    content,
    sectionSlug: named.section?.slug,
    day: dayIn(firstPublishedAt, site.timeZone),
    current: row.path ?? undefined,
  };
  const path = (await assignPaths(db, [wish])).get(articleId) ?? '';
  const version = versionFrom({
    articleId,
    number: row.version_number + 1,
    reason: asked.reason ?? (row.version_number === 0 ? 'initial' : 'update'),
    note: asked.note ?? '',
    severity: asked.severity,
    publishedAt: now,
    firstPublishedAt,
    path,
    content,
    named,
  });
  return {
    row,
    version,
    edition: editionOf(content.language, site.languages),
    embargo: content.embargo === undefined ? undefined : new Date(content.embargo).toISOString(),
  };
}
