import { brotliCompressSync, constants } from 'node:zlib';
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

test('the first load is at most 350 KB as it is sent', async () => {
  const site = await open();
  const { body } = await site.get('/newsroom/');
  const files = [...body.matchAll(/(?:href|src)="(\/assets\/newsroom[^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
  expect(files.length).toBeGreaterThan(1);
  let total = Buffer.byteLength(body);
  for (const file of files) {
    const answer = await site.get(file);
    expect(answer.headers).toContain('immutable');
    total += brotliCompressSync(Buffer.from(answer.body, 'latin1'), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
    }).length;
  }
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
