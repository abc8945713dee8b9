import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toJson } from './json.ts';
import { recognisePage } from './recognise.ts';

// Original pages in the manner of several houses and languages. An expectation names what it is about; `bodyStarts` gives how
// each paragraph of the body begins, so that nothing may be missing and nothing more be there.
const folder = new URL('./fixtures/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));

test.each(names)('recognises %s', (name) => {
  const page = toJson(recognisePage(readFileSync(new URL(`${name}.txt`, folder), 'utf8')));
  const { bodyStarts, ...expected } = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as {
    bodyStarts: string[];
  } & Record<string, unknown>;
  const found: Record<string, unknown> = { ...page };
  expect(Object.fromEntries(Object.keys(expected).map((key) => [key, found[key]]))).toEqual(expected);
  expect(page.body.map((text, at) => text.slice(0, bodyStarts[at]?.length ?? 40))).toEqual(bodyStarts);
});
