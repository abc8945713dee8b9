import { expect, test } from 'vitest';
import type { Doc } from '../contract/document.ts';
import type { ArticleView, AssetManifest, PageModel } from '../contract/pages.ts';
import { discussion } from './fixtures.discussion.ts';
import { articleView, everyNode } from './fixtures.article.ts';
import { fixtures } from './fixtures.ts';
import type { FixtureLanguage } from './fixtures.stories.ts';
import { renderPage } from './render-page.tsx';

const assets: AssetManifest = {
  css: '/assets/p.css',
  js: '/assets/p.js',
  fonts: { 'text-latin': '/assets/t.woff2' },
};
const pages = (lang: FixtureLanguage = 'en'): Record<string, PageModel> => fixtures({ lang, assets });

function article(extra: Partial<ArticleView>, lang: FixtureLanguage = 'en'): string {
  const page = pages(lang)['article'];
  if (page?.kind !== 'article') throw new Error('no such fixture');
  return renderPage({ ...page, article: articleView(lang, extra) });
}

const paragraph = (
  ...content: NonNullable<Extract<Doc['content'][number], { type: 'paragraph' }>['content']>
): Doc => ({
  type: 'doc',
  content: [{ type: 'paragraph', content }],
});

/** What is wrong with the frame of a page; empty when nothing is. */
function faults(html: string, lang: string): string[] {
  const bare = html.replace(/ data-[a-z]+="[^"]*"/g, '');
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  const direction = lang === 'ar' ? 'rtl' : 'ltr';
  const scripts = /<script(?! type="module" src="\/)(?! type="application\/ld\+json")/;
  const elsewhere = [...html.matchAll(/ (?:src|srcset|poster|action)="([^"]*)"/g)].filter(
    ([, to]) => to?.[0] !== '/',
  );
  const checks: Record<string, boolean> = {
    start: html.startsWith(`<!doctype html><html lang="${lang}" dir="${direction}">`),
    'one h1': html.match(/<h1[ >]/g)?.length === 1,
    'one main': html.match(/<main[ >]/g)?.length === 1,
    'nothing inline': !/ style=|<style|javascript:| on\w+="/.test(bare) && !scripts.test(html),
    'no stray value': !/undefined|\[object|NaN|\{\w+\}/.test(bare),
    'nothing of elsewhere': elsewhere.length === 0,
    'ids once': new Set(ids).size === ids.length,
  };
  return Object.keys(checks).filter((name) => checks[name] === false);
}

test('every page of every language is a whole document: one first heading, one main, nothing inline, nothing of elsewhere', () => {
  const found: Record<string, string[]> = {};
  for (const lang of ['en', 'de', 'ar', 'ru'] as const) {
    for (const [name, page] of Object.entries(pages(lang))) {
      const wrong = faults(renderPage(page), lang);
      if (wrong.length > 0) found[`${lang} ${name}`] = wrong;
    }
  }
  expect(found).toEqual({});
});

test('text is text: what an author writes is escaped, also in JSON-LD', () => {
  const page = pages()['article'];
  if (page === undefined) throw new Error('no such fixture');
  const evil = '</script><script>alert(1)</script>';
  const html = renderPage({ ...page, title: evil, jsonLd: [{ '@type': 'NewsArticle', headline: evil }] });
  expect(html).not.toContain('<script>alert');
  const block = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)?.[1] ?? '';
  expect(JSON.parse(block)).toMatchObject({ '@context': 'https://schema.org', headline: evil });
});

test('a link that a page may not carry keeps its words and loses its address', () => {
  for (const href of [
    'javascript:alert(1)',
    ' jav\tascript:alert(1)',
    'data:text/html,x',
    '//evil.example/',
    '/\\evil.example',
  ]) {
    const html = article({
      body: paragraph({ type: 'text', text: 'Press here', marks: [{ type: 'link', attrs: { href } }] }),
    });
    expect(html).toContain('Press here');
    expect(html).not.toMatch(/<a[^>]*>Press here/);
  }
});

test('the storyline with its count stands above the headline and again after the text, with the stories around this one', () => {
  const html = article({});
  const label = 'The Herring Dispute <span class="num">(737)</span>';
  const first = html.indexOf(label);
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(html.indexOf('<h1>'));
  expect(html.indexOf(label, first + 1)).toBeGreaterThan(html.indexOf('class="prose"'));
  expect(html).toContain('rel="prev" href="/world/2026/11/23/before"');
  expect(html).toContain('rel="next" href="/world/2026/11/24/after"');
});

test('a dateline is written as its language writes it, at the start of the first paragraph', () => {
  const plain = (html: string): string =>
    (/<div class="prose"><p>(.*?)<\/p>/.exec(html)?.[1] ?? '').replace(/<[^>]*>/g, '');
  const dateline = { place: 'MOSCOW', date: '2015-01-21', source: 'Agency' };
  expect(plain(article({ dateline }))).toMatch(/^Moscow, January 21 \(Agency\) — Eleven/);
  expect(plain(article({ dateline }, 'de'))).toMatch(/^Moscow, 21\. Januar \(Agency\) – Elf/);
  expect(plain(article({ dateline }, 'ru'))).toMatch(/^Moscow, 21 января \(Agency\) — Одиннадцать/);
  expect(plain(article({ dateline }, 'ar'))).toMatch(/^Moscow، 21 يناير \(Agency\) — اتفقت/);
  expect(plain(article({ dateline: { place: 'Rio de Janeiro', source: 'Agency' } }))).toMatch(
    /^Rio de Janeiro \(Agency\) — /,
  );
});

test('counts follow the plural rules of the language', () => {
  const views = (count: number, lang: FixtureLanguage): string =>
    /data-of="views"[^>]*><span>(.*?)<\/span>/.exec(article({ counts: { views: count } }, lang))?.[1] ?? '';
  expect([0, 1, 12_043].map((n) => views(n, 'en'))).toEqual(['0 views', '1 view', '12,043 views']);
  expect([1, 3, 5, 21].map((n) => views(n, 'ru'))).toEqual([
    '1 просмотр',
    '3 просмотра',
    '5 просмотров',
    '21 просмотр',
  ]);
  expect([2, 4, 11].map((n) => views(n, 'ar'))).toEqual(['مشاهدتان', '4 مشاهدات', '11 مشاهدة']);
});

test('the clock is right as of rendering, in the zone of the site and on either side of a change of summer time', () => {
  const clock = (now: string): string => {
    const page = pages()['front'];
    if (page === undefined) throw new Error('no such fixture');
    const html = renderPage({ ...page, site: { ...page.site, now, timeZone: 'Europe/Berlin' } });
    return (/<site-clock.*?<\/site-clock>/.exec(html)?.[0] ?? '').replace(/<[^>]*>/g, '');
  };
  expect(clock('2026-03-29T00:59:00.000Z')).toBe('01:59 GMT+1 Sunday, 29 March 2026');
  expect(clock('2026-03-29T01:00:00.000Z')).toBe('03:00 GMT+2 Sunday, 29 March 2026');
});

test('every node of a document is drawn, footnotes with their way back', () => {
  const html = article({ body: everyNode('en') });
  for (const mark of [
    '<blockquote>',
    '<h2>',
    'pic-inset',
    'pic-wide',
    '<table>',
    'class="gallery"',
    'class="embed"',
    'class="also"',
    'class="note"',
    '<audio',
    'download="report.pdf"',
    '<hr/>',
    'datetime="2014-12-31"',
  ]) {
    expect(html).toContain(mark);
  }
  expect(html).toContain('<a id="fnref-1" href="#fn-1"');
  expect(html).toContain('href="#fnref-1"');
  expect(html).not.toContain('<iframe');
});

test('a picture that is gone leaves its caption and credit', () => {
  const html = article({
    body: {
      type: 'doc',
      content: [{ type: 'image', attrs: { asset: 'gone', caption: 'A ship', credit: '© A' } }],
    },
  });
  expect(html).toContain('The picture is not available.');
  expect(html).toContain('A ship <span class="credit">© A</span>');
});

test('the accent is claimed only by what is live or breaking', () => {
  const tags = (html: string): string[] =>
    [...html.matchAll(/class="tag-now (\w+)"/g)].map(([, state]) => state ?? '');
  expect(tags(article({ state: 'breaking' }))).toEqual(['breaking']);
  expect(tags(article({ state: 'published' }))).toEqual([]);
  expect(article({ state: 'preview', embargoedUntil: '2026-11-25T06:00:00.000Z' })).toContain(
    'Under embargo until 25 November 2026, 08:00 GMT+2.',
  );
});

test('without a discussion there are no ways to comment; with one there are three', () => {
  expect(article({})).toContain('There is no discussion under this story.');
  const html = article({ discussion: discussion('en') });
  expect(html).toContain('Comment via Facebook');
  expect(html).toContain('Comment via The Harbour Courier');
});

test('a focal point becomes a class, for the policy allows no style attribute', () => {
  const [story] = articleView('en').related;
  if (story?.picture === undefined) throw new Error('no picture');
  const html = article({
    related: [{ ...story, picture: { ...story.picture, focal: { x: 0.21, y: 0.98 } } }],
  });
  expect(html).toContain('class="fx2 fy10"');
});
