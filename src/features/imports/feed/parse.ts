import type { AtomFeed, JsonFeed, MediaNs, RdfFeed, RssFeed } from 'feedsmith';
import { ParseError, parseAtomFeed, parseRdfFeed, parseRssFeed } from 'feedsmith';
import type { FeedEntry, FeedHead, FeedMedia, FeedText } from './entry.ts';
import type { FeedRoot } from './pieces.ts';

const KIND = 'http://schemas.google.com/g/2005#kind';

/** A feed of one entry, or of none, in one shape for all formats; what says nothing at all is empty. */
export function parsePiece(root: FeedRoot, xml: string): { head: FeedHead; entry: FeedEntry | undefined } {
  try {
    return parseAny(root, xml);
  } catch (error) {
    // The XML is well-formed, which was seen to before: the parser found nothing in it that it knows.
    if (error instanceof ParseError) return { head: { authors: [] }, entry: undefined };
    throw error;
  }
}

function parseAny(root: FeedRoot, xml: string): { head: FeedHead; entry: FeedEntry | undefined } {
  if (root === 'atom') {
    const feed = parseAtomFeed(xml);
    return {
      head: atomHead(feed),
      entry: feed.entries?.[0] === undefined ? undefined : atomEntry(feed.entries[0]),
    };
  }
  const feed: RssFeed.Feed<string> | RdfFeed.Feed<string> =
    root === 'rss' ? parseRssFeed(xml) : parseRdfFeed(xml);
  const [item] = feed.items ?? [];
  return { head: rssHead(feed), entry: item === undefined ? undefined : rssEntry(item) };
}

function rssHead(feed: RssFeed.Feed<string> | RdfFeed.Feed<string>): FeedHead {
  const language = 'language' in feed ? feed.language : undefined;
  return {
    title: feed.title,
    link: feed.link,
    language: language ?? feed.dc?.languages?.[0] ?? feed.xml?.lang,
    authors: [],
  };
}

const html = (text: string): FeedText => ({ text, isHtml: true });

function rssEntry(item: RssFeed.Item<string> | RdfFeed.Item<string>): FeedEntry {
  const rss = item as RssFeed.Item<string>;
  const rdf = item as RdfFeed.Item<string>;
  const guid = rss.guid?.value ?? rdf.rdf?.about;
  const isPermalink =
    rss.guid !== undefined && rss.guid.isPermaLink !== false && /^https?:\/\//.test(rss.guid.value ?? '');
  const encoded = item.content?.encoded;
  const authors = rss.authors?.map(({ name, email }) => ({ name, email })) ?? [];
  const creators = [...(item.dc?.creators ?? []), ...(item.dcterms?.creators ?? [])].map((name) => ({
    name,
  }));
  return {
    id: guid,
    links: [item.link, isPermalink ? guid : undefined].filter((link) => link !== undefined),
    title: html(item.title ?? item.dc?.titles?.[0] ?? ''),
    summary: encoded === undefined || item.description === undefined ? undefined : html(item.description),
    content:
      encoded !== undefined
        ? html(encoded)
        : item.description === undefined
          ? undefined
          : html(item.description),
    authors: creators.length > 0 ? creators : authors,
    categories: [...(rss.categories ?? []).map(({ name }) => name ?? ''), ...(item.dc?.subjects ?? [])],
    published: rss.pubDate ?? item.dc?.dates?.[0] ?? item.dcterms?.issued?.[0] ?? item.dcterms?.created?.[0],
    updated: item.dcterms?.modified?.[0] ?? item.atom?.updated,
    language: item.dc?.languages?.[0] ?? item.xml?.lang,
    source: rss.source?.title ?? item.dc?.publishers?.[0],
    media: [
      ...(rss.enclosures ?? []).flatMap(({ url, type }) => (url === undefined ? [] : [{ url, type }])),
      ...mediaOf(item.media),
    ],
  };
}

function mediaOf(media: MediaNs.ItemOrFeed | undefined): FeedMedia[] {
  if (media === undefined) return [];
  const about = (of: MediaNs.Content | MediaNs.Group | MediaNs.ItemOrFeed): Partial<FeedMedia> => ({
    title: of.title?.value,
    caption: of.description?.value,
    credit: of.credits?.map(({ value }) => value).join(' / ') || of.copyright?.value,
  });
  const shared = about(media);
  const contents = [
    ...(media.contents ?? []).map((content) => ({ content, around: shared })),
    ...(media.groups ?? []).flatMap((group) =>
      (group.contents ?? []).map((content) => ({ content, around: { ...shared, ...compact(about(group)) } })),
    ),
  ];
  const found: FeedMedia[] = contents.flatMap(({ content, around }) =>
    content.url === undefined
      ? []
      : [
          {
            url: content.url,
            type: content.type ?? (content.medium === undefined ? undefined : `${content.medium}/*`),
            width: content.width,
            ...around,
            ...compact(about(content)),
          },
        ],
  );
  const thumbnails = [
    ...(media.thumbnails ?? []),
    ...(media.contents ?? []).flatMap(({ thumbnails: of }) => of ?? []),
    ...(media.groups ?? []).flatMap(({ thumbnails: of }) => of ?? []),
  ];
  for (const { url, width } of thumbnails)
    if (url !== undefined) found.push({ url, type: 'image/*', width: width ?? 0, ...shared });
  return found;
}

function compact<T extends object>(of: T): Partial<T> {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function atomHead(feed: AtomFeed.Feed<string>): FeedHead {
  return {
    title: feed.title?.value,
    link: feed.links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href ?? feed.xml?.base,
    language: feed.xml?.lang ?? feed.dc?.languages?.[0],
    authors: feed.authors?.map(({ name, email }) => ({ name, email })) ?? [],
  };
}

function atomText(text: { value?: string; type?: string } | undefined): FeedText | undefined {
  if (text?.value === undefined || text.value === '') return undefined;
  return {
    text: text.value,
    isHtml: text.type !== undefined && text.type !== 'text' && text.type !== 'text/plain',
  };
}

function atomEntry(entry: AtomFeed.Entry<string>): FeedEntry {
  const links = entry.links ?? [];
  const kind = entry.categories?.find(({ scheme }) => scheme === KIND)?.term?.split('#')[1];
  const content =
    atomText(entry.content) ??
    (entry.content?.src === undefined
      ? undefined
      : html(`<p><a href="${entry.content.src}">${entry.content.src}</a></p>`));
  const summary = atomText(entry.summary);
  return {
    id: entry.id,
    links: links
      .filter(({ rel }) => rel === undefined || rel === 'alternate')
      .flatMap(({ href }) => (href === undefined ? [] : [href])),
    title: atomText(entry.title) ?? { text: '', isHtml: false },
    summary: content === undefined ? undefined : summary,
    content: content ?? summary,
    authors: (entry.authors ?? entry.source?.authors ?? []).map(({ name, email }) => ({ name, email })),
    categories: (entry.categories ?? [])
      .filter(({ scheme }) => scheme !== KIND)
      .map(({ label, term }) => label ?? term ?? ''),
    published: entry.published ?? entry.updated,
    updated: entry.updated,
    language: entry.content?.xml?.lang ?? entry.xml?.lang,
    source: entry.source?.title?.value,
    media: [
      ...links
        .filter(({ rel }) => rel === 'enclosure')
        .flatMap(({ href, type, title }) => (href === undefined ? [] : [{ url: href, type, title }])),
      ...mediaOf(entry.media),
    ],
    kind:
      kind === undefined || kind === 'post'
        ? undefined
        : kind === 'page' || kind === 'comment'
          ? kind
          : 'other',
    draft: entry.app?.control?.draft,
    inReplyTo: entry.thr?.inReplyTos?.[0]?.ref,
  };
}

/** An item of a JSON Feed (jsonfeed.org 1.0 and 1.1). */
export function jsonEntry(item: JsonFeed.Item<string>): FeedEntry {
  const image = item.image ?? item.banner_image;
  const content =
    item.content_html !== undefined
      ? html(item.content_html)
      : item.content_text !== undefined
        ? { text: item.content_text, isHtml: false }
        : undefined;
  const summary = item.summary === undefined ? undefined : { text: item.summary, isHtml: false };
  return {
    id: item.id,
    links: [item.url, item.url === undefined ? item.external_url : undefined].filter(
      (link) => link !== undefined,
    ),
    title: { text: item.title ?? '', isHtml: false },
    summary: content === undefined ? undefined : summary,
    content: content ?? summary,
    authors: item.authors ?? [],
    categories: item.tags ?? [],
    published: item.date_published,
    updated: item.date_modified,
    language: item.language,
    media: [
      ...(image === undefined ? [] : [{ url: image, type: 'image/*' }]),
      ...(item.attachments ?? []).flatMap(({ url, mime_type: type, title }) =>
        url === undefined ? [] : [{ url, type, title }],
      ),
    ],
  };
}
