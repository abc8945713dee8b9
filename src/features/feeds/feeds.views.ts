import { fromJson } from '../../base/json.ts';
import type { PublishedVersion } from '../../contract/article.ts';
import { docAssets } from '../../contract/document.ts';
import type { Reader } from '../../storage/db.ts';
import { type ListOf, listStories } from '../articles/articles.views.ts';
import { picturesOf } from '../media/media.views.ts';
import type { FeedPictures } from './doc-html.ts';

export type FeedStory = {
  readonly id: string;
  readonly modifiedAt: string;
  readonly publishedAt: string;
  readonly version: PublishedVersion;
};

/** The newest stories of a list, whole. */
export async function feedStories(db: Reader, of: ListOf, limit: number): Promise<FeedStory[]> {
  const { stories } = await listStories(db, of, { limit });
  if (stories.length === 0) return [];
  const rows = await db
    .selectFrom('published_articles')
    .select(['article_id', 'version'])
    .where(
      'article_id',
      'in',
      stories.map((story) => story.id),
    )
    .execute();
  const versions = new Map(
    rows.map((row) => [row.article_id, fromJson<PublishedVersion>(row.version as string)]),
  );
  return stories.flatMap((story) => {
    const version = versions.get(story.id);
    return version === undefined
      ? []
      : [{ id: story.id, modifiedAt: story.modifiedAt, publishedAt: story.publishedAt, version }];
  });
}

/** The pictures that stories show, with full addresses. */
export async function feedPictures(
  db: Reader,
  stories: readonly Pick<FeedStory, 'version'>[],
  options: { origin: string; now: string },
): Promise<FeedPictures> {
  const ids = stories.flatMap(({ version }) => [
    ...docAssets(version.body),
    ...(version.leadPicture === undefined ? [] : [version.leadPicture.asset]),
  ]);
  const pictures = await picturesOf(db, ids, { now: options.now });
  return new Map(
    [...pictures].map(([id, picture]) => [
      id,
      {
        url: options.origin + picture.src,
        width: picture.width,
        height: picture.height,
        alt: picture.alt,
        ...(picture.caption === undefined ? {} : { caption: picture.caption }),
        ...(picture.credit === undefined ? {} : { credit: picture.credit }),
      },
    ]),
  );
}

export type SitemapMonth = { readonly month: string; readonly count: number };

/** The months that have stories, newest first, for the sitemap index. */
export async function sitemapMonths(db: Reader): Promise<SitemapMonth[]> {
  const rows = await db.selectFrom('archive_days').selectAll().orderBy('archive_day', 'desc').execute();
  const months = new Map<string, number>();
  for (const row of rows) {
    const month = row.archive_day.slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + row.article_count);
  }
  return [...months].map(([month, count]) => ({ month, count }));
}

export type SitemapEntry = {
  readonly id: string;
  readonly path: string;
  readonly modifiedAt: string;
  readonly group: string;
  readonly language: string;
};

/** The stories of a month (`2015-01`) for its sitemap, oldest first; `part` counts files of `size` stories from 0. */
export async function sitemapStories(
  db: Reader,
  options: { month: string; part: number; size: number },
): Promise<SitemapEntry[]> {
  const rows = await db
    .selectFrom('published_articles')
    .select(['article_id', 'path', 'modified_at', 'translation_group', 'language'])
    .where('kind', '=', 'article')
    .where('visibility', '=', 'live')
    .where('published_day', '>=', `${options.month}-01`)
    .where('published_day', '<=', `${options.month}-31`)
    .orderBy('published_day')
    .orderBy('published_at')
    .orderBy('article_id')
    .limit(options.size)
    .offset(options.part * options.size)
    .execute();
  return rows.map((row) => ({
    id: row.article_id,
    path: row.path,
    modifiedAt: row.modified_at,
    group: row.translation_group,
    language: row.language,
  }));
}

export type NewsEntry = {
  readonly path: string;
  readonly headline: string;
  readonly language: string;
  readonly publishedAt: string;
};

/** Stories first published since an instant, newest first: the news sitemap. */
export async function storiesSince(db: Reader, since: string, limit: number): Promise<NewsEntry[]> {
  const rows = await db
    .selectFrom('published_articles')
    .select(['path', 'headline', 'language', 'published_at'])
    .where('kind', '=', 'article')
    .where('visibility', '=', 'live')
    .where('published_at', '>=', since)
    .orderBy('published_at', 'desc')
    .orderBy('article_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    path: row.path,
    headline: row.headline,
    language: row.language,
    publishedAt: row.published_at,
  }));
}
