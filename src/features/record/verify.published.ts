import { canonicalJson, fromJson, type Json, toJson } from '../../base/json.ts';
import { dayIn } from '../../base/clock.ts';
import type { PublishedVersion } from '../../contract/article.ts';
import { defaultSite, type SiteSettings } from '../../contract/site.ts';
import type { Reader } from '../../storage/db.ts';
import { readSetting } from '../../storage/settings.store.ts';
import type { LeafContent } from './contents.ts';
import type { LeafEntry } from './entries.ts';
import type { Faults } from './report.ts';

/** Columns of `published_articles` that follow from a version and the site's settings: name to value. */
export type Expected = (
  version: PublishedVersion,
  site: SiteSettings,
) => Readonly<Record<string, string | number | null>>;

const BATCH = 200;

type VersionRow = {
  leaf_index: number;
  v_article: string | null;
  v_number: number | null;
  v_reason: string | null;
  v_note: string | null;
  v_severity: string | null;
  v_published: string | null;
};

/** Compares the newsroom's row of a version with its leaf, and with what the leaf commits to where that is still there. */
export function checkVersionRow(
  row: VersionRow,
  leaf: { entry: LeafEntry; content: LeafContent | undefined; faults: Faults },
): void {
  const { entry, content, faults } = leaf;
  if (row.v_article === null) {
    faults.add('article_versions', `has no row for leaf ${row.leaf_index}`);
    return;
  }
  const version =
    content?.state === 'shown' ? fromJson(content.content as Json<PublishedVersion>) : undefined;
  const pairs: [string, unknown, unknown][] = [
    ['article_id', row.v_article, entry.article],
    ['version_number', row.v_number, entry.version],
    ['reason', row.v_reason, entry.reason],
    ['published_at', row.v_published, entry.publishedAt],
    ['note', row.v_note, version === undefined ? row.v_note : version.note],
    ['severity', row.v_severity, version === undefined ? row.v_severity : (version.severity ?? null)],
  ];
  for (const [column, is, wanted] of pairs) {
    if (is === wanted) continue;
    faults.add(
      `article_versions.${column}, leaf_index ${row.leaf_index}`,
      `is ${toJson(is)}, the record says ${toJson(wanted)}`,
    );
  }
}

/** That readers are shown exactly the latest version of each article that the record has. */
export async function checkPublished(
  db: Reader,
  { faults, expected }: { faults: Faults; expected: Expected | undefined },
): Promise<void> {
  const site = (await readSetting<SiteSettings>(db, 'site')) ?? defaultSite;
  let after = '';
  let seen = 0;
  for (;;) {
    const rows = await db
      .selectFrom('published_articles')
      .selectAll()
      .where('article_id', '>', after)
      .orderBy('article_id')
      .limit(BATCH)
      .execute();
    const latest = await latestVersions(
      db,
      rows.map((row) => row.article_id),
    );
    for (const row of rows) {
      const place = (column: string): string => `published_articles.${column}, article ${row.article_id}`;
      const newest = latest.get(row.article_id);
      if (newest === undefined) {
        faults.add(place('article_id'), 'is shown to readers, and is not on the record');
        continue;
      }
      if (newest.content === null) {
        faults.add(place('version'), 'is shown to readers, though that version was erased');
        continue;
      }
      if (!holds(row.version, newest.content)) {
        faults.add(place('version'), 'is not the content of the article’s latest leaf');
        continue;
      }
      // The same value as the leaf's, with its members in the order in which the columns were made of it.
      const version = fromJson(row.version as Json<PublishedVersion>);
      const wanted = { ...columnsOf(version, site), ...expected?.(version, site) };
      for (const [column, value] of Object.entries(wanted)) {
        const is = (row as Record<string, unknown>)[column];
        const zone = column === 'published_day' ? ` in the site’s time zone, ${site.timeZone}` : '';
        if (is !== value)
          faults.add(place(column), `is ${toJson(is)}, the record says ${toJson(value)}${zone}`);
      }
    }
    seen += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) break;
    after = last.article_id;
  }
  const { articles } = await db
    .selectFrom('record_leaves')
    .select((eb) => eb.fn.count<number>('article_id').distinct().as('articles'))
    .executeTakeFirstOrThrow();
  if (Number(articles) !== seen)
    faults.add('published_articles', `has ${seen} rows for the ${Number(articles)} articles on the record`);
}

/** Whether a stored version is the committed one: the same value, in the plain form that `toJson` writes. */
function holds(stored: string, content: string): boolean {
  try {
    const value: unknown = JSON.parse(stored);
    return canonicalJson(value) === content && toJson(value) === stored;
  } catch {
    return false;
  }
}

function columnsOf(version: PublishedVersion, site: SiteSettings): Record<string, string | number | null> {
  const visibility = { kill: 'killed', takedown: 'taken_down' } as const;
  return {
    kind: version.kind,
    visibility:
      version.reason === 'kill' || version.reason === 'takedown' ? visibility[version.reason] : 'live',
    path: version.path,
    version_number: version.version,
    language: version.language,
    section_id: version.section?.id ?? null,
    headline: version.headline,
    lede: version.lede,
    urgency: version.urgency,
    published_at: version.firstPublishedAt,
    published_day: dayIn(version.firstPublishedAt, site.timeZone),
    modified_at: version.publishedAt,
    lead_asset_id: version.leadPicture?.asset ?? null,
  };
}

async function latestVersions(
  db: Reader,
  articles: readonly string[],
): Promise<Map<string, { content: string | null }>> {
  const latest = new Map<string, { content: string | null }>();
  if (articles.length === 0) return latest;
  const rows = await db
    .selectFrom('record_leaves as l')
    .innerJoin('record_contents as c', 'c.leaf_index', 'l.leaf_index')
    .select(['l.article_id', 'c.content'])
    .where('l.leaf_index', 'in', (eb) =>
      eb
        .selectFrom('record_leaves as m')
        .select((max) => max.fn.max('m.leaf_index').as('leaf'))
        .where('m.article_id', 'in', articles)
        .groupBy('m.article_id'),
    )
    .execute();
  for (const row of rows) latest.set(row.article_id, { content: row.content });
  return latest;
}
