import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AssetManifest } from '../contract/pages.ts';
import { buildReaderAssets } from './assets.build.ts';
import { minifyCss } from './css.build.ts';
import { fixtures } from './fixtures.ts';
import { renderPage } from './render-page.tsx';

let dir: string;
let assets: AssetManifest;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dateline-assets-'));
  assets = await buildReaderAssets(dir);
});
afterAll(() => rm(dir, { recursive: true }));

const fileOf = (address: string): string => join(dir, basename(address));
const compressed = (bytes: string | Uint8Array): number =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;

test('an article of six paragraphs is at most 14 KB of HTML and CSS, and 8 KB of script, compressed', async () => {
  const page = fixtures({ assets })['article'];
  if (page === undefined) throw new Error('no such fixture');
  const sizes = {
    html: compressed(renderPage(page)),
    css: compressed(await readFile(fileOf(assets.css))),
    js: compressed(await readFile(fileOf(assets.js))),
  };
  expect(sizes.html + sizes.css).toBeLessThanOrEqual(14_000);
  expect(sizes.js).toBeLessThanOrEqual(8_000);
  // To the half kilobyte, so that a page does not grow unnoticed.
  expect(
    Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, Math.ceil(size / 500) * 500])),
  ).toMatchSnapshot();
});

test('each font is at most 45 KB', async () => {
  const sizes = await Promise.all(
    Object.values(assets.fonts).map(async (font) => (await stat(fileOf(font))).size),
  );
  expect(Math.max(...sizes)).toBeLessThanOrEqual(45_000);
});

test('names carry the hash of the content, and the style sheet names only files that are there', async () => {
  const css = await readFile(fileOf(assets.css), 'utf8');
  expect(assets.css).toMatch(/^\/assets\/paper\.[0-9a-f]{10}\.css$/);
  const named = [...css.matchAll(/url\(([^)]*)\)/g)].map(([, address]) => address ?? '');
  expect(new Set(named)).toEqual(new Set(Object.values(assets.fonts)));
  expect(css).not.toMatch(/https?:/);
});

test('the minifier drops white space and comments and keeps what carries meaning', () => {
  expect(
    minifyCss("/* a */ a :hover , b > c {\n  content: ' ( /* x */ ';\n  width: calc(1px + 2px);\n}\n"),
  ).toBe("a :hover,b>c{content:' ( /* x */ ';width:calc(1px + 2px)}");
  expect(minifyCss('@media (min-width: 40rem) { a { margin: 0 -1px } }')).toBe(
    '@media (min-width:40rem){a{margin:0 -1px}}',
  );
});
