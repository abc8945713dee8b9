import { paths } from '../../contract/routes.ts';
import { siteOf } from '../../features/articles/articles.ts';
import type { Reader } from '../../storage/db.ts';

const BATCH = 2000;

/** Every address that a whole copy begins from. What they lead to (pages of lists, pictures, feeds, histories) is found by following. */
export async function* seedsOf(db: Reader): AsyncGenerator<string[]> {
  const { languages } = await siteOf(db);
  yield [
    ...languages.map((language, i) => paths.front(i === 0 ? undefined : language)),
    paths.live(),
    paths.offline(),
    paths.standards(),
    paths.archiveToday(),
    paths.robots(),
    paths.sitemap(),
    paths.sitemapNews(),
    ...(['rss', 'atom', 'json'] as const).map((format) => paths.feed(format)),
  ];
  for (const [table, path] of [
    ['sections', paths.section],
    ['storylines', paths.storyline],
    ['concepts', paths.tag],
    ['authors', paths.author],
  ] as const) {
    const rows = await db.selectFrom(table).select('slug').execute();
    yield rows.map((row) => path(row.slug));
  }
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('published_articles')
      .select('path')
      .where('path', '>', after)
      .orderBy('path')
      .limit(BATCH)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) break;
    yield rows.flatMap((row) => articleAddresses(row.path));
    after = last.path;
  }
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('short_links')
      .select('code')
      .where('code', '>', after)
      .orderBy('code')
      .limit(BATCH)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) break;
    yield rows.flatMap((row) => shortAddresses(row.code));
    after = last.code;
  }
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('redirects')
      .select('from_path')
      .where('from_path', '>', after)
      .orderBy('from_path')
      .limit(BATCH)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) break;
    yield rows.map((row) => row.from_path);
    after = last.from_path;
  }
}

/** An article's page, and what no page need lead to: its ninjs. */
export function articleAddresses(path: string): string[] {
  return [path, paths.articleJson(path)];
}

function shortAddresses(code: string): string[] {
  return [paths.shortLink(code), paths.shortLinkPage(code), paths.shortLinkPicture(code)];
}

/** The short links of articles. */
export async function shortLinksOf(db: Reader, articleIds: readonly string[]): Promise<string[]> {
  if (articleIds.length === 0) return [];
  const rows = await db
    .selectFrom('short_links')
    .select('code')
    .where('article_id', 'in', [...articleIds])
    .execute();
  return rows.flatMap((row) => shortAddresses(row.code));
}
