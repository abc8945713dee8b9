import type { CommentDoc } from '../contract/comment-doc.ts';
import type { CommentView, DiscussionForm, DiscussionView } from '../contract/pages.ts';
import { paths } from '../contract/routes.ts';
import { at, type FixtureLanguage } from './fixtures.stories.ts';
import { words } from './fixtures.words.ts';

const ARTICLE = 'a0';

/** Every block and mark that a comment can have. */
export function everyBlock(lang: FixtureLanguage): CommentDoc {
  const w = words[lang];
  return {
    type: 'comment',
    content: [
      {
        type: 'quote',
        content: [{ type: 'paragraph', content: [{ type: 'text', text: w.ledes[2] ?? '' }] }],
      },
      {
        type: 'paragraph',
        content: [
          { type: 'mention', user: 'u1', name: w.speaker },
          { type: 'text', text: ` ${w.body[1] ?? ''} ` },
          { type: 'text', text: w.place, bold: true },
          { type: 'break' },
          { type: 'text', text: w.tagline, italic: true, href: 'https://elsewhere.example/story' },
        ],
      },
      {
        type: 'list',
        ordered: false,
        items: w.tags.slice(0, 2).map((text) => [{ type: 'text', text }]),
      },
      { type: 'code', text: 'x = 1' },
    ],
  };
}

function comment(lang: FixtureLanguage, i: number, more: Partial<CommentView> = {}): CommentView {
  const w = words[lang];
  return {
    id: `c${i}`,
    href: paths.comment(ARTICLE, `c${i}`),
    level: 0,
    at: at(40 - i),
    author: { id: `u${i}`, name: i % 2 === 0 ? w.author : w.speaker },
    body: {
      type: 'comment',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: w.body[i % w.body.length] ?? '' }] }],
    },
    reactions: { up: i * 3, down: i % 2, insight: 0, thanks: i === 2 ? 1204 : 0 },
    answers: 0,
    ...more,
  };
}

export function discussion(lang: FixtureLanguage): DiscussionView {
  const w = words[lang];
  return {
    articleId: ARTICLE,
    count: 7,
    sort: 'newest',
    writeHref: paths.writeComment(ARTICLE),
    href: paths.discussion(ARTICLE),
    feedHref: paths.commentsFeed('/s0/2026/11/24/story-0'),
    followHref: paths.discussionFollow(ARTICLE),
    facebookHref: paths.writeComment(ARTICLE, { via: 'facebook' }),
    featured: [comment(lang, 3, { featured: true })],
    threads: [
      {
        top: comment(lang, 1, { body: everyBlock(lang), edited: { at: at(30), href: '#' } }),
        replies: [
          comment(lang, 2, { level: 1, author: { name: w.author, mark: 'author' } }),
          comment(lang, 4, { level: 2, author: { name: w.long, mark: 'guest' } }),
          comment(lang, 5, {
            level: 3,
            quotes: { name: w.speaker, excerpt: w.ledes[1] ?? '', href: paths.comment(ARTICLE, 'c4') },
            author: { name: w.speaker, mark: 'staff' },
          }),
        ],
        more: { count: 12, href: paths.discussion(ARTICLE, { thread: 'c1' }) },
      },
      {
        top: { ...comment(lang, 6, { gap: 'removed' }), author: undefined, body: undefined } as CommentView,
        replies: [comment(lang, 7, { level: 1, author: { name: '', mark: 'imported' } })],
      },
    ],
    next: paths.discussion(ARTICLE, { after: 'x' }),
  };
}

export function writeForm(lang: FixtureLanguage): DiscussionForm {
  const w = words[lang];
  return {
    do: 'write',
    action: paths.writeComment(ARTICLE),
    text: w.ledes[0] ?? '',
    fault: w.tagline,
    parent: comment(lang, 1),
    key: 'k',
    guest: { name: '', email: '' },
    facebookHref: paths.writeComment(ARTICLE, { via: 'facebook' }),
  };
}
