import { truncate } from '../../base/text.ts';
import type { PublishedVersion } from '../../contract/article.ts';
import { paths } from '../../contract/routes.ts';
import type { SiteSettings } from '../../contract/site.ts';
import type { Reader } from '../../storage/db.ts';
import type { ArticlePublished } from '../articles/articles.events.ts';
import { entriesPath } from '../record/record.ts';

/** What an address must answer for a version to have reached it. Texts are looked for in what a reader reads, marks-up removed. */
export type Expectation = {
  readonly status: readonly number[];
  /** In the bytes as they are. */
  readonly holds?: readonly string[];
  readonly lacks?: readonly string[];
  /** In the text. */
  readonly says?: string;
  /** Where the first is in the bytes, the text says the second. */
  readonly where?: {
    readonly holds: string;
    readonly says: string;
    /** Words of the version before, that this one has taken back. */
    readonly unsaid?: readonly string[];
  };
  /** A redirect goes there. */
  readonly location?: string;
  /** A checkpoint of the record that covers so many leaves. */
  readonly leaves?: number;
};

export type Surface = { readonly surface: string; readonly url: string; readonly expected: Expectation };

/** The version that a receipt is of, as it stands at its making. */
export type ReceiptOf = {
  readonly visibility: 'live' | 'killed' | 'taken_down';
  readonly version: PublishedVersion;
  readonly day: string;
  readonly edition: string;
  readonly shortCode: string | null;
  readonly leafIndex: number;
  /** What the event says it touched, before and after. */
  readonly touched: Pick<
    ArticlePublished,
    'sections' | 'storylines' | 'concepts' | 'authors' | 'days' | 'editions'
  >;
  /** The headline that readers saw before a withdrawal: what they would search for. */
  readonly headline: string;
  /** What the version before said, where there is one. */
  readonly before: { readonly headline: string; readonly lede: string } | undefined;
};

const SAID = 80;
const phrase = (text: string): string => truncate(text, SAID).replace(/…$/, '');
/** The beginning of a lede that stands on one line everywhere, in JSON too. */
const opening = (lede: string): string => phrase(lede.split('\n')[0]?.trim() ?? '');

/** Words that the version before had and this one does not: where they still are, it has not arrived. */
function takenBack({ before, version }: ReceiptOf): string[] {
  const stays = [version.headline, version.lede, version.note].join('\n');
  return [phrase(before?.headline ?? ''), opening(before?.lede ?? '')].filter(
    (words) => words.length >= 12 && !stays.includes(words),
  );
}

/** Every address that a version must have reached. */
export async function surfacesOf(
  db: Reader,
  of: ReceiptOf,
  { settings, mirror, origin }: { settings: SiteSettings; mirror: boolean; origin: string },
): Promise<Surface[]> {
  const { version, visibility } = of;
  const live = visibility === 'live';
  const gone = visibility === 'killed' ? 410 : 451;
  const note = version.note === '' ? {} : { says: phrase(version.note) };
  const { path } = version;
  // A list shows the story as it is now, or does not show it any more; whether it has room for it is not for here to say.
  const list: Expectation = live
    ? { status: [200], where: { holds: path, says: phrase(version.headline), unsaid: takenBack(of) } }
    : { status: [200, 404], lacks: [path] };
  // Feeds tell the lede too.
  const told = live && opening(version.lede) !== '' ? opening(version.lede) : phrase(version.headline);
  const feed: Expectation = live
    ? { status: [200], where: { holds: path, says: told, unsaid: takenBack(of) } }
    : list;
  const corrected = live && (version.reason === 'correction' || version.reason === 'clarification');
  const found: Surface[] = [];
  const add = (surface: string, url: string, expected: Expectation): void =>
    void found.push({ surface, url, expected });

  add('page', path, { status: [live ? 200 : gone], ...(live ? { says: phrase(version.headline) } : note) });
  if (corrected) {
    add('notice', path, { status: [200], ...note });
    add('json-ld', path, { status: [200], holds: ['CorrectionComment'] });
  }
  add('history', paths.history(path), { status: [200], ...note });
  add('ninjs', paths.articleJson(path), {
    status: [live ? 200 : gone],
    ...(live
      ? {
          holds: [version.headline, opening(version.lede)].map((words) => JSON.stringify(words).slice(1, -1)),
        }
      : { holds: ['"pubStatus":"canceled"'] }),
  });
  add('record', paths.record('checkpoint'), { status: [200], leaves: of.leafIndex + 1 });
  const bundle = Math.floor(of.leafIndex / 256);
  add('record-entry', paths.record(entriesPath(bundle, (of.leafIndex % 256) + 1)), {
    status: [200],
    holds: [version.article],
  });
  for (const edition of of.touched.editions)
    add('front', paths.front(edition === settings.languages[0] ? undefined : edition), list);
  for (const address of await listsOf(db, of)) {
    add(address.surface, address.path, list);
    if (address.feed) add(`${address.surface}-feed`, paths.feed('json', address.path), feed);
  }
  add('rss', paths.feed('rss'), feed);
  add('atom', paths.feed('atom'), feed);
  add('json-feed', paths.feed('json'), feed);
  add('sitemap', paths.sitemapPart(of.day.slice(0, 7)), live ? { status: [200], holds: [path] } : list);
  add('news-sitemap', paths.sitemapNews(), list);
  const words = of.headline === '' ? version.headline : of.headline;
  if (words !== '') {
    const q = truncate(words, 120).replace(/["…]/g, ' ');
    add('search', paths.search({ q }), list);
    add('api', `${paths.api('search')}?${new URLSearchParams({ q }).toString()}`, list);
  }
  if (of.shortCode !== null)
    add('short-link', paths.shortLink(of.shortCode), { status: [301, 302, 308], location: path });
  if (version.kind === 'article')
    add('social-card', paths.socialCard(version.article, version.version), { status: [live ? 200 : 404] });
  add('oembed', paths.oembed(origin + path), {
    status: [live ? 200 : 404],
    ...(live ? { holds: [JSON.stringify(version.headline).slice(1, -1)] } : {}),
  });
  if (mirror)
    add('mirror', path, {
      status: live ? [200] : [gone, 404],
      ...(corrected ? note : live ? { says: phrase(version.headline) } : {}),
    });
  return found;
}

/** The pages of the nouns that a version touched, before or after. */
async function listsOf(
  db: Reader,
  { touched }: ReceiptOf,
): Promise<{ surface: string; path: `/${string}`; feed: boolean }[]> {
  const found: { surface: string; path: `/${string}`; feed: boolean }[] = [];
  const slugs = async (
    table: 'sections' | 'storylines' | 'concepts' | 'authors',
    ids: readonly string[],
  ): Promise<string[]> =>
    ids.length === 0
      ? []
      : (
          await db
            .selectFrom(table)
            .select('slug')
            .where('id', 'in', [...ids])
            .orderBy('slug')
            .execute()
        ).map((row) => row.slug);
  for (const slug of await slugs('sections', touched.sections))
    found.push({ surface: 'section', path: `/section/${slug}`, feed: true });
  for (const slug of await slugs('storylines', touched.storylines))
    found.push({ surface: 'storyline', path: `/storyline/${slug}`, feed: true });
  for (const slug of await slugs('concepts', touched.concepts))
    found.push({ surface: 'tag', path: `/tag/${slug}`, feed: false });
  for (const slug of await slugs('authors', touched.authors))
    found.push({ surface: 'author', path: `/author/${slug}`, feed: false });
  for (const day of touched.days)
    found.push({ surface: 'archive', path: paths.archive(day) as `/${string}`, feed: false });
  return found;
}
