import type { Instant } from '../../base/clock.ts';
import type { ArticleContent } from '../../contract/article.ts';
import type { DeskRules, Finding } from '../../contract/desks.ts';
import type { Reader } from '../../storage/db.ts';
import type { AssetFacts, CheckFacts, LinkFacts } from './checks.ts';
import { findings, levelOf } from './checks.ts';
import { linksIn, picturesIn } from './places.ts';

export type Examined = {
  readonly articleId: string;
  readonly revision: number;
  readonly content: ArticleContent;
  readonly rules: DeskRules;
  /** When readers would see it. */
  readonly at: Instant;
};

/** What the checks of its desk find in one revision of an article. Reads only what the checks that are on need. */
export async function examine(db: Reader, item: Examined): Promise<Finding[]> {
  return findings(item.content, await factsOf(db, item), item.rules);
}

async function factsOf(db: Reader, item: Examined): Promise<CheckFacts> {
  const { articleId, revision, content, rules, at } = item;
  const on = (check: Parameters<typeof levelOf>[1]): boolean => levelOf(rules, check) !== 'off';
  const pictures = on('picture-credit') || on('picture-alt') || on('picture-rights');
  return {
    at,
    revision,
    assets: pictures
      ? await assetsOf(
          db,
          picturesIn(content, { everything: true }).map(({ asset }) => asset),
        )
      : new Map(),
    links: on('links')
      ? await linksOf(
          db,
          linksIn(content).map(({ url }) => url),
        )
      : new Map(),
    twins: on('duplicate-headline') ? await twinsOf(db, articleId, content) : [],
    approvals: on('eyes') ? await approvalsOf(db, articleId, revision) : 0,
    ticks: on('checklist') ? await ticksOf(db, articleId) : new Map(),
  };
}

async function assetsOf(db: Reader, ids: readonly string[]): Promise<Map<string, AssetFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('assets')
    .select(['id', 'kind', 'file_name', 'credit', 'alt', 'rights_expire_at', 'withdrawn'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        kind: row.kind,
        fileName: row.file_name,
        credit: row.credit,
        alt: row.alt,
        rightsExpireAt: row.rights_expire_at,
        withdrawn: row.withdrawn === 1,
      },
    ]),
  );
}

/** What is known of addresses: of other sites from when they were asked, of our own from what is published. */
async function linksOf(db: Reader, urls: readonly string[]): Promise<Map<string, LinkFacts>> {
  const found = new Map<string, LinkFacts>();
  const outside = urls.filter((url) => !url.startsWith('/'));
  if (outside.length > 0) {
    const rows = await db.selectFrom('link_checks').selectAll().where('url', 'in', outside).execute();
    for (const row of rows) found.set(row.url, { state: row.state, detail: row.detail });
  }
  for (const url of urls) if (url.startsWith('/')) found.set(url, await ownLink(db, url));
  return found;
}

/** An article's address is `/section/2015/01/21/slug`; of other addresses of the house nothing can be said from here. */
async function ownLink(db: Reader, url: string): Promise<LinkFacts> {
  const path = decoded(url.split(/[?#]/, 1)[0] ?? url);
  if (!/^\/[^/]+\/\d{4}\/\d{2}\/\d{2}\/[^/]+$/.test(path)) return { state: 'unsure', detail: '' };
  const row = await db
    .selectFrom('published_articles')
    .select('visibility')
    .where('path', 'in', [path, url])
    .executeTakeFirst();
  if (row !== undefined)
    return row.visibility === 'live'
      ? { state: 'alive', detail: '' }
      : { state: 'dead', detail: 'the article was withdrawn' };
  const moved = await db
    .selectFrom('redirects')
    .select('status')
    .where('from_path', 'in', [path, url])
    .executeTakeFirst();
  return moved === undefined || moved.status === 410
    ? { state: 'dead', detail: 'there is no such article' }
    : { state: 'alive', detail: '' };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function twinsOf(
  db: Reader,
  articleId: string,
  content: ArticleContent,
): Promise<{ id: string; headline: string }[]> {
  return db
    .selectFrom('articles')
    .select(['id', 'headline'])
    .where('headline', '=', content.headline)
    .where('language', '=', content.language)
    .where('id', '<>', articleId)
    .where('state', 'not in', ['killed', 'taken_down'])
    .limit(1)
    .execute();
}

/** Approvals of a revision by others than who wrote it. */
async function approvalsOf(db: Reader, articleId: string, revision: number): Promise<number> {
  const writer = await db
    .selectFrom('article_revisions')
    .select('created_by')
    .where('article_id', '=', articleId)
    .where('revision_number', '=', revision)
    .executeTakeFirst();
  const rows = await db
    .selectFrom('desk_approvals')
    .select('created_by')
    .where('article_id', '=', articleId)
    .where('revision_number', '=', revision)
    .execute();
  return rows.filter((row) => row.created_by !== writer?.created_by).length;
}

async function ticksOf(db: Reader, articleId: string): Promise<Map<string, { revision: number }>> {
  const rows = await db
    .selectFrom('desk_ticks')
    .select(['item', 'revision_number'])
    .where('article_id', '=', articleId)
    .execute();
  return new Map(rows.map((row) => [row.item, { revision: row.revision_number }]));
}
