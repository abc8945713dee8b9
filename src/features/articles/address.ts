import { Problem } from '../../base/problem.ts';
import { slugify } from '../../base/text.ts';
import type { ArticleContent } from '../../contract/article.ts';
import { paths, reservedSegments } from '../../contract/routes.ts';
import type { Reader } from '../../storage/db.ts';
import { batches } from './articles.store.ts';

/** The section part of an article's address when it has no section. */
const NO_SECTION = 'news';

export type AddressWish = {
  readonly articleId: string;
  readonly content: ArticleContent;
  readonly sectionSlug: string | undefined;
  /** The site's day of first publication. */
  readonly day: string;
  /** The address so far, kept unless section or slug changed. */
  readonly current: string | undefined;
};

/**
 * Gives each article its address: unique among articles, and not one that redirects elsewhere. A clash gets `-2`, `-3` …
 * @throws Problem `conflict` when a page asks for an address of the site's own.
 */
export async function assignPaths(db: Reader, wishes: readonly AddressWish[]): Promise<Map<string, string>> {
  const wanted = new Map<string, (n: number) => string>();
  for (const wish of wishes) wanted.set(wish.articleId, pathMaker(wish));
  const taken = await takenPaths(
    db,
    [...wanted.values()].map((make) => make(1)),
  );
  const result = new Map<string, string>();
  for (const wish of wishes) {
    const make = wanted.get(wish.articleId);
    if (make === undefined) continue;
    for (let n = 1; ; n += 1) {
      const path = make(n);
      if (path === wish.current) {
        result.set(wish.articleId, path);
        break;
      }
      const owner = n === 1 ? taken.get(path) : (await takenPaths(db, [path])).get(path);
      if ((owner === undefined || owner === wish.articleId) && !isUsed(result, path, wish.articleId)) {
        taken.set(path, wish.articleId);
        result.set(wish.articleId, path);
        break;
      }
      if (n === 1 && wish.current !== undefined && stemOf(wish.current) === path) {
        // It already carries a number from an earlier clash; it keeps it.
        result.set(wish.articleId, wish.current);
        break;
      }
    }
  }
  return result;
}

const usedBy = new WeakMap<Map<string, string>, Map<string, string>>();

/** Whether another article of the same batch has just been given this path. */
function isUsed(result: Map<string, string>, path: string, articleId: string): boolean {
  let reverse = usedBy.get(result);
  if (reverse === undefined) {
    reverse = new Map();
    usedBy.set(result, reverse);
  }
  const owner = reverse.get(path);
  if (owner !== undefined && owner !== articleId) return true;
  reverse.set(path, articleId);
  return false;
}

function stemOf(path: string): string {
  return path.replace(/-\d+$/, '');
}

function pathMaker(wish: AddressWish): (n: number) => string {
  const { content, current } = wish;
  const kept =
    current === undefined ? undefined : decodeURIComponent(current.slice(current.lastIndexOf('/') + 1));
  const slug =
    content.slug ?? kept ?? (slugify(content.headline, content.language) || wish.articleId.slice(-8));
  const numbered = (n: number): string => (n === 1 ? slug : `${slug}-${n}`);
  if (content.kind === 'page') {
    if (reservedSegments.has(slug)) {
      throw new Problem(
        'conflict',
        `The address /${slug} belongs to the site itself.`,
        'Give the page another slug.',
      );
    }
    return (n) => paths.page(numbered(n));
  }
  const section = wish.sectionSlug ?? NO_SECTION;
  return (n) => paths.article(section, wish.day, numbered(n));
}

/** Which of the paths are in use, and by which article. Old addresses count: they must keep leading where they led. */
async function takenPaths(db: Reader, candidates: readonly string[]): Promise<Map<string, string>> {
  const taken = new Map<string, string>();
  for (const batch of batches(candidates)) {
    const redirects = await db
      .selectFrom('redirects')
      .select(['from_path', 'article_id'])
      .where('from_path', 'in', batch)
      .execute();
    for (const row of redirects) taken.set(row.from_path, row.article_id ?? 'elsewhere');
    const rows = await db.selectFrom('articles').select(['id', 'path']).where('path', 'in', batch).execute();
    for (const row of rows) if (row.path !== null) taken.set(row.path, row.id);
  }
  return taken;
}
