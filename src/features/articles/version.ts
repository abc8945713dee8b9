import { dayIn } from '../../base/clock.ts';
import { canonicalJson, fromJson, toJson } from '../../base/json.ts';
import type { ArticleContent, PublishedVersion, StoryDigest, VersionReason } from '../../contract/article.ts';
import type { SiteSettings } from '../../contract/site.ts';
import type { PublishedState } from './articles.events.ts';
import type { ArticleRow, PublishedRow } from './articles.store.ts';
import type { resolveNouns } from './resolve.ts';

/** A version that is ready to go on the record. */
export type PreparedVersion = {
  readonly row: ArticleRow;
  readonly revision: number;
  readonly version: PublishedVersion;
  readonly visibility: PublishedRow['visibility'];
  readonly before: PublishedRow | undefined;
  readonly by: string | null;
};

/** The public state that a row of `published_articles` stands for. */
export function stateOf(
  row: Pick<PublishedRow, 'visibility' | 'published_at' | 'published_day' | 'version'>,
): PublishedState {
  return {
    visibility: row.visibility,
    publishedAt: row.published_at,
    day: row.published_day,
    version: fromJson<PublishedVersion>(row.version as string),
  };
}

/** The projection row of a version: everything in it follows from the version alone (and the site's time zone). */
export function publishedRow(
  {
    version,
    visibility,
    row,
  }: Pick<PreparedVersion, 'version' | 'visibility'> & {
    row: Pick<ArticleRow, 'translation_group'>;
  },
  site: SiteSettings,
): PublishedRow {
  return {
    article_id: version.article,
    kind: version.kind,
    visibility,
    path: version.path,
    version_number: version.version,
    language: version.language,
    translation_group: row.translation_group,
    section_id: version.section?.id ?? null,
    headline: version.headline,
    lede: version.lede,
    urgency: version.urgency,
    published_at: version.firstPublishedAt,
    published_day: dayIn(version.firstPublishedAt, site.timeZone),
    modified_at: version.publishedAt,
    lead_asset_id: version.leadPicture?.asset ?? null,
    short_code: null,
    edition: editionOf(version.language, site.languages),
    card: canonicalJson(digestOfVersion(version)),
    version: toJson(version),
  };
}

/** The site's language that an article is listed under: the same tag, else the same primary language, else the site's first. */
export function editionOf(language: string, languages: readonly string[]): string {
  const primary = (tag: string): string => tag.split('-')[0] ?? tag;
  return (
    languages.find((tag) => tag === language) ??
    languages.find((tag) => primary(tag) === primary(language)) ??
    languages[0] ??
    language
  );
}

function digestOfVersion(version: PublishedVersion): StoryDigest {
  const picture = version.leadPicture;
  return {
    ...(version.section === undefined ? {} : { section: version.section }),
    storylines: version.storylines,
    bylines: version.bylines.map((byline) => byline.name),
    reason: version.reason,
    ...(picture === undefined
      ? {}
      : {
          picture: {
            asset: picture.asset,
            caption: picture.caption,
            credit: picture.credit,
            alt: picture.alt,
          },
        }),
  };
}

/** A version complete in itself: what an editor wrote, with every name written out. */
export function versionFrom(from: {
  readonly articleId: string;
  readonly number: number;
  readonly reason: VersionReason;
  readonly note: string;
  readonly severity: 'minor' | 'major' | undefined;
  readonly publishedAt: string;
  readonly firstPublishedAt: string;
  readonly path: string;
  readonly content: ArticleContent;
  readonly named: ReturnType<typeof resolveNouns>;
}): PublishedVersion {
  const { content, severity } = from;
  const { kicker, dateline, canonicalUrl, socialTitle, socialDescription } = content;
  return {
    schema: 1,
    article: from.articleId,
    version: from.number,
    reason: from.reason,
    note: from.note,
    ...(severity === undefined ? {} : { severity }),
    publishedAt: from.publishedAt,
    firstPublishedAt: from.firstPublishedAt,
    path: from.path,
    kind: content.kind,
    language: content.language,
    headline: content.headline,
    ...(kicker === undefined ? {} : { kicker }),
    lede: content.lede,
    ...(dateline === undefined ? {} : { dateline }),
    body: content.body,
    urgency: content.urgency,
    ...(canonicalUrl === undefined ? {} : { canonicalUrl }),
    ...(socialTitle === undefined ? {} : { socialTitle }),
    ...(socialDescription === undefined ? {} : { socialDescription }),
    discussion: content.discussion,
    ...from.named,
  };
}
