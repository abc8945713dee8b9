import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../../../base/problem.ts';
import { sharedPath } from '../../../../tests/support/shared.ts';
import { formatReport, recognisePage, toJson } from './page.ts';
import type { PageRecognition } from './page.ts';
import { fieldsOf } from './json.ts';

const folder = new URL('./fixtures/', import.meta.url);
const pages = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));
const sample = readFileSync(new URL('en-agency.txt', folder), 'utf8');
const seed = sharedPath('seed/000_a7293964405338a4.txt');

function problemOf(text: string): Problem {
  try {
    recognisePage(text);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('it was recognised');
}

/** Lines that are neither used nor dropped, or both. */
function unsettled(text: string, page: PageRecognition): number[] {
  const used = new Set(fieldsOf(page).flatMap(([, found]) => found?.lines ?? []));
  const dropped = page.dropped.map((one) => one.line);
  const wrong = dropped.filter((line, at) => used.has(line) || dropped.indexOf(line) !== at);
  text.split(/\r\n?|\n/).forEach((line, at) => {
    if (line.trim() !== '' && !used.has(at + 1) && !dropped.includes(at + 1)) wrong.push(at + 1);
  });
  return wrong;
}

test.skipIf(seed === undefined)('recognises the page it was asked for', () => {
  const page = toJson(recognisePage(readFileSync(seed ?? '', 'utf8')));
  expect(page).toMatchObject({
    headline: 'Mutual Visits of Russian, Japanese Leaders Suspended Over Tokyo’s Sanctions',
    dateline: {
      text: 'MOSCOW, January 21 (Sputnik) —',
      place: 'MOSCOW',
      date: 'January 21',
      source: 'Sputnik',
    },
    published: '2015-01-21',
    modified: null,
    picture: { credit: '© Sputnik / Alexei Nikolsky', agency: 'Sputnik', photographer: 'Alexei Nikolsky' },
    storyline: { title: 'Western Sanctions Against Russia', count: 737 },
    related: [
      'Abe Pledges to Save Japanese Hostages Held by IS, Continue Anti-IS Campaign',
      'Shinzo Abe Calls IS Threat to Kill Japanese Hostages ‘Unforgivable’',
      'Shinzo Abe Pledges $200 Mln to Countries Fighting Against Islamic State',
    ],
    concepts: [
      { name: 'Vladimir Putin', kind: 'person' },
      { name: 'Shinzo Abe', kind: 'person' },
      { name: 'Russia', kind: 'place' },
      { name: 'Japan', kind: 'place' },
    ],
    counters: { comments: 0, views: 43 },
    bylines: [],
    language: 'en',
    source: 'Sputnik',
  });
  expect(page.picture?.caption).toMatch(
    /^Japanese Prime Minister Shinzo Abe and Russian President .* June 17, 2013$/,
  );
  expect(page.lede).toMatch(/^Russia's top diplomat noted that Moscow .* sanctions against Moscow\.$/);
  expect(page.body).toHaveLength(9);
  expect(page.body[0]).toMatch(/^Mutual visits by Russian and Japanese leaders were suspended/);
  expect(page.body[8]).toMatch(/^On December 31, 2014, Putin expressed/);
  expect(page.dropped.map((one) => [one.line, one.reason])).toEqual([
    [1, 'clock'],
    [2, 'live'],
    [8, 'share'],
    [39, 'comment prompt'],
    [40, 'comment prompt'],
  ]);
});

test.skipIf(seed === undefined)('the masthead’s clock never makes the year, it only bounds it', () => {
  const text = readFileSync(seed ?? '', 'utf8');
  for (const clock of [
    '08:02 GMT +12 February 2026',
    '14:15 GMT +321 January 2019',
    'Wednesday, January 21, 2009',
  ]) {
    const page = recognisePage(text.replace(/^.*\n/, `${clock}\n`));
    expect(page.published?.value).toBe('2015-01-21');
  }
});

test('every line of a mutated page is used or dropped, never both', () => {
  const page = fc.constantFrom(...pages);
  const junk = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom(
      '',
      '\uFEFF',
      '\u200B\u00AD',
      '12 comments',
      '21 January 2015',
      'Home > World',
      '(c) AFP',
      'By Jane Doe',
      'Tags: a, b',
      '\t',
    ),
  );
  const edit = fc.record({
    at: fc.nat(),
    what: fc.constantFrom('delete', 'double', 'swap', 'insert', 'move'),
    junk,
  });
  fc.assert(
    fc.property(
      page,
      fc.array(edit, { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n', '\r', '\n\n'),
      (text, edits, end) => {
        const lines = text.split('\n');
        for (const { at, what, junk: line } of edits) {
          const place = at % lines.length;
          const own = lines[place] ?? '';
          if (what === 'delete') lines.splice(place, 1);
          else if (what === 'double') lines.splice(place, 0, own);
          else if (what === 'insert') lines.splice(place, 0, line);
          else if (what === 'swap') lines.splice(place, 2, lines[place + 1] ?? '', own);
          else lines.unshift(...lines.splice(place, 1));
          if (lines.length === 0) lines.push('');
        }
        const mutated = lines.join(end);
        try {
          expect(unsettled(mutated, recognisePage(mutated))).toEqual([]);
        } catch (error) {
          // A page may lose its article, but never in another way than this.
          if (!(error instanceof Problem) || error.kind !== 'invalid') throw error;
        }
      },
    ),
    { numRuns: 400 },
  );
}, 60_000);

test('reads the same through line ends, indents, non-breaking spaces, soft hyphens and a byte order mark', () => {
  const plain = toJson(recognisePage(sample));
  const { dropped, ...expected } = plain;
  const dressed = `\uFEFF${sample.replaceAll('\n', '\r\n').replaceAll(' by ', ' by\u00A0 ').replaceAll('vessel', 'ves\u00ADsel').replaceAll('\nThe', '\n\t  The')}`;
  const { dropped: again, ...found } = toJson(recognisePage(dressed));
  expect(found).toEqual(expected);
  expect(again.map((one) => one.line)).toEqual(dropped.map((one) => one.line));
});

test('a page without an article is refused in one line', () => {
  for (const text of [
    '',
    '\n\n',
    'Home\nWorld\nSport\nLog in\n© 2015 Example',
    'a',
    '{"json": true}',
    'x\n'.repeat(1000),
  ]) {
    const problem = problemOf(text);
    expect([problem.kind, problem.line.includes('\n')]).toEqual(['invalid', false]);
    expect(problem.message).toMatch(/no article/);
  }
});

test('the day in the address wins over a guess, the page’s own word over both', () => {
  const story =
    'Town votes for a new bridge\nOSLO, February 3 (AP) – Residents voted to build a bridge over the river, officials in the town said.\nThe bridge will be paid for by the town and the county together.';
  expect(recognisePage(story).published).toBeNull();
  const url = 'https://news.example/2014/02/03/bridge';
  expect(recognisePage(story, { url }).published?.value).toBe('2014-02-03');
  const stated = story.replace('\n', '\nPublished 3 February 2012\n');
  expect(recognisePage(stated, { url }).published?.value).toBe('2012-02-03');
  expect(recognisePage(story, { url: 'https://news.example/2014/09/30/x' }).published).toBeNull();
});

test('finds the article among a million short lines and in lines of megabytes', () => {
  const noise = Array.from({ length: 500_000 }, (_, at) => `item ${at}`).join('\n');
  const page = recognisePage(`${noise}\n${sample}\n${noise}`);
  expect(page.headline?.value).toBe('Grain ships leave port after two-week blockade');
  expect(page.body.value).toHaveLength(7);
  expect(page.dropped.length).toBeGreaterThan(1_000_000);
  for (const long of [
    '('.repeat(2e6),
    'A, '.repeat(1e6),
    '1 '.repeat(2e6),
    'CITY, '.repeat(5e5),
    ' '.repeat(4e6),
    '« » '.repeat(5e5),
    'a'.repeat(5e6),
    '漢'.repeat(2e6),
  ]) {
    expect(recognisePage(`${sample}\n${long}`).headline?.value).toBe(
      'Grain ships leave port after two-week blockade',
    );
  }
}, 120_000);

test('a text longer than any page is refused', () => {
  expect(problemOf('x'.repeat(33 * 1024 * 1024)).kind).toBe('too-large');
});

test('the report names every field with its confidence, and every dropped line with its reason', () => {
  const report = formatReport(recognisePage(sample));
  expect(report).toMatch(/headline +99% +Grain ships leave port/);
  expect(report).toMatch(/storyline +– +not found/);
  expect(report).toMatch(/\d+ +cookie notice +We use cookies/);
  for (const line of report.split('\n')) expect(line.length).toBeLessThan(160);
});

test('one object a page, with the same fields whatever was found', () => {
  const full = toJson(recognisePage(sample));
  const bare = toJson(recognisePage(readFileSync(new URL('en-plain.txt', folder), 'utf8')));
  expect(Object.keys(bare)).toEqual(Object.keys(full));
  expect(Object.keys(bare.confidence)).toEqual(Object.keys(full.confidence));
  expect(JSON.parse(JSON.stringify(full))).toEqual(full);
  for (const value of Object.values(full.confidence)) expect(value >= 0 && value <= 1).toBe(true);
});
