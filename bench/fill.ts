import type { House } from '../src/app.ts';
import type { ArticleInput } from '../src/contract/article.ts';
import { defaultSite, SiteSettings } from '../src/contract/site.ts';
import { createArticles, createAuthor, createSection, publish } from '../src/features/articles/articles.ts';
import { createConcept } from '../src/features/concepts/concepts.ts';
import { createStoryline } from '../src/features/storylines/storylines.ts';
import { writeSetting } from '../src/storage/settings.store.ts';
import { type ArchiveGenerator, type MadeArticle, makeGenerator } from './generator.ts';

export type Nouns = { sections: string[]; authors: string[]; storylines: string[]; concepts: string[] };
export type Filled = {
  readonly articles: number;
  readonly seconds: number;
  readonly rates: readonly number[];
};

/** Articles a transaction: what an import commits at once. */
const BATCH = 500;

/** Fills an empty house by the way that every import goes (draft, publish, record, counts, search) and says how fast. */
export async function fillArchive(
  house: House,
  { articles, seed = 1, progress }: { articles: number; seed?: number; progress?: (done: number) => void },
): Promise<Filled> {
  const generator = makeGenerator({ seed, articles });
  const nouns = await makeNouns(house, generator);
  const rates: number[] = [];
  let seconds = 0;
  let done = 0;
  // Making the text is not importing it: the clock stands still meanwhile.
  for (const batch of generator.batches(BATCH)) {
    const began = performance.now();
    await publishBatch(house, nouns, batch);
    const took = (performance.now() - began) / 1000;
    seconds += took;
    done += batch.length;
    rates.push(batch.length / took);
    progress?.(done);
  }
  return { articles: done, seconds, rates };
}

export async function publishBatch(house: House, nouns: Nouns, batch: readonly MadeArticle[]): Promise<void> {
  await house.db.write(async (tx) => {
    const rows = await createArticles(
      tx,
      { clock: house.clock, by: null },
      batch.map((article) => ({ content: contentOf(article, nouns), createdAt: article.publishedAt })),
    );
    await publish(
      tx,
      house.press,
      rows.map((row, i) => ({ articleId: row.id, publishedAt: batch[i]?.publishedAt ?? row.created_at })),
    );
  });
}

export function contentOf(article: MadeArticle, nouns: Nouns): ArticleInput {
  const at = (list: readonly string[], index: number): string => list[index] ?? '';
  return {
    language: 'en',
    headline: article.headline,
    lede: article.lede,
    body: article.body,
    section: at(nouns.sections, article.section),
    dateline: { place: article.place, date: article.publishedAt.slice(0, 10), source: 'Bench' },
    bylines: [{ author: at(nouns.authors, article.author) }],
    storylines: article.storyline === undefined ? [] : [at(nouns.storylines, article.storyline)],
    concepts: article.concepts.map((index) => at(nouns.concepts, index)),
    urgency: article.urgency,
  };
}

async function makeNouns(house: House, generator: ArchiveGenerator): Promise<Nouns> {
  const context = { db: house.db, clock: house.clock };
  const { nouns: counts, name } = generator;
  return house.db.write(async (tx) => {
    await writeSetting(
      tx,
      'site',
      SiteSettings.parse({ ...defaultSite, name: 'Bench', timeZone: 'UTC', languages: ['en'] }),
    );
    const nouns: Nouns = { sections: [], authors: [], storylines: [], concepts: [] };
    for (let i = 0; i < counts.sections; i += 1)
      nouns.sections.push(
        await createSection(tx, context, { slug: `desk-${i + 1}`, name: name('section', i), position: i }),
      );
    for (let i = 0; i < counts.authors; i += 1)
      nouns.authors.push(
        await createAuthor(tx, context, { slug: `writer-${i + 1}`, name: name('author', i) }),
      );
    for (let i = 0; i < counts.storylines; i += 1)
      nouns.storylines.push(
        await createStoryline(tx, context, {
          slug: `line-${i + 1}`,
          title: name('storyline', i),
          language: 'en',
          position: i,
        }),
      );
    for (let i = 0; i < counts.concepts; i += 1)
      nouns.concepts.push(
        await createConcept(tx, context, { slug: `topic-${i + 1}`, kind: 'topic', name: name('concept', i) }),
      );
    return nouns;
  });
}
