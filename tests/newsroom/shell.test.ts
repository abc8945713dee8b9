import { afterAll, expect, test } from 'vitest';
import type { NewsroomManifest } from '../../src/newsroom.build.ts';
import { runSite, type RunningSite } from '../support/site.ts';

let opened: RunningSite | undefined;
afterAll(() => opened?.[Symbol.asyncDispose]());
const open = async (): Promise<RunningSite> => (opened ??= await runSite());

test('every deep address answers the one document, under a policy without inline code', async () => {
  const site = await open();
  const bare = await site.get('/newsroom?x=1');
  expect(bare.status).toBe(308);
  expect(bare.headers).toContain('/newsroom/?x=1');
  const first = await site.get('/newsroom/');
  const deep = await site.get('/newsroom/articles/019ab?state=draft');
  expect([first.status, deep.status]).toEqual([200, 200]);
  expect(deep.body).toBe(first.body);
  expect(first.body).not.toMatch(/<style|style=|<script(?![^>]* src=)/);
  expect(first.headers).toMatch(/script-src 'self';/);
  expect(first.headers).toContain("require-trusted-types-for 'script'");
  expect(first.headers).not.toMatch(/unsafe|\*/);
});

test('the first load is at most 350 KB as it is sent, the editor and the panel beside the text included', async () => {
  const site = await open();
  const { body } = await site.get('/newsroom/');
  const first = [...body.matchAll(/(?:href|src)="(\/assets\/newsroom[^"]+)"/g)].map(([, file = '']) => file);
  expect(first.length).toBeGreaterThan(1);
  const sizes = new Map<string, number>();
  const texts = new Map<string, string>();
  const load = async (file: string): Promise<void> => {
    if (sizes.has(file)) return;
    sizes.set(file, 0);
    const answer = await fetch(site.address + file, { headers: { 'accept-encoding': 'br' } });
    expect(answer.headers.get('cache-control')).toContain('immutable');
    sizes.set(file, Number(answer.headers.get('content-length')));
    texts.set(file, await answer.text());
    // What a module imports is fetched with it.
    for (const [, name = ''] of (texts.get(file) ?? '').matchAll(/(?:from|import)"\.\/([^"]+)"/g))
      await load(`/assets/${name}`);
  };
  for (const file of first) await load(file);
  expect(sizes.size).toBe(first.length);
  for (const part of ['editor-screen', 'article-panel', 'since']) {
    const all = [...texts.values()].join('\n');
    const name = new RegExp(`import\\([\`"']\\./(newsroom-${part}\\.[0-9a-f]{10}\\.js)`).exec(all)?.[1];
    expect(name, part).toBeDefined();
    await load(`/assets/${name ?? ''}`);
  }
  const total = [...sizes.values()].reduce((sum, size) => sum + size, Buffer.byteLength(body));
  expect(total).toBeLessThan(350 * 1024);
});

test('the document names what was built', async () => {
  const site = await open();
  const { body } = await site.get('/newsroom/');
  const named: Pick<NewsroomManifest, 'css' | 'js'> = {
    css: /stylesheet" href="([^"]+)"/.exec(body)?.[1] ?? '',
    js: /module" src="([^"]+)"/.exec(body)?.[1] ?? '',
  };
  for (const file of Object.values(named)) expect((await site.get(file)).status).toBe(200);
});
