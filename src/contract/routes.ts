/**
 * The one typed map of addresses. Each entry builds a path; nothing else in the program writes a path as a string.
 * Segments are percent-encoded here.
 */
const seg = (value: string): string => encodeURIComponent(value);

export type FeedFormat = 'rss' | 'atom' | 'json';
const feedFile = { rss: 'feed.xml', atom: 'atom.xml', json: 'feed.json' } as const;
type Paged = {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly lang?: string | undefined;
};

function withQuery(path: `/${string}`, query: Record<string, string | undefined>): `/${string}` {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(key, value);
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

export const paths = {
  /** The front page; of another language than the site's first: `/ar`. */
  front: (language?: string) => (language === undefined ? '/' : `/${seg(language)}`),
  article: (section: string, day: string, slug: string) =>
    `/${seg(section)}/${day.replaceAll('-', '/')}/${seg(slug)}`,
  page: (slug: string) => `/${seg(slug)}`,
  articleJson: (articlePath: string) => `${articlePath}.json`,
  history: (articlePath: string) => `${articlePath}/history`,
  shortLink: (code: string) => `/s/${seg(code)}`,
  shortLinkPage: (code: string) => `/s/${seg(code)}/qr`,
  shortLinkPicture: (code: string) => `/s/${seg(code)}/qr.svg`,
  storyline: (slug: string, page: Paged = {}) => withQuery(`/storyline/${seg(slug)}`, page),
  tag: (slug: string, page: Paged = {}) => withQuery(`/tag/${seg(slug)}`, page),
  author: (slug: string, page: Paged = {}) => withQuery(`/author/${seg(slug)}`, page),
  section: (slug: string, page: Paged = {}) => withQuery(`/section/${seg(slug)}`, page),
  archive: (day: string, page: Paged = {}) => withQuery(`/archive/${day.replaceAll('-', '/')}`, page),
  /** Leads to the archive of the site's newest day. */
  archiveToday: () => '/archive',
  search: (query: Record<string, string | undefined> = {}) => withQuery('/search', query),
  /** A moderator's decision, for its author: signed in, or by the word of a mail. */
  decision: (id: string, key?: string) => withQuery(`/decisions/${seg(id)}`, { key }),
  appeal: (decisionId: string) => `/decisions/${seg(decisionId)}/appeal`,
  /** The form of a notice of illegal content, about an address of this site. */
  report: (about?: string) => withQuery('/report', { about }),
  /** Where a notice's number says how it stands. */
  reportReceipt: (code: string, key?: string) => withQuery(`/report/${seg(code)}`, { key }),
  standardsVersion: (version: number) => `/community-standards/${version}`,
  standardsParagraph: (id: string) => `/community-standards#${seg(id)}`,
  transparency: () => '/transparency',
  live: () => '/live',
  /** The progressive stream of a mount; `live` is the first one. */
  radioStream: (mount: string) => `/radio/${seg(mount)}`,
  /** The multivariant playlist of a mount. */
  radioPlaylist: (mount: string) => `/radio/${seg(mount)}.m3u8`,
  programme: (slug: string) => `/podcast/${seg(slug)}`,
  podcastFeed: (slug: string) => `/podcast/${seg(slug)}/feed.xml`,
  episode: (programme: string, slug: string, second?: number) =>
    `/podcast/${seg(programme)}/${seg(slug)}${second === undefined ? '' : `#t=${second}`}`,
  episodeFile: (programme: string, slug: string, file: string) =>
    `/podcast/${seg(programme)}/${seg(slug)}/${seg(file)}`,
  radioFile: (mount: string, file: string) => `/radio/${seg(mount)}/${seg(file)}`,
  standards: () => '/community-standards',
  /** The pages of an article's discussion; `thread` opens one thread. */
  discussion: (
    articleId: string,
    page: {
      readonly sort?: string | undefined;
      readonly after?: string | undefined;
      readonly thread?: string | undefined;
    } = {},
  ) => withQuery(`/discussion/${seg(articleId)}`, page),
  /** A comment's own address: the page of its thread on which it stands. */
  comment: (articleId: string, commentId: string) =>
    `/discussion/${seg(articleId)}/comment/${seg(commentId)}` as const,
  commentHistory: (articleId: string, commentId: string) =>
    `/discussion/${seg(articleId)}/comment/${seg(commentId)}/history` as const,
  /** Forms that work without JavaScript: to write, and to do something with a comment. */
  writeComment: (articleId: string, query: Record<string, string | undefined> = {}) =>
    withQuery(`/discussion/${seg(articleId)}/write`, query),
  commentForm: (
    articleId: string,
    commentId: string,
    form: 'edit' | 'delete' | 'react' | 'ignore' | 'feature' | 'posted',
  ) => `/discussion/${seg(articleId)}/comment/${seg(commentId)}/${form}` as const,
  /** The form by which readers report a comment. */
  reportComment: (articleId: string, commentId: string) =>
    `/discussion/${seg(articleId)}/comment/${seg(commentId)}/report` as const,
  discussionFollow: (articleId: string) => `/discussion/${seg(articleId)}/follow` as const,
  commentsFeed: (articlePath: string) => `${articlePath}/comments.xml`,
  noticeChoices: () => '/account/notices',
  /** Ends e-mails of a kind with one request (RFC 8058); the word names the person and the kind and is signed. */
  stopNotices: (word: string) => `/discussion/stop/${seg(word)}` as const,
  about: () => '/about',
  offline: () => '/offline',
  feed: (format: FeedFormat, of: 'site' | `/${string}` = 'site') =>
    `${of === 'site' ? '' : of}/${feedFile[format]}`,
  sitemap: () => '/sitemap.xml',
  sitemapPart: (part: string) => `/sitemaps/${seg(part)}.xml`,
  sitemapNews: () => '/sitemap-news.xml',
  robots: () => '/robots.txt',
  oembed: (url: string) => withQuery('/oembed', { url }),
  socialCard: (articleId: string, version: number) => `/og/${seg(articleId)}-${version}.png`,
  /** An original or a rendition by the digest of its bytes: immutable. */
  media: (digest: string, extension: string) => `/media/${digest.slice(0, 2)}/${digest}.${extension}`,
  /** Resumable uploads (tus). */
  uploads: () => '/api/v1/uploads' as const,
  /** A small picture of an asset and the file that was sent, for the house alone. */
  assetPreview: (id: string, version: string) =>
    `/api/v1/assets/${seg(id)}/preview?v=${version.slice(0, 10)}`,
  assetOriginal: (id: string) => `/api/v1/assets/${seg(id)}/original`,
  /** The style sheet of the site's own colours, by a digest of them. */
  theme: (digest: string) => `/theme/${digest}.css`,
  asset: (file: string) => `/assets/${file}`,
  record: (rest: string) => `/record/${rest}`,
  /** The reader's own pages: `account()`, `account('security')`. */
  account: (page?: string) => (page === undefined ? '/account' : `/account/${page}`),
  /** Where one signs in, and comes back from to an address of this site. */
  signIn: (returnTo?: string) => withQuery('/account/sign-in', { to: returnTo }),
  /** Posting here goes to Facebook or a provider of OpenID Connect. */
  signInWith: (provider: string, returnTo?: string) =>
    withQuery(`/account/with/${seg(provider)}`, { to: returnTo }),
  /** Where a provider sends a reader back to. */
  providerBack: (provider: string) => `/account/back/${seg(provider)}`,
  deletionStatus: (code: string) => withQuery('/account/deletion', { code }),
  /** A reader's picture, by the digest of its bytes. */
  avatar: (digest: string) => `/account/avatar/${digest}.webp`,
  /** A link of a reader's mail. */
  accountLink: (secret: string) => withQuery('/account/link', { secret }),
  /** A screen of the newsroom, by its address below `/newsroom/`. */
  newsroom: (rest = '') => `/newsroom/${rest}`,
  /** The socket of an article's shared document, and below it what belongs to writing together. */
  sharedArticle: <T extends string>(id: T): `/api/v1/articles/${T}/shared` => `/api/v1/articles/${id}/shared`,
  /** The live channel: a stream of server-sent events, and the same by asking again and again. */
  liveStream: (topics: readonly string[], after?: string) =>
    withQuery('/now/stream', { topics: topics.join(','), after }),
  /** A view is told here, by a page's script or by a picture of a page without one. */
  seen: (of: string, from?: string) => withQuery('/now/seen', { of, from }),
  seenPicture: (of: string) => withQuery('/now/seen.gif', { of }),
  /** What has changed of a story since a version; `{from}` stands for its number in what a page is given. */
  articleChanges: (id: string, from: number | '{from}') => `/now/changes/${seg(id)}/${from}.json`,
  /** Numbers that may have moved since a page was made. */
  liveNumbers: (ids?: readonly string[]) => withQuery('/now/numbers', { ids: ids?.join(',') }),
  livePoll: (topics: readonly string[], after?: string) =>
    withQuery('/now/poll', { topics: topics.join(','), after }),
  /** A page before it is published, for who holds the token. */
  preview: (token: string) => `/preview/${seg(token)}`,
  previewCard: (token: string) => `/preview/${seg(token)}/card.png`,
  api: <T extends string>(rest: T): `/api/v1/${T}` => `/api/v1/${rest}`,
} as const;

/** First segments that belong to the site: no section and no page may take them as its slug. */
export const reservedSegments: ReadonlySet<string> = new Set([
  's',
  'storyline',
  'tag',
  'author',
  'section',
  'archive',
  'search',
  'live',
  'feed.xml',
  'atom.xml',
  'feed.json',
  'sitemap.xml',
  'sitemap-news.xml',
  'sitemaps',
  'robots.txt',
  'oembed',
  'og',
  'media',
  'assets',
  'theme',
  'record',
  'now',
  'newsroom',
  'api',
  'healthz',
  'readyz',
  'metrics',
  'offline',
  'favicon.ico',
  'manifest.webmanifest',
  'sw.js',
  'embed',
  'discussion',
  'account',
  'podcast',
  'radio',
  'preview',
  'decisions',
  'report',
  'transparency',
  '.well-known',
]);
