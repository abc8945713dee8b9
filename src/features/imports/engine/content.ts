import { isLanguageTag, slugify, truncate } from '../../../base/text.ts';
import type { ArticleInput } from '../../../contract/article.ts';
import { type Doc, docText } from '../../../contract/document.ts';
import { reservedSegments } from '../../../contract/routes.ts';
import type { ArticleItem } from '../item.ts';

/** Our ids for what an article names, by external id. */
export type OurIds = {
  readonly author: ReadonlyMap<string, string>;
  readonly section: ReadonlyMap<string, string>;
  readonly concept: ReadonlyMap<string, string>;
  readonly storyline: ReadonlyMap<string, string>;
  readonly asset: ReadonlyMap<string, string>;
};

/** An outside article as the content of a revision. */
export function contentOf(item: ArticleItem, ids: OurIds, languages: readonly string[]): ArticleInput {
  const language =
    item.language !== undefined && isLanguageTag(item.language) ? item.language : (languages[0] ?? 'en');
  const [section] = item.sections.flatMap((ref) => ids.section.get(ref.externalId) ?? []);
  const lead = item.lead === undefined ? undefined : ids.asset.get(item.lead.asset);
  const slug = slugOf(item, language, languages);
  const concepts = item.concepts.flatMap((ref) => ids.concept.get(ref.externalId) ?? []);
  return {
    kind: item.articleKind,
    language,
    headline: headlineOf(item),
    ...(item.kicker === undefined ? {} : { kicker: item.kicker.slice(0, 100) }),
    lede: item.lede.slice(0, 3000),
    ...(slug === undefined ? {} : { slug }),
    ...(section === undefined || item.articleKind === 'page' ? {} : { section }),
    ...(item.dateline === undefined ? {} : { dateline: item.dateline }),
    bylines: item.bylines
      .filter((ref) => ref.name.trim() !== '')
      .slice(0, 30)
      .map((ref) => {
        const role = ref.role === undefined ? {} : { role: ref.role.slice(0, 100) };
        const author = ref.externalId === undefined ? undefined : ids.author.get(ref.externalId);
        return author === undefined ? { name: ref.name.slice(0, 200), ...role } : { author, ...role };
      }),
    body: withAssets(item.body, ids.asset),
    ...(lead === undefined || item.lead === undefined
      ? {}
      : {
          leadPicture: {
            asset: lead,
            ...(item.lead.caption === undefined ? {} : { caption: item.lead.caption.slice(0, 2000) }),
            ...(item.lead.credit === undefined ? {} : { credit: item.lead.credit.slice(0, 500) }),
            ...(item.lead.alt === undefined ? {} : { alt: item.lead.alt.slice(0, 1000) }),
          },
        }),
    storylines: [...new Set(item.storylines.flatMap((ref) => ids.storyline.get(ref.externalId) ?? []))].slice(
      0,
      20,
    ),
    concepts: [...new Set(concepts)].slice(0, 60),
    urgency: item.urgency ?? 5,
    ...(item.embargo === undefined ? {} : { embargo: item.embargo }),
    ...(item.canonicalUrl === undefined ? {} : { canonicalUrl: item.canonicalUrl }),
    discussion: item.discussion,
  };
}

function headlineOf(item: ArticleItem): string {
  const headline = item.headline.trim();
  if (headline !== '') return truncate(headline, 300);
  const text = item.lede === '' ? docText(item.body) : item.lede;
  return truncate(text, 80) || item.slug || item.externalId;
}

/** The old slug, so that addresses stay alike; one that belongs to the site itself, or to none of its alphabets, is made anew. */
function slugOf(item: ArticleItem, language: string, languages: readonly string[]): string | undefined {
  const slug = item.slug === undefined ? '' : slugify(safeDecode(item.slug), language);
  if (item.articleKind !== 'page') return slug === '' ? undefined : slug;
  // A page stands at the top, where the site's own addresses and the front pages of its languages are.
  const own = slug === '' ? slugify(headlineOf(item), language) : slug;
  return reservedSegments.has(own) || languages.includes(own) ? `${own}-page` : own === '' ? undefined : own;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A copy of a body in which external ids of assets are ours; a file that was never had stays named, and is left out when shown. */
function withAssets(body: Doc, assets: ReadonlyMap<string, string>): Doc {
  const text = JSON.stringify(body);
  return text.includes('"asset":')
    ? (JSON.parse(text, (name, value: unknown) =>
        name === 'asset' && typeof value === 'string' ? (assets.get(value) ?? value.slice(0, 200)) : value,
      ) as Doc)
    : body;
}

/** A body with a box of related stories at its end; as it is without any. */
export function withRelated(body: Doc, articles: readonly string[]): Doc {
  return articles.length === 0
    ? body
    : {
        type: 'doc',
        content: [...body.content, { type: 'relatedBox', attrs: { articles: [...articles] } }],
      };
}

/** The path of an old address, as requests are read: no trailing slash, each segment encoded alike; a WordPress `?p=12` with its query. */
export function oldPath(address: string): string | undefined {
  const url = URL.parse(address, 'http://old.invalid');
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  if (segments.length === 0) {
    const key = ['p', 'page_id'].find((name) => /^\d+$/.test(url.searchParams.get(name) ?? ''));
    return key === undefined ? undefined : `/?${key}=${url.searchParams.get(key)}`;
  }
  const path = `/${segments.map((segment) => encodeURIComponent(safeDecode(segment).toWellFormed().normalize('NFC'))).join('/')}`;
  return path.length > 1000 ? undefined : path;
}
