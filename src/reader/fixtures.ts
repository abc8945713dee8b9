import type {
  ArticleView,
  AssetManifest,
  CommentView,
  PageBase,
  PageKind,
  PageModel,
  SiteChrome,
} from '../contract/pages.ts';
import { discussion, everyBlock, writeForm } from './fixtures.discussion.ts';
import { articleView, everyNode, paragraphs } from './fixtures.article.ts';
import { NOW, at, picture, stories, story, storyline } from './fixtures.stories.ts';
import type { FixtureLanguage } from './fixtures.stories.ts';
import { words } from './fixtures.words.ts';

/** Models of every page kind, for tests and for looking at. Nothing here is read by the site. */

export type FixtureOptions = { lang?: FixtureLanguage; assets: AssetManifest };

function chrome(lang: FixtureLanguage, path: string): SiteChrome {
  const w = words[lang];
  return {
    name: w.name,
    tagline: w.tagline,
    origin: 'https://paper.example',
    path,
    timeZone: 'Europe/Helsinki',
    now: NOW,
    languages: [
      { lang: 'en', label: 'English', href: '/' },
      { lang: 'de', label: 'Deutsch', href: '/de' },
      { lang: 'ar', label: 'العربية', href: '/ar' },
    ],
    sections: w.sections.map((name, index) => ({ id: `s${index}`, name, href: `/section/s${index}` })),
    listenLive: { href: '/live', onAir: w.programme },
    homeHref: '/',
    searchHref: '/search',
    standardsHref: '/community-standards',
    archiveHref: '/archive/2026/11/24',
    footer: [{ label: w.about, href: '/about' }],
    menu: [],
    social: [],
    liveNumbersHref: '/now/numbers',
  };
}

function base(lang: FixtureLanguage, path: string, assets: AssetManifest): PageBase {
  const w = words[lang];
  return {
    site: chrome(lang, path),
    assets,
    lang,
    dir: lang === 'ar' ? 'rtl' : 'ltr',
    title: w.headlines[0] ?? '',
    description: w.ledes[0] ?? '',
    canonical: `https://paper.example${path}`,
    alternates: [{ lang: 'de', href: 'https://paper.example/de/x' }],
    feeds: [{ type: 'atom', title: w.name, href: '/atom.xml' }],
    jsonLd: [{ '@type': 'NewsArticle', headline: w.headlines[0], url: `https://paper.example${path}` }],
    og: { type: 'article', title: w.headlines[0] ?? '', publishedAt: at(80) },
  };
}

/** Every page kind, and the states that look different. Keys name the state: `article`, `article-all`, … */
export function fixtures({ lang = 'en', assets }: FixtureOptions): Record<string, PageModel> {
  const w = words[lang];
  const page = <K extends PageKind>(kind: K, path: string): PageBase & { kind: K } => ({
    ...base(lang, path, assets),
    kind,
  });
  const article = (extra: Partial<ArticleView>): PageModel => ({
    ...page('article', '/s0/2026/11/24/story-0'),
    ...(extra.discussion === undefined ? {} : { comments: true as const }),
    article: articleView(lang, extra),
  });
  const results = [1, 2, 3].map((i) => ({
    story: story(i, { lang }),
    headline: [{ text: `${w.headlines[i] ?? ''} ` }, { text: w.place, marked: true }],
    snippet: [{ text: (w.body[i] ?? '').slice(0, 90) }, { text: w.place, marked: true }, { text: ' …' }],
  }));
  const none = { value: '', options: [] };
  const filters = {
    section: {
      value: '',
      options: w.sections.map((label, i) => ({ value: `s${i}`, label, count: 12 * (i + 1) })),
    },
    storyline: { value: 'line-0', options: w.storylines.map((label, i) => ({ value: `line-${i}`, label })) },
    concept: none,
    language: { value: 'en', options: [{ value: 'en', label: 'English' }] },
    from: '2026-01-01',
    to: '',
  };
  return {
    front: {
      ...page('front', '/'),
      title: w.name,
      lead: story(0, { lang, storyline: storyline(lang) }),
      top: [
        story(3, { lang }),
        ...stories({ from: 1, count: 2 }, lang),
        story(6, { lang }),
        story(9, { lang }),
        ...stories({ from: 4, count: 2 }, lang),
      ],
      latest: stories({ from: 0, count: 14 }, lang),
      storylines: [0, 1, 2].map((i) => ({
        storyline: storyline(lang, i),
        stories: stories({ from: i * 3 + 2, count: 4 }, lang),
      })),
      sections: w.sections.map((name, i) => ({
        name,
        href: `/section/s${i}`,
        stories: [
          story(3 * i + 3, { lang }),
          ...stories({ from: i * 5 + 1, count: i % 3 === 2 ? 8 : i % 3 === 0 ? 4 : 3 }, lang),
        ],
      })),
    },
    'front-breaking': {
      ...page('front', '/'),
      title: w.name,
      breaking: story(2, { lang, state: 'breaking' }),
      lead: story(1, { lang, state: 'live' }),
      top: stories({ from: 4, count: 2 }, lang),
      latest: stories({ from: 0, count: 8 }, lang),
      storylines: [],
      sections: [],
    },
    'front-empty': {
      ...page('front', '/'),
      title: w.name,
      top: [],
      latest: [],
      storylines: [],
      sections: [],
    },
    article: article({}),
    'article-all': article({
      body: everyNode(lang),
      state: 'breaking',
      corrections: [{ reason: 'correction', at: at(20), text: w.ledes[1] ?? '' }],
      discussion: discussion(lang),
      counts: { comments: 4, views: 12_043 },
    }),
    'article-bare': article({
      leadPicture: undefined,
      storylines: [],
      related: [],
      tags: [],
      bylines: [],
      dateline: undefined,
      headline: w.long,
    }),
    'article-preview': article({ state: 'preview', embargoedUntil: at(-600) }),
    section: {
      ...page('section', '/section/s0'),
      name: w.sections[0] ?? '',
      intro: w.tagline,
      firstPage: true,
      stories: stories({ from: 0, count: 14 }, lang),
      storylines: [0, 1, 2].map((i) => storyline(lang, i)),
      paging: { older: '/section/s0?after=x' },
    },
    'section-empty': {
      ...page('section', '/section/s0'),
      name: w.sections[0] ?? '',
      firstPage: true,
      stories: [],
      storylines: [],
      paging: {},
    },
    storyline: {
      ...page('storyline', '/storyline/line-0'),
      id: 'line-0',
      storyline: storyline(lang),
      intro: w.ledes[3] ?? '',
      since: '2014-03-06',
      timeline: [
        { date: '2014-12-31', text: w.ledes[2] ?? '', href: '/a' },
        { date: '2014-11', text: w.headlines[4] ?? '' },
        { date: '2014-03-06', text: w.headlines[1] ?? '', kind: 'version', href: '/b' },
        { date: '2013', text: w.headlines[3] ?? '' },
      ],
      stories: stories({ from: 0, count: 12 }, lang),
      firstPage: false,
      paging: { newer: '/storyline/line-0?before=y', older: '/storyline/line-0?after=x' },
    },
    tag: {
      ...page('tag', '/tag/t0'),
      concept: { name: w.tags[0] ?? '', kind: 'person', description: w.ledes[4] ?? '', count: 37 },
      beside: w.tags.slice(1).map((label) => ({ label, href: '/tag/x' })),
      stories: stories({ from: 2, count: 9 }, lang),
      paging: {},
    },
    author: {
      ...page('author', '/author/a'),
      author: {
        name: w.author,
        role: w.place,
        bio: w.ledes[1] ?? '',
        portrait: picture(2, lang),
        count: 112,
        links: [{ label: 'Mastodon', href: 'https://social.example/@a' }],
      },
      stories: stories({ from: 1, count: 8 }, lang),
      paging: { older: '/author/a?after=x' },
    },
    'archive-day': {
      ...page('archive-day', '/archive/2026/11/24'),
      date: '2026-11-24',
      previousDay: '/archive/2026/11/23',
      calendar: {
        month: '2026-11',
        previousMonth: '/archive/2026/10/31',
        days: Array.from({ length: 30 }, (__, i) => ({
          day: i + 1,
          count: i < 24 ? 5 : 0,
          ...(i < 24 && i % 6 !== 5 ? { href: `/archive/2026/11/${i + 1}` } : {}),
        })),
      },
      stories: stories({ from: 0, count: 11 }, lang),
    },
    search: {
      ...page('search', '/search'),
      robots: 'noindex',
      query: w.place,
      filters,
      outcome: {
        state: 'found',
        total: 1204,
        results,
        suggestion: { label: w.tags[0] ?? '', href: '/search?q=x' },
        paging: { older: '/search?q=x&after=y' },
      },
    },
    'search-none': {
      ...page('search', '/search'),
      robots: 'noindex',
      query: 'qqq',
      filters,
      outcome: { state: 'found', total: 0, results: [], paging: {} },
    },
    'search-idle': {
      ...page('search', '/search'),
      robots: 'noindex',
      query: '',
      filters,
      outcome: { state: 'idle' },
    },
    'search-failed': {
      ...page('search', '/search'),
      robots: 'noindex',
      query: 'x',
      filters,
      outcome: { state: 'failed' },
    },
    history: {
      ...page('history', '/s0/2026/11/24/story-0/history'),
      article: { label: w.headlines[0] ?? '', href: '/s0/2026/11/24/story-0', publishedAt: at(80) },
      recordHref: '/record/',
      versions: [
        {
          number: 2,
          at: at(20),
          reason: 'correction',
          note: w.ledes[1] ?? '',
          by: w.author,
          current: true,
          changes: [
            {
              field: 'headline',
              parts: [
                { op: 'same', text: `${w.headlines[0] ?? ''} ` },
                { op: 'delete', text: w.place },
                { op: 'insert', text: w.tags[0] ?? '' },
              ],
            },
            {
              field: 'body',
              parts: [
                { op: 'same', text: '… ' },
                { op: 'insert', text: w.body[1] ?? '' },
              ],
            },
          ],
          proof: {
            leafIndex: 1041,
            treeSize: 1203,
            leafHash: 'a4'.repeat(32),
            rootHash: '0c'.repeat(32),
            path: ['1f'.repeat(32), 'b7'.repeat(32)],
            checkpointHref: '/record/checkpoint',
            command: 'dateline record verify https://paper.example',
          },
        },
        { number: 1, at: at(80), reason: 'first', current: false, changes: [] },
      ],
    },
    'short-link': {
      ...page('short-link', '/s/k7m2pq/qr'),
      url: 'https://paper.example/s/k7m2pq',
      qr: { size: 25, path: qrLike(25) },
      story: story(0, { lang }),
    },
    discussion: {
      ...page('discussion', '/discussion/a0'),
      comments: true,
      story: { headline: w.headlines[0] ?? '', href: '/s0/2026/11/24/story-0' },
      discussion: discussion(lang),
      single: false,
      focus: 'c4',
    },
    'discussion-form': {
      ...page('discussion-form', '/discussion/a0/write'),
      comments: true,
      story: { headline: w.headlines[0] ?? '', href: '/s0/2026/11/24/story-0' },
      form: writeForm(lang),
    },
    'comment-history': {
      ...page('comment-history', '/discussion/a0/comment/c1/history'),
      comments: true,
      story: { headline: w.headlines[0] ?? '', href: '/s0/2026/11/24/story-0' },
      comment: discussion(lang).threads[0]?.top as CommentView,
      before: [{ at: at(35), body: everyBlock(lang) }],
    },
    static: {
      ...page('static', '/community-standards'),
      headline: w.about,
      lede: w.ledes[0] ?? '',
      body: {
        type: 'doc',
        content: [
          ...paragraphs(lang),
          { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: w.tagline }] },
          ...paragraphs(lang),
        ],
      },
      bodyAssets: {},
      updatedAt: at(9000),
    },
    live: {
      ...page('live', '/live'),
      onAir: {
        title: w.programme,
        description: w.ledes[0] ?? '',
        host: w.author,
        startsAt: at(42),
        endsAt: at(-18),
      },
      streams: [
        { src: '/live/main.m3u8', type: 'application/vnd.apple.mpegurl', label: 'HLS' },
        { src: '/live/main.mp3', type: 'audio/mpeg', label: 'MP3, 128 kbit/s' },
      ],
      listeners: 214,
      schedule: [0, 1, 2].map((i) => ({
        title: w.storylines[i] ?? w.programme,
        description: w.ledes[i] ?? '',
        startsAt: at(-18 - i * 60),
      })),
      episodes: [0, 1].map((i) => ({
        label: w.headlines[i] ?? '',
        href: '/live/e',
        publishedAt: at(1440 * (i + 1)),
        durationSeconds: 3120,
      })),
    },
    'live-off': { ...page('live', '/live'), streams: [], schedule: [], episodes: [] },
    'not-found': {
      ...page('not-found', '/nothing'),
      robots: 'noindex',
      latest: stories({ from: 0, count: 5 }, lang),
    },
    gone: {
      ...page('gone', '/s0/2026/11/24/killed'),
      reason: 'kill',
      at: at(30),
      headline: w.headlines[2] ?? '',
      notice: w.ledes[1] ?? '',
      historyHref: '/x/history',
      latest: stories({ from: 0, count: 4 }, lang),
    },
    'gone-takedown': { ...page('gone', '/s0/2026/11/24/taken'), reason: 'takedown', at: at(30), latest: [] },
    error: { ...page('error', '/x'), robots: 'noindex', status: 500, reference: '01hx4k' },
    offline: { ...page('offline', '/x'), saved: stories({ from: 0, count: 4 }, lang) },
    'article-unpictured': article({ leadPicture: undefined }),
  };
}

/** A pattern that looks like a code; the real ones are made where short links are. */
function qrLike(size: number): string {
  let path = '';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) if ((x * 7 + y * 13 + x * y) % 5 < 2) path += `M${x} ${y}h1v1h-1z`;
  }
  return path;
}
