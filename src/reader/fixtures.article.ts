import type { Doc, Inline } from '../contract/document.ts';
import type { ArticleView } from '../contract/pages.ts';
import { at, picture, story, storyline } from './fixtures.stories.ts';
import type { FixtureLanguage } from './fixtures.stories.ts';
import { words } from './fixtures.words.ts';

export function paragraphs(lang: FixtureLanguage): Doc['content'] {
  return words[lang].body.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }));
}

/** One of everything that a body can hold. */
export function everyNode(lang: FixtureLanguage): Doc {
  const w = words[lang];
  const text = (value: string): Inline => ({ type: 'text', text: value });
  const p = (...content: Inline[]): Doc['content'][number] => ({ type: 'paragraph', content });
  const [one = '', two = '', three = ''] = w.body;
  return {
    type: 'doc',
    content: [
      ...paragraphs(lang).slice(0, 2),
      p(
        text(one.slice(0, 60)),
        {
          type: 'text',
          text: w.headlines[2] ?? '',
          marks: [{ type: 'link', attrs: { href: 'https://elsewhere.example/a' } }],
        },
        { type: 'footnote', attrs: { text: w.ledes[1] ?? '' } },
        text(' — '),
        { type: 'datedFact', attrs: { date: '2014-12-31', text: w.fact } },
        {
          type: 'text',
          text: 'x',
          marks: [{ type: 'link', attrs: { href: '/a' } }, { type: 'bold' }, { type: 'italic' }],
        },
      ),
      { type: 'blockquote', attrs: { speaker: w.speaker }, content: [p(text(two))] },
      { type: 'heading', attrs: { level: 2 }, content: [text(w.headlines[3] ?? '')] },
      p(text(three)),
      { type: 'image', attrs: { asset: 'inset', size: 'inset' } },
      ...paragraphs(lang).slice(3),
      {
        type: 'blockquote',
        attrs: { pull: true, speaker: w.speaker },
        content: [p(text(w.headlines[4] ?? ''))],
      },
      p(text(two)),
      { type: 'image', attrs: { asset: 'wide', size: 'wide' } },
      {
        type: 'bulletList',
        content: [0, 1, 2].map((i) => ({ type: 'listItem', content: [p(text(w.headlines[i] ?? ''))] })),
      },
      {
        type: 'table',
        attrs: { caption: w.headlines[5] ?? '' },
        content: [
          {
            type: 'tableRow',
            content: w.sections.slice(0, 4).map((s) => ({ type: 'tableHeader', content: [p(text(s))] })),
          },
          ...[2013, 2014, 2015].map((year) => ({
            type: 'tableRow' as const,
            content: [0, 1, 2, 3].map((i) => ({
              type: 'tableCell' as const,
              content: [p(text(String(year + i * 317)))],
            })),
          })),
        ],
      },
      {
        type: 'gallery',
        attrs: { caption: w.caption },
        content: [0, 1].map((i) => ({ type: 'image', attrs: { asset: i === 0 ? 'inset' : 'wide' } })),
      },
      {
        type: 'embed',
        attrs: {
          url: 'https://video.example/watch/1',
          provider: 'Video Example',
          title: w.headlines[6] ?? '',
        },
      },
      { type: 'relatedBox', attrs: { articles: ['story-5', 'story-6'] } },
      { type: 'note', attrs: { kind: 'editor' }, content: [p(text(w.ledes[2] ?? ''))] },
      { type: 'audio', attrs: { asset: 'sound', title: w.programme } },
      { type: 'file', attrs: { asset: 'paper' } },
      { type: 'horizontalRule' },
      p(text(one)),
    ],
  };
}

export function articleView(lang: FixtureLanguage, extra: Partial<ArticleView> = {}): ArticleView {
  const w = words[lang];
  return {
    id: 'story-0',
    headline: w.headlines[0] ?? '',
    lede: w.ledes[0] ?? '',
    section: { label: w.sections[0] ?? '', href: '/section/s0' },
    storylines: [
      {
        ...storyline(lang),
        previous: { label: w.headlines[5] ?? '', href: '/world/2026/11/23/before' },
        next: { label: w.headlines[6] ?? '', href: '/world/2026/11/24/after' },
      },
    ],
    leadPicture: picture(0, lang),
    dateline: { place: w.place, date: '2026-11-24', source: w.name },
    body: { type: 'doc', content: paragraphs(lang) },
    assets: {
      inset: { kind: 'picture', ...picture(5, lang) },
      wide: { kind: 'picture', ...picture(1, lang) },
      sound: {
        kind: 'audio',
        src: '/media/a.mp3',
        type: 'audio/mpeg',
        durationSeconds: 1904,
        transcriptHref: '/t',
      },
      paper: {
        kind: 'file',
        href: '/media/a.pdf',
        name: 'report.pdf',
        type: 'application/pdf',
        bytes: 2_345_678,
      },
    },
    boxed: { 'story-5': story(5, { lang }), 'story-6': story(6, { lang }) },
    bylines: [
      { name: w.author, href: '/author/a' },
      { name: 'Mikko Salmi', role: w.place },
    ],
    publishedAt: at(80),
    updatedAt: at(20),
    state: 'published',
    corrections: [],
    versions: 3,
    historyHref: '/world/2026/11/24/story-0/history',
    shortLink: { url: 'https://paper.example/s/k7m2pq', href: '/s/k7m2pq/qr' },
    counts: { comments: 0, views: 43 },
    related: [story(3, { lang }), story(6, { lang }), story(9, { lang })],
    tags: w.tags.map((label, index) => ({ label, href: `/tag/t${index}`, kind: 'person' })),
    translations: [{ lang: 'de', label: 'Deutsch', href: '/de/x' }],
    ...extra,
  };
}
