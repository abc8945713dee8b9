import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openHouse } from '../../src/app.ts';
import { configFrom } from '../../src/config/config.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { createArticles } from '../../src/features/articles/articles.ts';
import { withBrowser } from '../../tests/support/chromium.ts';
import { signedIn, type SignedIn } from '../../tests/support/signed-in.ts';
import { freePort } from '../../tests/support/writer.ts';
import { quantile, type Row, type RowMaker, spreadOf } from '../row.ts';

const WORDS = 20_000;
const STROKES = 120;
const STROKE_MS = 50;
const FRAME_MS = 1000 / 60;

/**
 * Typing in an article of 20,000 words: from frame to frame meanwhile, beside a bare contenteditable of the same text; and how long until a
 * colleague's page shows a keystroke.
 */
export const editorRow: RowMaker = async ({ size, executable }) => {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-editor-'));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const env = {
    DATELINE_DATA: folder,
    DATELINE_ORIGIN: address,
    DATELINE_METRICS_PORT: 'off',
    DATELINE_RADIO_PORT: 'off',
    PORT: String(port),
  };
  const text = Array.from({ length: WORDS / 50 }, (_, i) =>
    Array.from({ length: 50 }, (__, j) => `word${(i * 7 + j * 3) % 997}`).join(' '),
  );
  const { people, articleId } = await prepare(env, text);
  const program = await started(executable, { env, address });
  try {
    return await measured({ size, address, people, articleId, text });
  } finally {
    const gone = once(program, 'exit');
    program.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true });
  }
};

type People = readonly [SignedIn, SignedIn];

async function prepare(
  env: Record<string, string>,
  text: readonly string[],
): Promise<{ people: People; articleId: string }> {
  const house = await openHouse(configFrom(env));
  try {
    const people: People = [await signedIn(house, 'editor'), await signedIn(house, 'editor')];
    const content = { language: 'en', headline: 'Long', lede: 'Long', body: docFromParagraphs([...text]) };
    const [row] = await house.db.write((tx) =>
      createArticles(tx, { clock: house.clock, by: null }, [{ content }]),
    );
    return { people, articleId: row?.id ?? '' };
  } finally {
    await house.close();
  }
}

/** The built program, when it answers. */
async function started(
  executable: string,
  { env, address }: { env: Record<string, string>; address: string },
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [executable, 'serve', '--host', '127.0.0.1'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
    const ready = await fetch(`${address}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return child;
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
}

async function measured(at: {
  size: number;
  address: string;
  people: People;
  articleId: string;
  text: readonly string[];
}): Promise<Row[]> {
  const { size, address, people, articleId, text } = at;
  return withBrowser(async (browser) => {
    const open = async (person: SignedIn): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      await context.addCookies([person.browserCookie(address)]);
      const page = await context.newPage();
      await page.goto(`${address}/newsroom/articles/${articleId}`);
      await page.locator('.savestate[data-server="saved"]').waitFor();
      return page;
    };
    const [ours, bare] = [await open(people[0]), await (await browser.newContext()).newPage()];
    await bare.setContent('<div class="prose" contenteditable></div>');
    await bare.evaluate((paragraphs) => {
      const place = document.querySelector('.prose');
      for (const words of paragraphs) {
        const paragraph = document.createElement('p');
        paragraph.textContent = words;
        place?.append(paragraph);
      }
    }, text);
    const [frames, plain] = [await frameTimes(ours), await frameTimes(bare)];
    const colleague = await open(people[1]);
    const delays = await keystrokeDelays(ours, colleague);
    const late = frames.filter((ms) => ms > FRAME_MS * 1.5).length;
    return [
      {
        name: 'frame to frame while typing, 20,000 words, p95',
        size,
        ours: quantile(frames, 0.95),
        yardstick: quantile(plain, 0.95),
        unit: 'ms',
        spread: spreadOf(frames),
        yardstickIs: 'bare contenteditable, same text',
        budget: '60 a second',
        holds: quantile(frames, 0.95) <= FRAME_MS * 1.1,
        note: `${late} of ${frames.length} frames late`,
      },
      {
        name: 'keystroke → colleague’s screen, p95',
        size,
        ours: quantile(delays, 0.95),
        yardstick: quantile(delays, 0.5),
        unit: 'ms',
        spread: spreadOf(delays),
        yardstickIs: 'its own median',
        budget: '≤ 150 ms',
        holds: quantile(delays, 0.95) <= 150,
      },
    ];
  });
}

/** Milliseconds from frame to frame while somebody types quickly. */
async function frameTimes(page: Page): Promise<number[]> {
  await page.locator('.prose > p').nth(200).click();
  await page.evaluate(() => {
    const times: number[] = [];
    let before: number | undefined;
    const frame = (now: number): void => {
      if (before !== undefined) times.push(now - before);
      before = now;
      requestAnimationFrame(frame);
    };
    Object.assign(window, { times });
    requestAnimationFrame(frame);
  });
  for (let i = 0; i < STROKES; i += 1) {
    await page.keyboard.type('x');
    await page.waitForTimeout(STROKE_MS);
  }
  return page.evaluate(() => (window as unknown as { times: number[] }).times);
}

/** Both pages run on one machine, so that their clocks are one. */
async function keystrokeDelays(from: Page, to: Page): Promise<number[]> {
  await to.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    const place = document.querySelector('.prose');
    if (place !== null)
      new MutationObserver((changes) => {
        if (changes.some(({ type }) => type === 'characterData'))
          requestAnimationFrame(() => seen.push(performance.timeOrigin + performance.now()));
      }).observe(place, { subtree: true, characterData: true });
  });
  await from.evaluate(() => {
    const typed: number[] = [];
    Object.assign(window, { typed });
    document.addEventListener('keydown', () => typed.push(performance.timeOrigin + performance.now()), true);
  });
  for (let i = 0; i < STROKES; i += 1) {
    await from.keyboard.type('y');
    await from.waitForTimeout(250);
  }
  const typed = await from.evaluate(() => (window as unknown as { typed: number[] }).typed);
  const seen = await to.evaluate(() => (window as unknown as { seen: number[] }).seen);
  return typed.flatMap((at) => {
    const shown = seen.find((one) => one >= at);
    return shown === undefined ? [] : [shown - at];
  });
}
