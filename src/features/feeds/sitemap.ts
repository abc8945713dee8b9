import { escapeHtml } from './doc-html.ts';
import type { NewsEntry, SitemapEntry } from './feeds.views.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NS = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** A sitemap index (sitemaps.org 0.9): one file a month, more where a month has more stories than a file may hold. */
export function writeSitemapIndex(addresses: readonly string[]): string {
  const rows = addresses.map((address) => `<sitemap><loc>${escapeHtml(address)}</loc></sitemap>`);
  return `${HEAD}<sitemapindex xmlns="${NS}">\n${rows.join('\n')}\n</sitemapindex>\n`;
}

/** A sitemap of stories, each with its translations as `xhtml:link` alternates where they stand in the same file. */
export function writeSitemap(
  origin: string,
  { entries = [], pages = [] }: { entries?: readonly SitemapEntry[]; pages?: readonly string[] },
): string {
  const groups = Map.groupBy(entries, (entry) => entry.group);
  const rows = entries.map((entry) => {
    const siblings = groups.get(entry.group) ?? [];
    const alternates =
      siblings.length < 2
        ? ''
        : siblings
            .map(
              (other) =>
                `<xhtml:link rel="alternate" hreflang="${escapeHtml(other.language)}" href="${escapeHtml(origin + other.path)}"/>`,
            )
            .join('');
    return `<url><loc>${escapeHtml(origin + entry.path)}</loc><lastmod>${entry.modifiedAt}</lastmod>${alternates}</url>`;
  });
  const others = pages.map((path) => `<url><loc>${escapeHtml(origin + path)}</loc></url>`);
  return `${HEAD}<urlset xmlns="${NS}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${[...others, ...rows].join('\n')}\n</urlset>\n`;
}

/** A news sitemap (Google's news extension): stories of the last two days, at most a thousand. */
export function writeNewsSitemap(
  origin: string,
  { name, entries }: { name: string; entries: readonly NewsEntry[] },
): string {
  const rows = entries.map(
    (entry) =>
      `<url><loc>${escapeHtml(origin + entry.path)}</loc><news:news><news:publication><news:name>${escapeHtml(name)}</news:name>` +
      `<news:language>${escapeHtml(newsLanguage(entry.language))}</news:language></news:publication>` +
      `<news:publication_date>${entry.publishedAt}</news:publication_date><news:title>${escapeHtml(entry.headline)}</news:title></news:news></url>`,
  );
  return `${HEAD}<urlset xmlns="${NS}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n${rows.join('\n')}\n</urlset>\n`;
}

/** ISO 639 codes only, but for the two Chinese scripts. */
function newsLanguage(tag: string): string {
  if (tag === 'zh-Hans' || tag === 'zh-CN') return 'zh-cn';
  if (tag === 'zh-Hant' || tag === 'zh-TW') return 'zh-tw';
  return tag.split('-')[0] ?? tag;
}
