import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  createArticles,
  createAuthor,
  createSection,
  publish,
} from '../../src/features/articles/articles.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { createConcept } from '../../src/features/concepts/concepts.ts';
import { createDesk } from '../../src/features/desks/desks.ts';
import { addMention } from '../../src/features/mentions/mentions.ts';
import { createStoryline } from '../../src/features/storylines/storylines.ts';
import { type SignedIn, signedIn } from './signed-in.ts';
import { runSite, type RunningSite } from './site.ts';

export type NewsroomSite = {
  readonly site: RunningSite;
  readonly admin: SignedIn;
  /** Articles, the newest first; the first twenty are drafts. */
  readonly articles: readonly string[];
  readonly nouns: { readonly section: string; readonly concept: string };
  /** A page on which the admin is signed in. What the policy stops, and every fault of the program, is put into `faults`. */
  open(
    browser: Browser,
    how?: OpenOptions,
  ): Promise<{ context: BrowserContext; page: Page; faults: string[] }>;
} & AsyncDisposable;

export type OpenOptions = {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly language?: 'en' | 'de' | 'ar';
};

/** A site with a newsroom that has worked a little: sections, a desk, sixty articles, a mention. */
export async function runNewsroom(): Promise<NewsroomSite> {
  const site = await runSite();
  const { house } = site;
  const { db, clock, press } = house;
  const admin = await signedIn(house, 'admin', { name: 'Ada Admin' });
  const colleague = await signedIn(house, 'reporter', { name: 'Rosa Reporter' });
  const context = { db, clock };
  const made = await db.write(async (tx) => {
    const section = await createSection(tx, context, { slug: 'world', name: 'World', position: 1 });
    await createSection(tx, context, { slug: 'culture', name: 'Culture', position: 2 });
    await createAuthor(tx, context, { slug: 'rosa', name: 'Rosa Reporter', roleTitle: 'Reporter' });
    const concept = await createConcept(tx, context, { slug: 'bridge', kind: 'topic', name: 'Bridge' });
    await createStoryline(tx, context, { slug: 'the-bridge', title: 'The bridge', language: 'en' });
    await createDesk(tx, context, { name: 'City desk', slug: 'city' } as never);
    const rows = await createArticles(
      tx,
      { clock, by: admin.id },
      Array.from({ length: 60 }, (_, i) => ({
        content: {
          language: i % 7 === 0 ? 'ar' : 'en',
          headline: i % 7 === 0 ? `الجسر يفتح للمشاة ${i}` : `The bridge opens to walkers, day ${i}`,
          lede: 'People walked across.',
          body: docFromParagraphs(['People walked across the bridge.']),
          section,
        },
        createdAt: new Date(Date.parse(clock.now()) - i * 3_600_000).toISOString(),
      })),
    );
    const ids = rows.map((row) => row.id);
    await publish(
      tx,
      press,
      ids.slice(20).map((articleId) => ({ articleId })),
    );
    await addMention(tx, {
      to: [admin.id],
      by: colleague.id,
      kind: 'comment',
      articleId: ids[0] ?? '',
      target: `articles/${ids[0]}`,
      excerpt: 'Is the number of walkers right?',
      at: clock.now(),
    });
    return { ids, section, concept };
  });
  return {
    site,
    admin,
    articles: made.ids,
    nouns: { section: made.section, concept: made.concept },
    open: async (browser, how = {}) => {
      const faults: string[] = [];
      const context = await browser.newContext({
        viewport: { width: how.width ?? 1280, height: how.height ?? 900 },
        colorScheme: how.colorScheme ?? 'light',
        locale: how.language ?? 'en',
        reducedMotion: 'reduce',
      });
      await context.addCookies([admin.browserCookie(site.address)]);
      const page = await context.newPage();
      page.on('console', (message) => {
        // A refusal is said on the screen; that the browser notes it is no fault.
        if (/^(error|warning)$/.test(message.type()) && !/status of 4\d\d/.test(message.text()))
          faults.push(`${page.url()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
      return { context, page, faults };
    },
    [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
  };
}
