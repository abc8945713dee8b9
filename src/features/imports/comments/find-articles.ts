import type { Reader } from '../../../storage/db.ts';
import { oldPath } from '../engine/content.ts';
import { standingPaths } from '../engine/imports.store.ts';

/**
 * The article that stands at one of these addresses, or stood there: by its own path, by a redirect to it, by its short link. The host does not
 * matter: comments come from a house that had another.
 */
export async function articleAt(db: Reader, addresses: readonly string[]): Promise<string | undefined> {
  for (const path of addresses.flatMap(formsOf)) {
    const standing = (await standingPaths(db, [path])).get(path);
    if (standing !== undefined) return standing;
    const redirect = await db
      .selectFrom('redirects')
      .select(['article_id', 'to_path'])
      .where('from_path', '=', path)
      .executeTakeFirst();
    if (redirect?.article_id != null) return redirect.article_id;
    if (redirect?.to_path != null) {
      const to = (await standingPaths(db, [redirect.to_path])).get(redirect.to_path);
      if (to !== undefined) return to;
    }
    const code = /^\/s\/([^/]+)$/.exec(path)?.[1];
    const link =
      code === undefined
        ? undefined
        : await db
            .selectFrom('short_links')
            .select('article_id')
            .where('code', '=', decodeURIComponent(code))
            .executeTakeFirst();
    if (link?.article_id != null) return link.article_id;
  }
  return undefined;
}

/** Last parts that are other ways to the same page. */
const SAME_PAGE = /\/(?:amp|index\.(?:html?|php))$/i;

/** The path of an address as it is; then without what only says how the page is shown; then in small letters, as many servers take it. */
function formsOf(address: string): string[] {
  const path = oldPath(address);
  if (path === undefined) return [];
  const page = path.replace(SAME_PAGE, '');
  // An escape of an octet stays as it is written: %C3, never %c3.
  const small = page.replace(/%[0-9A-F]{2}|[A-Z]/g, (part) =>
    part.length === 1 ? part.toLowerCase() : part,
  );
  return [...new Set([path, page, small])].filter((form) => form !== '');
}
