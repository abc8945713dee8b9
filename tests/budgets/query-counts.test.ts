import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eachDatabase } from '../support/database.ts';
import { filledHouse, pagesOf } from '../support/filled-house.ts';

const file = new URL('./query-counts.json', import.meta.url);
const budget = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;

eachDatabase('queries a page costs', (open) => {
  test('are as many as the snapshot says; fewer is a reason to lower it, more needs a reason', async () => {
    await using filled = await filledHouse(await open());
    const counts: Record<string, number> = {};
    for (const [name, target] of Object.entries(pagesOf(filled)))
      counts[name] = (await filled.render(target)).queries;
    expect(counts).toEqual(budget);
  });
});
