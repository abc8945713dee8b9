import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test } from 'vitest';
import { openDb } from '../../src/storage/open.ts';
import { freshDatabase } from '../support/database.ts';
import { filledHouse, pagesOf } from '../support/filled-house.ts';

const budget = JSON.parse(readFileSync(new URL('./bytes.json', import.meta.url), 'utf8')) as Record<
  string,
  number
>;
/** Ids are new in each run and compress differently by some bytes; a saving beyond this must be written down. */
const SLACK = 400;
const ARTICLE_WITH_STYLES = 14 * 1024;
const SCRIPT = 8 * 1024;

/** As the front door sends it. */
const packed = (body: string | Uint8Array): number =>
  brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  }).length;

test('pages, styles and script weigh what the snapshot allows, and no less than it says', async () => {
  const { config, dispose } = await freshDatabase('sqlite');
  const db = await openDb(config);
  try {
    await using filled = await filledHouse(db);
    const bytes: Record<string, number> = {};
    for (const [name, target] of Object.entries(pagesOf(filled)))
      bytes[name] = packed((await filled.render(target)).answer.body);
    // What every page loads; modules and sheets beside these are loaded where they are needed.
    const assetBytes = (end: string): number =>
      readdirSync(filled.assetFolder)
        .filter((name) => name.startsWith('paper.') && name.endsWith(end))
        .reduce((sum, name) => sum + packed(readFileSync(join(filled.assetFolder, name))), 0);
    bytes['styles'] = assetBytes('.css');
    bytes['script'] = assetBytes('.js');
    bytes['discussion styles'] = packed(
      readFileSync(join(filled.assetFolder, basename(filled.services.assets.discussionCss ?? ''))),
    );

    const over = Object.entries(bytes).filter(([name, size]) => size > (budget[name] ?? 0));
    expect(over, 'heavier than the snapshot').toEqual([]);
    const under = Object.entries(bytes).filter(([name, size]) => size < (budget[name] ?? 0) - SLACK);
    expect(under, 'lighter by far: lower the snapshot').toEqual([]);
    expect(Object.keys(budget)).toEqual(Object.keys(bytes));
    expect(
      (bytes['article'] ?? 0) + bytes['styles'],
      'an article of six paragraphs with its styles',
    ).toBeLessThanOrEqual(ARTICLE_WITH_STYLES);
    expect(bytes['script']).toBeLessThanOrEqual(SCRIPT);
  } finally {
    await db.close();
    await dispose();
  }
});
