import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fromJson } from '../../src/base/json.ts';
import type { PublishedVersion } from '../../src/contract/article.ts';
import { openDb, sqliteFile } from '../../src/storage/open.ts';
import { sharedPath } from '../support/shared.ts';
import { dateline, testFolder } from './program.ts';

test('an old page becomes an article with its dateline, storyline, tags and the words of its picture; the record holds', async ({
  skip,
}) => {
  const seed = sharedPath('seed');
  const [name] = seed === undefined ? [] : readdirSync(seed).filter((file) => file.endsWith('.txt'));
  if (seed === undefined || name === undefined)
    return skip('the sample page does not lie beside this checkout');
  const data = testFolder();
  const run = async (): Promise<string> => {
    const ended = await dateline(data, ['import', 'page', join(seed, name), '--json']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    return ended.stdout;
  };
  const lines = (await run()).trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ published: '2015-01-21', storyline: { count: 737 } });
  await run();
  const db = await openDb({ kind: 'sqlite', file: sqliteFile(data) });
  try {
    const rows = await db.read
      .selectFrom('published_articles')
      .select(['version', 'published_day'])
      .execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.published_day).toBe('2015-01-21');
    const version = fromJson<PublishedVersion>(rows[0]?.version as string);
    expect(version).toMatchObject({
      version: 1,
      dateline: { place: 'MOSCOW', date: '2015-01-21', source: 'Sputnik' },
      leadPicture: { credit: '© Sputnik / Alexei Nikolsky' },
      source: { name: 'Sputnik' },
    });
    expect(version.concepts.map((concept) => concept.name)).toEqual([
      'Vladimir Putin',
      'Shinzo Abe',
      'Russia',
      'Japan',
    ]);
    const storyline = await db.read
      .selectFrom('storylines')
      .select(['title', 'article_count'])
      .executeTakeFirst();
    // The count that the old page stated is that of the old site; ours is that of this one.
    expect(storyline).toEqual({ title: 'Western Sanctions Against Russia', article_count: 1 });
  } finally {
    await db.close();
  }
  expect(await dateline(data, ['record', 'verify'])).toMatchObject({ code: 0 });
});
