import type { PublishedVersion } from '../../contract/article.ts';
import { commentText } from '../../contract/comment-doc.ts';
import { docText } from '../../contract/document.ts';
import type { CommentView, DiscussionView, JsonLd, Picture, StoryCard } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import type { SiteSettings } from '../../contract/site.ts';

/** schema.org `NewsArticle` of a published version, with its corrections as `CorrectionComment`s. */
export function newsArticle(options: {
  version: PublishedVersion;
  settings: SiteSettings;
  origin: string;
  picture: Picture | undefined;
  modifiedAt: string;
  corrections: readonly { at: string; text: string }[];
  discussion?: DiscussionView;
}): JsonLd {
  const { version, settings, origin, picture } = options;
  const url = origin + version.path;
  const publisher = {
    '@type': 'NewsMediaOrganization',
    name: settings.publisher ?? settings.name,
    url: origin,
    ...((settings.social ?? []).length === 0 ? {} : { sameAs: settings.social.map(({ href }) => href) }),
  };
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': url,
    url,
    mainEntityOfPage: url,
    headline: version.headline,
    ...(version.lede === '' ? {} : { description: version.lede }),
    inLanguage: version.language,
    datePublished: version.firstPublishedAt,
    dateModified: options.modifiedAt,
    ...(version.section === undefined ? {} : { articleSection: version.section.name }),
    author:
      version.bylines.length === 0
        ? publisher
        : version.bylines.map((byline) => ({
            '@type': 'Person',
            name: byline.name,
            ...(byline.slug === undefined || byline.slug === ''
              ? {}
              : { url: origin + paths.author(byline.slug) }),
          })),
    publisher,
    ...(picture === undefined
      ? {}
      : {
          image: [
            {
              '@type': 'ImageObject',
              url: origin + picture.src,
              width: picture.width,
              height: picture.height,
              ...(picture.caption === undefined ? {} : { caption: picture.caption }),
              ...(picture.credit === undefined ? {} : { creditText: picture.credit }),
            },
            ...(picture.shaped ?? []).map((path) => origin + path),
          ],
        }),
    ...(version.concepts.length === 0 ? {} : { keywords: version.concepts.map((concept) => concept.name) }),
    ...(version.storylines.length === 0
      ? {}
      : {
          isPartOf: version.storylines.map((line) => ({
            '@type': 'CreativeWorkSeries',
            name: line.title,
            url: origin + paths.storyline(line.slug),
          })),
        }),
    ...(version.dateline === undefined ? {} : { dateline: datelineText(version.dateline) }),
    wordCount: docText(version.body)
      .split(/\s+/u)
      .filter((word) => word !== '').length,
    ...(options.corrections.length === 0
      ? {}
      : {
          correction: options.corrections.map(({ at, text }) => ({
            '@type': 'CorrectionComment',
            datePublished: at,
            text,
          })),
        }),
    ...(options.discussion === undefined
      ? {}
      : {
          commentCount: options.discussion.count,
          discussionUrl: `${url}#discussion`,
          ...(options.discussion.threads.length === 0
            ? {}
            : {
                comment: options.discussion.threads.slice(0, 3).flatMap(({ top }) => commentLd(top, origin)),
              }),
        }),
    isAccessibleForFree: true,
  };
}

/** schema.org `Comment`: what search engines read of a discussion. A gap is none. */
function commentLd(comment: CommentView, origin: string): JsonLd[] {
  if (comment.body === undefined) return [];
  return [
    {
      '@type': 'Comment',
      '@id': origin + comment.href,
      url: origin + comment.href,
      text: commentText(comment.body),
      dateCreated: comment.at,
      ...(comment.author === undefined ? {} : { author: { '@type': 'Person', name: comment.author.name } }),
      upvoteCount: comment.reactions.up,
      downvoteCount: comment.reactions.down,
    },
  ];
}

function datelineText(dateline: {
  place: string;
  date?: string | undefined;
  source?: string | undefined;
}): string {
  return [dateline.place, dateline.date, dateline.source === undefined ? undefined : `(${dateline.source})`]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** The way from the front page to here. */
export function breadcrumbs(origin: string, crumbs: readonly { name: string; path: string }[]): JsonLd {
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: crumbs.map((crumb, i) => ({
      '@type': 'ListItem',
      position: i + 1,
      name: crumb.name,
      item: origin + crumb.path,
    })),
  };
}

/** A list of stories in its order. */
export function itemList(
  origin: string,
  { name, stories }: { name: string; stories: readonly StoryCard[] },
): JsonLd {
  return {
    '@context': 'https://schema.org',
    '@type': 'ItemList',
    name,
    numberOfItems: stories.length,
    itemListElement: stories.map((story, i) => ({
      '@type': 'ListItem',
      position: i + 1,
      url: origin + story.href,
      name: story.headline,
    })),
  };
}
