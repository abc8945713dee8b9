import { afterAll, beforeAll, expect, test } from 'vitest';
import { docFromParagraphs } from '../../src/contract/document.ts';
import {
  createArticles,
  createSection,
  publish,
  reviseArticle,
  withdraw,
} from '../../src/features/articles/articles.ts';
import { makeReceipt, type ReceiptRoom } from '../../src/features/desks/desks.ts';
import { openReceipt, type Reached } from '../../src/features/desks/receipts.ts';
import { receiptsOf } from '../../src/features/desks/receipts.views.ts';
import { runSite, type RunningSite } from '../support/site.ts';
import { freePort } from '../support/writer.ts';

let site: RunningSite;
beforeAll(async () => {
  site = await runSite({ port: await freePort() });
});
afterAll(() => site[Symbol.asyncDispose]());

type Plant = (path: string, at: 'site' | 'mirror') => Reached | Error | undefined;

/** Asks the site over the network; what is planted answers in the place of an address. The mirror is the site itself. */
function room(plant: Plant): ReceiptRoom {
  const { db, clock } = site.house;
  return {
    db,
    clock,
    origin: site.address,
    mirror: true,
    reach: async (path, at) => {
      const planted = plant(path, at);
      if (planted instanceof Error) throw planted;
      return planted ?? fetched(path);
    },
  };
}

/** What the site answered, once for each version: nothing moves in between, and nobody may ask for everything a hundred times. */
const answers = new Map<string, Promise<Reached>>();
function fetched(path: string): Promise<Reached> {
  const known = answers.get(path) ?? fetchNow(path);
  answers.set(path, known);
  return known;
}

async function fetchNow(path: string): Promise<Reached> {
  const answer = await fetch(site.address + path, { redirect: 'manual' });
  return {
    door: 'origin',
    status: answer.status,
    location: answer.headers.get('location') ?? undefined,
    body: new Uint8Array(await answer.arrayBuffer()),
  };
}

const nothing: Plant = () => undefined;

async function story(headline: string): Promise<{ id: string; change: (lede: string) => Promise<void> }> {
  const { db, clock, press } = site.house;
  const slug = `s${headline.length}`;
  const section = await db.write((tx) => createSection(tx, { db, clock }, { name: slug, slug }));
  const content = (lede: string) => ({
    language: 'en',
    headline,
    lede,
    body: docFromParagraphs(['It was told by two.']),
    section,
  });
  const [row] = await db.write((tx) =>
    createArticles(tx, { clock, by: null }, [{ content: content('The vote is held today in the hall.') }]),
  );
  const id = row?.id ?? '';
  await db.write((tx) => publish(tx, press, [{ articleId: id }]));
  return {
    id,
    change: (lede) =>
      db.write(async (tx) => {
        await reviseArticle(tx, { clock, by: null }, { articleId: id, content: content(lede) });
        const note = 'The day was wrong.';
        await publish(tx, press, [{ articleId: id, reason: 'correction', note, severity: 'minor' }]);
      }),
  };
}

/** Makes the receipt with something planted, and tells which surfaces it says were not reached. */
async function missed(receipt: { id: string }, articleId: string, plant: Plant): Promise<string[]> {
  const complete = await makeReceipt(room(plant), receipt.id);
  const [made] = await receiptsOf(site.house.db.read, { articleId, limit: 1 });
  const lost = made?.surfaces.filter((surface) => !surface.reached) ?? [];
  expect(complete).toBe(lost.length === 0);
  expect(made?.state).toBe(complete ? 'complete' : 'incomplete');
  expect(lost.filter(({ detail }) => detail === '')).toEqual([]);
  return lost.map(({ surface, url }) => `${surface} ${url}`);
}

const matches = (path: string, url: string): boolean =>
  path === url || (url.startsWith('/sitemap-2') && path.startsWith('/sitemap-2'));

/** Every address of a receipt, one after the other: silent, broken, and with what it answered before the change. */
async function plantEach(
  articleId: string,
  version: number,
  before: ReadonlyMap<string, Reached>,
): Promise<string[]> {
  answers.clear();
  const receipt = await openReceipt(room(nothing), { articleId, version });
  if (receipt === undefined) throw new Error('there is no receipt');
  expect(await missed(receipt, articleId, nothing)).toEqual([]);
  const [whole] = await receiptsOf(site.house.db.read, { articleId, limit: 1 });
  const all = whole?.surfaces ?? [];
  const unmoved: string[] = [];
  for (const mirror of [false, true])
    for (const url of new Set(
      all.filter(({ surface }) => (surface === 'mirror') === mirror).map((one) => one.url),
    )) {
      const own = all
        .filter((one) => one.url === url && (one.surface === 'mirror') === mirror)
        .map((one) => `${one.surface} ${url}`);
      const at = mirror ? 'mirror' : 'site';
      const only =
        (answer: Reached | Error): Plant =>
        (path, where) =>
          where === at && matches(path, url) ? answer : undefined;
      const broken: Reached = { door: 'origin', status: 500, location: undefined, body: new Uint8Array() };
      expect(await missed(receipt, articleId, only(new Error('refused')))).toEqual(own);
      expect(await missed(receipt, articleId, only(broken))).toEqual(own);
      const stale = before.get(url);
      if (stale === undefined) continue;
      const lost = await missed(receipt, articleId, only(stale));
      expect(own).toEqual(expect.arrayContaining(lost));
      if (lost.length === 0) unmoved.push(...own.map((one) => one.split(' ')[0] ?? ''));
    }
  // And it is whole again when they all answer.
  expect(await missed(receipt, articleId, nothing)).toEqual([]);
  return unmoved;
}

/** What every address of a version answers now. */
async function answersOf(articleId: string, version: number): Promise<Map<string, Reached>> {
  answers.clear();
  const receipt = await openReceipt(room(nothing), { articleId, version });
  if (receipt !== undefined) await makeReceipt(room(nothing), receipt.id);
  const [made] = await receiptsOf(site.house.db.read, { articleId, limit: 1 });
  const found = new Map<string, Reached>();
  for (const { url, surface } of made?.surfaces ?? [])
    if (surface !== 'sitemap') found.set(url, await fetched(url));
  return found;
}

test('a surface that did not take a correction is never told as reached, whichever it is', async () => {
  const { id, change } = await story('The council votes on the ferry');
  const before = await answersOf(id, 1);
  await change('The vote is held on Friday, in the church.');
  // These say nothing of what was corrected: before and after they are the same to a reader.
  expect((await plantEach(id, 2, before)).toSorted()).toEqual(['news-sitemap', 'oembed', 'short-link']);
});

test('a surface that still has a killed story is never told as reached, whichever it is', async () => {
  const { id } = await story('A story that will be killed');
  const before = await answersOf(id, 1);
  const { db, press } = site.house;
  await db.write((tx) =>
    withdraw(tx, press, { articleId: id, kind: 'kill', note: 'It was not so.', by: null }),
  );
  expect((await plantEach(id, 2, before)).toSorted()).toEqual(['short-link']);
});

test('a version that another followed meanwhile is told as overtaken, not as one that did not reach readers', async () => {
  const { id, change } = await story('The bridge opens on Monday');
  answers.clear();
  const states = async (): Promise<(readonly [number, string, number])[]> =>
    (await receiptsOf(site.house.db.read, { articleId: id, limit: 9 })).map(
      ({ version, state, surfaces }) => [version, state, surfaces.length] as const,
    );
  await change('It opens on Tuesday, the city says.');
  const receipt = await openReceipt(room(nothing), { articleId: id, version: 2 });
  if (receipt === undefined) throw new Error('there is no receipt');
  // While its surfaces are asked, the next correction comes.
  let asked = 0;
  const interrupted: ReceiptRoom = {
    ...room(nothing),
    reach: async (path) => {
      asked += 1;
      if (asked === 1) await change('It opens on Wednesday, the city says.');
      return fetchNow(path);
    },
  };
  expect(await makeReceipt(interrupted, receipt.id)).toBe(true);
  const surfaces = (await states())[0]?.[2] ?? 0;
  expect(asked).toBeGreaterThanOrEqual(surfaces);
  expect(await states()).toEqual([[2, 'overtaken', surfaces]]);
  // Of a version that nothing could be asked of in time, the same is said.
  await change('It opens on Thursday, the city says.');
  expect(await openReceipt(room(nothing), { articleId: id, version: 3 })).toBeUndefined();
  expect(await states()).toEqual([
    [3, 'overtaken', 0],
    [2, 'overtaken', surfaces],
  ]);
});
