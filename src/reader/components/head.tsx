import type { VNode } from 'preact';
import type { OpenGraph, PageBase } from '../../contract/pages.ts';
import { safeHref, scriptJson } from '../safe.ts';

const FEED_TYPES = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
};

/** The fonts that a page shows above the fold, by the script of its language. */
function firstFonts(lang: string): string[] {
  const language = lang.split('-')[0] ?? '';
  if (['ar', 'fa', 'ur'].includes(language)) return ['naskh-arabic'];
  if (['ru', 'uk', 'be', 'bg', 'sr', 'mk', 'kk'].includes(language))
    return ['display-cyrillic', 'text-cyrillic'];
  return ['display-latin', 'text-latin'];
}

function OpenGraphTags({ og, page }: { og: OpenGraph; page: PageBase }): VNode {
  const tags: [string, string | undefined][] = [
    ['og:site_name', page.site.name],
    ['og:type', og.type],
    ['og:title', og.title],
    ['og:description', og.description],
    ['og:url', page.canonical],
    ['og:locale', page.lang.replace('-', '_')],
    ['og:image', og.image?.url],
    ['og:image:width', og.image?.width.toString()],
    ['og:image:height', og.image?.height.toString()],
    ['og:image:alt', og.image?.alt],
    ['article:published_time', og.publishedAt],
    ['article:modified_time', og.updatedAt],
    ['article:section', og.section],
    ...(og.tags ?? []).map((tag): [string, string] => ['article:tag', tag]),
  ];
  return (
    <>
      {tags.map(
        ([property, content]) => content !== undefined && <meta property={property} content={content} />,
      )}
      {og.image !== undefined && <meta name="twitter:card" content="summary_large_image" />}
    </>
  );
}

/** The document's head: nothing inline but data, nothing of another origin. */
export function Head({ page }: { page: PageBase }): VNode {
  const { site, assets } = page;
  const title = page.title === site.name ? site.name : `${page.title} | ${site.name}`;
  return (
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <link rel="stylesheet" href={assets.css} />
      {page.comments === true && assets.discussionCss !== undefined && (
        <link rel="stylesheet" href={assets.discussionCss} />
      )}
      {site.themeHref !== undefined && <link rel="stylesheet" href={site.themeHref} />}
      {firstFonts(page.lang).map(
        (name) =>
          assets.fonts[name] !== undefined && (
            <link
              rel="preload"
              href={assets.fonts[name]}
              as="font"
              type="font/woff2"
              crossorigin="anonymous"
            />
          ),
      )}
      <script type="module" src={assets.js} />
      {page.description !== undefined && <meta name="description" content={page.description} />}
      {page.robots !== undefined && <meta name="robots" content={page.robots} />}
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#fbf8f2" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#151412" media="(prefers-color-scheme: dark)" />
      <link rel="canonical" href={page.canonical} />
      {assets.icon !== undefined && <link rel="icon" href={assets.icon} type="image/svg+xml" />}
      {page.alternates.map((alternate) => (
        <link rel="alternate" hreflang={alternate.lang} href={safeHref(alternate.href)} />
      ))}
      {page.feeds.map((feed) => (
        <link rel="alternate" type={FEED_TYPES[feed.type]} title={feed.title} href={safeHref(feed.href)} />
      ))}
      {page.oembedHref !== undefined && (
        <link rel="alternate" type="application/json+oembed" title={page.title} href={page.oembedHref} />
      )}
      {page.og !== undefined && <OpenGraphTags og={page.og} page={page} />}
      {page.jsonLd.map((block) => (
        <script
          type="application/ld+json"
          dangerouslySetInnerHTML={{ __html: scriptJson({ '@context': 'https://schema.org', ...block }) }}
        />
      ))}
    </head>
  );
}
