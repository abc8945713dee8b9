import type { Browser, Page } from 'playwright-core';
import { type Doc, docFromParagraphs } from '../../src/contract/document.ts';
import { createArticles } from '../../src/features/articles/articles.ts';
import { openBrowser } from './chromium.ts';
import { signedIn, type SignedIn } from './signed-in.ts';
import { runSite, type RunningSite } from './site.ts';
import { freePort } from './writer.ts';

/** A deadline for `expect.poll` that only a hang reaches, on a loaded machine too. */
export const HANG = { timeout: 60_000 };

/** A site and a browser in which people open articles to write them. */
export type EditorHouse = {
  readonly site: RunningSite;
  readonly browser: Browser;
  /** A new draft in English. */
  draft(body: Doc | readonly string[], language?: string): Promise<string>;
  person(name: string): Promise<SignedIn>;
  /** Opens an article for a person, in a browser profile of its own; `faults` are what the console complains of. */
  open(articleId: string, person: SignedIn, look?: { width?: number }): Promise<EditorPage>;
} & AsyncDisposable;

export type EditorPage = {
  readonly page: Page;
  readonly faults: string[];
  /** The text of each block, without the names at colleagues’ cursors. */
  blocks(): Promise<string[]>;
  /** Puts the caret at the end of a block. */
  put(at: number): Promise<void>;
  /** Waits until everything written here is on the server. */
  durable(): Promise<void>;
  close(): Promise<void>;
};

export async function editorHouse(): Promise<EditorHouse> {
  const site = await runSite({ port: await freePort() });
  const browser = await openBrowser();
  return {
    site,
    browser,
    draft: async (body, language = 'en') => {
      const doc = 'type' in body ? body : docFromParagraphs(body);
      const content = { language, headline: 'A bridge', lede: 'It opened.', body: doc };
      const [row] = await site.house.db.write((tx) =>
        createArticles(tx, { clock: site.house.clock, by: null }, [{ content }]),
      );
      if (row === undefined) throw new Error('no draft');
      return row.id;
    },
    person: (name) => signedIn(site.house, 'editor', { name }),
    open: async (articleId, person, look = {}) => {
      const context = await browser.newContext({ viewport: { width: look.width ?? 1280, height: 900 } });
      await context.addCookies([person.browserCookie(site.address)]);
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      page.on('pageerror', (cause) => faults.push(cause.message));
      await page.goto(`${site.address}/newsroom/articles/${articleId}`);
      await page.locator('.savestate[data-server="saved"]').waitFor();
      return {
        page,
        faults,
        blocks: () =>
          page.locator('.prose > *').evaluateAll((blocks) =>
            blocks.map((block) => {
              const bare = block.cloneNode(true) as Element;
              for (const cursor of bare.querySelectorAll('.peer')) cursor.remove();
              return bare.textContent ?? '';
            }),
          ),
        put: async (at) => {
          await page.locator('.prose > *').nth(at).click();
          await page.keyboard.press('End');
        },
        durable: () => page.locator('.savestate[data-server="saved"][data-unsent="false"]').waitFor(),
        close: () => context.close(),
      };
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await site[Symbol.asyncDispose]();
    },
  };
}
