import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dayIn } from '../../base/clock.ts';
import { docAssets, docText, parseDocument, walk } from '../../contract/document.ts';
import type { Sample } from './sample.ts';
import { loadSample, picturePath, withIds } from './sample.ts';

const NOW = '2026-03-11T14:20:00.000Z';
const sample: Sample = await loadSample({ now: NOW });
const stories = sample.articles.filter((article) => article.form === 'story');
const keysOf = (items: readonly { key: string }[]) => new Set(items.map((item) => item.key));

test('the house is complete: sections, languages, storylines, counts', () => {
  expect(sample.sections).toHaveLength(5);
  expect(sample.storylines).toHaveLength(3);
  expect(sample.storylines.filter((storyline) => storyline.closed)).toHaveLength(1);
  expect(stories.length).toBeGreaterThanOrEqual(60);
  expect(sample.articles.length - stories.length).toBe(340);
  const inLanguage = (language: string) => stories.filter((article) => article.language === language).length;
  expect(inLanguage('en')).toBeGreaterThanOrEqual(44);
  expect(inLanguage('de')).toBeGreaterThanOrEqual(8);
  expect(inLanguage('ar')).toBeGreaterThanOrEqual(8);
  const inSection = sample.sections.map(
    ({ key }) => stories.filter((article) => article.section === key).length,
  );
  expect(Math.min(...inSection)).toBeGreaterThanOrEqual(8);
  const inStoryline = sample.storylines.map(
    ({ key }) => stories.filter(({ storylines }) => storylines.includes(key)).length,
  );
  expect(Math.min(...inStoryline)).toBeGreaterThanOrEqual(8);
  expect(Math.max(...inStoryline)).toBeLessThanOrEqual(15);
});

test('every key is unique in its list', () => {
  const { sections, authors, sources, storylines, concepts, pictures, articles, pages } = sample;
  for (const list of [sections, authors, sources, storylines, concepts, pictures, articles, pages]) {
    expect(keysOf(list).size).toBe(list.length);
  }
  const address = sample.articles.map(
    (article) => `${article.section}/${article.dateline.date}/${article.slug}`,
  );
  expect(new Set(address).size).toBe(address.length);
  expect(sample.articles.filter((article) => article.slug === '')).toEqual([]);
});

test('every reference resolves', () => {
  const known = {
    sections: keysOf(sample.sections),
    authors: keysOf(sample.authors),
    sources: keysOf(sample.sources),
    storylines: keysOf(sample.storylines),
    concepts: keysOf(sample.concepts),
    pictures: keysOf(sample.pictures),
    articles: keysOf(sample.articles),
  };
  const missing: string[] = [];
  const need = (article: string, set: Set<string>, key: string) => {
    if (!set.has(key)) missing.push(`${article} → ${key}`);
  };
  for (const article of sample.articles) {
    need(article.key, known.sections, article.section);
    need(article.key, known.sources, article.source);
    for (const author of article.authors) need(article.key, known.authors, author);
    for (const storyline of article.storylines) need(article.key, known.storylines, storyline);
    for (const concept of article.concepts) need(article.key, known.concepts, concept);
    if (article.picture !== undefined) need(article.key, known.pictures, article.picture.picture);
    for (const { body } of article.versions) {
      for (const asset of docAssets(body)) need(article.key, known.pictures, asset);
      for (const node of walk(body)) {
        if (node.type !== 'relatedBox') continue;
        const boxed = node.attrs?.['articles'];
        for (const key of Array.isArray(boxed) ? boxed.map(String) : [])
          need(article.key, known.articles, key);
      }
    }
  }
  expect(missing).toEqual([]);
});

test('every concept and every picture is used, and authors and sources too', () => {
  const used = new Set(
    sample.articles.flatMap((article) => [...article.concepts, ...article.authors, article.source]),
  );
  const idle = [...sample.concepts, ...sample.authors, ...sample.sources].filter(
    (item) => !used.has(item.key),
  );
  expect(idle.map((item) => item.key)).toEqual([]);
  const shown = new Set(sample.articles.map((article) => article.picture?.picture));
  expect(sample.pictures.filter((picture) => !shown.has(picture.key)).map((picture) => picture.key)).toEqual(
    [],
  );
});

test('every body is a valid document with something to read', () => {
  const short = sample.articles.filter(({ form, versions }) => {
    const lengths = versions.map(({ body }) => docText(parseDocument(body)).length);
    return Math.min(...lengths) < (form === 'story' ? 300 : 60);
  });
  expect(short.map((article) => article.key)).toEqual([]);
  expect(sample.pages.filter((page) => docText(page.body).length < 300)).toEqual([]);
});

test('the stories use the variety that a document allows', () => {
  const types = new Set(
    sample.articles.flatMap((article) =>
      article.versions.flatMap(({ body }) => [...walk(body)].map((node) => node.type)),
    ),
  );
  const wanted = [
    'heading',
    'blockquote',
    'bulletList',
    'orderedList',
    'table',
    'datedFact',
    'footnote',
    'note',
  ];
  expect([...wanted, 'embed', 'relatedBox', 'gallery', 'image'].filter((type) => !types.has(type))).toEqual(
    [],
  );
});

test('translations share a key, and differ in language', () => {
  const groups = Map.groupBy(
    stories.filter((article) => article.translationKey !== undefined),
    (article) => article.translationKey,
  );
  expect(groups.size).toBeGreaterThanOrEqual(6);
  for (const members of groups.values()) {
    expect(members.length).toBeGreaterThan(1);
    expect(new Set(members.map((member) => member.language)).size).toBe(members.length);
  }
});

test('later versions change the text, carry a note and come after; exactly one story is killed', () => {
  const reasons = stories.flatMap((article) => article.versions.slice(1).map((version) => version.reason));
  expect(reasons.filter((reason) => reason === 'kill')).toHaveLength(1);
  expect(new Set(reasons)).toEqual(new Set(['correction', 'update', 'clarification', 'kill']));
  for (const article of stories) {
    article.versions.slice(1).forEach((version, index) => {
      const before = article.versions[index];
      const same = JSON.stringify(version.body) === JSON.stringify(before?.body);
      const found = {
        key: article.key,
        later: version.publishedAt > (before?.publishedAt ?? ''),
        note: Boolean(version.note),
        same,
      };
      expect(found).toEqual({ key: article.key, later: true, note: true, same: version.reason === 'kill' });
    });
  }
});

test('nothing lies in the future, whatever the hour of the demo', async () => {
  for (const now of ['2026-03-29T00:40:00.000Z', '2026-07-01T05:00:00.000Z', '2026-10-25T22:59:00.000Z']) {
    const { articles, site } = await loadSample({ now });
    for (const article of articles) {
      expect(article.versions.filter(({ publishedAt }) => publishedAt > now)).toEqual([]);
      expect(article.dateline.date).toBe(dayIn(article.publishedAt, site.timeZone));
    }
  }
});

test('the same moment gives the same sample, and another moment the same addresses but for the dates', async () => {
  expect(await loadSample({ now: NOW })).toEqual(sample);
  const later = await loadSample({ now: '2027-08-02T06:00:00.000Z' });
  const names = (of: Sample) => of.articles.map((article) => `${article.key} ${article.slug}`).sort();
  expect(names(later)).toEqual(names(sample));
});

test('dates in a story are words of its own language, counted from its publication', () => {
  const texts = stories.map(
    (article) => `${article.versions[0]?.lede ?? ''}${JSON.stringify(article.versions[0]?.body)}`,
  );
  expect(texts.filter((text) => text.includes('{{'))).toEqual([]);
  const german = stories.find((article) => article.key === 'de-letzte-drei-segmente');
  expect(german?.versions[0]?.lede).toMatch(
    /am (Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag), \d+\. [A-Z]/,
  );
});

test('each photograph is there, has the size that is stated, and its credit names who made it', () => {
  for (const picture of sample.pictures) {
    const file = picturePath(picture);
    expect(existsSync(file)).toBe(true);
    expect(jpegSize(readFileSync(file))).toEqual({ width: picture.width, height: picture.height });
    expect(picture.credit).toContain(picture.photographer);
    for (const caption of Object.values(picture.captions)) expect(caption.length).toBeGreaterThan(20);
  }
});

test('keys of pictures and articles in a body become ids', () => {
  const box = stories.find((article) => article.key === 'last-three-segments')?.versions[0]?.body;
  const gallery = stories.find((article) => article.key === 'herbarium-drawers')?.versions[0]?.body;
  if (box === undefined || gallery === undefined) throw new Error('the two stories are gone');
  const ids = { article: (key: string) => `a:${key}`, asset: (key: string) => `p:${key}` };
  expect(JSON.stringify(withIds(box, ids))).toContain('"a:bridge-closes"');
  expect(docAssets(withIds(gallery, ids))).toEqual(['p:allium-oreophilum', 'p:acanthus-mollis']);
});

test('a dated fact is part of its sentence, for the reader and for the search', () => {
  const body = stories.find((article) => article.key === 'bridge-closes')?.versions[0]?.body;
  expect(body === undefined ? '' : docText(body)).toContain('The bridge was opened in 1964, with two lanes');
});

/** Width and height from the frame header of a JPEG (ITU-T T.81, SOF0 to SOF2). */
function jpegSize(bytes: Buffer): { width: number; height: number } | undefined {
  for (let at = 2; at < bytes.length - 9;) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2)
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
