import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { openHouse } from '../../src/app.ts';
import { configFrom } from '../../src/config/config.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { createArticles } from '../../src/features/articles/articles.ts';
import { withBrowser } from './chromium.ts';
import { freshDatabase } from './database.ts';
import { repoPath } from './shared.ts';
import { signedIn, type SignedIn } from './signed-in.ts';
import { freePort } from './writer.ts';

export type LossOptions = {
  readonly kind: 'sqlite' | 'postgres';
  /** Characters that both writers type together, at least. */
  readonly characters: number;
  readonly seed: number;
  /** Strokes of a hundred characters or fewer between two disasters. */
  readonly strokesBetween: number;
  /** Words of a stroke, at least; up to as many again. */
  readonly words: number;
};

export type LossFigures = {
  readonly typed: number;
  readonly acknowledged: number;
  readonly lost: readonly string[];
  /** Words whose letters are all there, with other words between them. */
  readonly torn: readonly string[];
  readonly twice: readonly string[];
  readonly same: boolean;
  /** Where the first missing word should stand: what each shows between its neighbours. */
  readonly hole: readonly string[];
  readonly kills: Readonly<Record<'tab' | 'network' | 'server', number>>;
};

/** Random numbers that a seed gives again (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The line between browsers and server: it can be cut, and mended. */
async function openLine(
  port: number,
  to: number,
): Promise<{ cut(): void; mend(): void; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let up = true;
  const server = createServer((socket) => {
    if (!up) return void socket.destroy();
    const other = connect(to, '127.0.0.1');
    for (const one of [socket, other]) {
      sockets.add(one);
      one
        .on('error', () => one.destroy())
        .on('close', () => {
          sockets.delete(one);
          socket.destroy();
          other.destroy();
        });
    }
    socket.pipe(other).pipe(socket);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const cut = (): void => {
    up = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    cut,
    mend: () => void (up = true),
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The program itself, in a process that can be killed. */
async function startProgram(env: Record<string, string>, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [repoPath('bin/dateline.js'), 'serve', '--host', '127.0.0.1'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return child;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGKILL');
  await gone;
}

type Writer = {
  readonly name: 'a' | 'b';
  readonly context: BrowserContext;
  page: Page;
  next: number;
  /** Words that the screen said are kept: in this browser at least. */
  readonly acknowledged: Set<string>;
  readonly typed: string[];
};

/**
 * Two real browsers type words into one article of the real program, while tabs, the network and the server are killed at random. Every word
 * of which the screen had said that it is kept, here or on the server, is looked for in both at the end.
 */
export async function writeThroughDisasters(options: LossOptions): Promise<LossFigures> {
  const random = randomOf(options.seed);
  const folder = await mkdtemp(join(tmpdir(), 'dateline-loss-'));
  const database = options.kind === 'postgres' ? await freshDatabase('postgres') : undefined;
  const [front, back] = [await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${front}`;
  const env: Record<string, string> = {
    DATELINE_DATA: join(folder, 'data'),
    DATELINE_ORIGIN: origin,
    DATELINE_METRICS_PORT: 'off',
    DATELINE_LOG_LEVEL: 'error',
    PORT: String(back),
    ...(database?.config.kind === 'postgres' ? { DATELINE_DATABASE_URL: database.config.url } : {}),
  };
  const { articleId, people } = await prepare(env, origin);
  const line = await openLine(front, back);
  let program = await startProgram(env, back);
  const kills = { tab: 0, network: 0, server: 0 };
  try {
    return await withBrowser(async (browser) => {
      const writers: Writer[] = [];
      for (const [index, name] of (['a', 'b'] as const).entries()) {
        const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
        const person = people[index];
        if (person !== undefined) await context.addCookies([person.browserCookie(origin)]);
        const page = await openTab(context, `${origin}/newsroom/articles/${articleId}`);
        writers.push({ name, context, page, next: 0, acknowledged: new Set(), typed: [] });
      }
      const count = (): number => writers.reduce((sum, { typed }) => sum + typed.join('').length, 0);
      for (let stroke = 1; count() < options.characters; stroke += 1) {
        await Promise.all(writers.map((writer) => typeStroke(writer, { random, words: options.words })));
        if (stroke % options.strokesBetween !== 0) continue;
        const [what] = (['tab', 'network', 'server'] as const).toSorted(
          (x, y) => kills[x] - kills[y] + random() - 0.5,
        );
        if (what === undefined) continue;
        kills[what] += 1;
        // The disaster comes while both are typing.
        const typing = Promise.all(
          writers.map((writer) =>
            typeStroke(writer, { random, words: options.words }).catch(() => undefined),
          ),
        );
        if (what === 'tab') {
          const writer = writers[random() < 0.5 ? 0 : 1];
          if (writer !== undefined) {
            await writer.page.close({ runBeforeUnload: false });
            await typing;
            writer.page = await openTab(writer.context, `${origin}/newsroom/articles/${articleId}`);
          }
        } else if (what === 'network') {
          line.cut();
          await typing;
          await Promise.all(writers.map((writer) => typeStroke(writer, { random, words: options.words })));
          line.mend();
        } else {
          await kill(program);
          await typing;
          await Promise.all(writers.map((writer) => typeStroke(writer, { random, words: options.words })));
          program = await startProgram(env, back);
        }
      }
      const texts = await settleBoth(writers);
      return figuresOf(writers, { texts, kills });
    });
  } finally {
    await kill(program);
    await line.close();
    await database?.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepare(
  env: Record<string, string>,
  origin: string,
): Promise<{ articleId: string; people: SignedIn[] }> {
  const house = await openHouse(configFrom(env, { port: env['PORT'] ?? '0', origin }));
  try {
    const people = [await signedIn(house, 'editor'), await signedIn(house, 'editor')];
    const body = docFromParagraphs(['Begin.', 'a- ', 'b- ']);
    const content = { language: 'en', headline: 'A test of patience', lede: '', body };
    const [row] = await house.db.write((tx) =>
      createArticles(tx, { clock: house.clock, by: null }, [{ content }]),
    );
    return { articleId: row?.id ?? '', people };
  } finally {
    await house.close();
  }
}

async function openTab(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('.prose').waitFor();
  return page;
}

/** Types some words at the end of one's own last paragraph, now and then a new paragraph, and notes what the screen says is kept. */
async function typeStroke(
  writer: Writer,
  { random, words: least }: { random: () => number; words: number },
): Promise<void> {
  const { page, name } = writer;
  const own = page.locator('.prose > p', { hasText: new RegExp(`${name}(-|\\d+\\.)`) }).last();
  await own.click({ timeout: 20_000 });
  await page.keyboard.press('End');
  if (random() < 0.15) await page.keyboard.press('Enter');
  const words: string[] = [];
  for (let i = 0; i < least + Math.floor(random() * least); i += 1)
    words.push(`${name}${(writer.next += 1)}.`);
  for (const word of words) {
    await page.keyboard.type(`${word} `);
    writer.typed.push(`${word} `);
  }
  // Read in one turn of the page: the words that are in its text, at a moment at which the screen says that all of it is kept. The other writer
  // types on meanwhile, so that such a moment has to be waited for.
  const kept = await page.waitForFunction(() => {
    const state = document.querySelector<HTMLElement>('.savestate')?.dataset;
    const isKept =
      state?.['disk'] === 'saved' || (state?.['server'] === 'saved' && state['unsent'] === 'false');
    return isKept ? (document.querySelector('.prose')?.textContent ?? '') : false;
  });
  const text = String(await kept.jsonValue());
  for (const word of writer.typed) if (text.includes(word.trim())) writer.acknowledged.add(word.trim());
}

/** Waits until both say that everything is on the server and show the same; answers with what they show. */
async function settleBoth(writers: readonly Writer[]): Promise<string[]> {
  for (const { page } of writers)
    await page.locator('.savestate[data-server="saved"][data-unsent="false"]').waitFor({ timeout: 60_000 });
  const text = (page: Page): Promise<string> =>
    page.evaluate(() =>
      [...document.querySelectorAll('.prose > *')]
        .map((block) => {
          const copy = block.cloneNode(true) as HTMLElement;
          for (const peer of copy.querySelectorAll('.peer')) peer.remove();
          return copy.textContent;
        })
        .join('\n'),
    );
  let texts: string[] = [];
  for (let tries = 0; tries < 100; tries += 1) {
    texts = await Promise.all(writers.map(({ page }) => text(page)));
    if (texts[0] === texts[1]) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return texts;
}

function figuresOf(
  writers: readonly Writer[],
  { texts, kills }: { texts: readonly string[]; kills: LossFigures['kills'] },
): LossFigures {
  const words = writers.flatMap(({ acknowledged }) => [...acknowledged]);
  const times = (text: string, word: string): number => text.split(word).length - 1;
  const missing = words.filter((word) => texts.some((text) => times(text, word) === 0));
  // Who types into a word tears it; taking the whole words out again puts it together.
  const torn = missing.filter((word) => texts.every((text) => times(text, word) > 0 || isTorn(text, word)));
  const lost = missing.filter((word) => !torn.includes(word));
  return {
    typed: writers.reduce((sum, { typed }) => sum + typed.join('').length, 0),
    acknowledged: words.join(' ').length,
    lost,
    torn,
    hole: missing.slice(0, 1).flatMap((word) => texts.map((text) => holeOf(text, word))),
    twice: words.filter((word) => texts.some((text) => times(text, word) > 1)),
    same: texts[0] === texts[1],
    kills,
  };
}

function isTorn(text: string, word: string): boolean {
  let rest = text.replaceAll('\n', '');
  for (let before = ''; before !== rest && !rest.includes(word);) {
    before = rest;
    rest = rest.replaceAll(/[ab]\d+\. /g, '');
  }
  return rest.includes(word);
}

/** Forty characters on each side of the word before one that is lost. */
function holeOf(text: string, word: string): string {
  const before = `${word.charAt(0)}${Number(word.slice(1, -1)) - 1}.`;
  const at = text.indexOf(before);
  return at < 0 ? text.slice(-200) : text.slice(Math.max(0, at - 40), at + before.length + 40);
}
