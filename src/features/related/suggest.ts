import { batches, siteOf } from '../articles/articles.ts';
import { storiesById } from '../articles/articles.views.ts';
import type { Suggestions } from '../../contract/suggestions.ts';
import type { Reader } from '../../storage/db.ts';
import { storylinesById } from '../storylines/storylines.views.ts';
import { readNames } from './reader.ts';
import { nearestTo } from './related.ts';
import { isStemKey, keysIn, nameKey } from './words.ts';

const MAX_CHARS = 20_000;
const CONCEPTS = 20;
const STORYLINES = 6;
const RELATED = 8;
const NEW_NAMES = 12;

export type SuggestAsked = {
  readonly text: string;
  readonly language: string;
  /** What the article has already: not suggested again. */
  readonly concepts: readonly string[];
  readonly storylines: readonly string[];
  readonly articleId?: string | undefined;
  readonly now: string;
};

type Found = { id: string; noun: 'concept' | 'storyline'; times: number };

/**
 * What a text speaks of: concepts and storylines of the house by their names in any script, names that the house does not know yet
 * (English), and related pieces by what `related` goes by. Nothing is taken: an editor clicks.
 */
export async function suggest(db: Reader, asked: SuggestAsked): Promise<Suggestions> {
  const text = asked.text.slice(0, MAX_CHARS);
  const { language } = asked;
  const found = await namesIn(db, keysIn(text, language));
  const matched = await conceptsOf(db, [
    ...found.filter(({ noun }) => noun === 'concept'),
    ...asked.concepts.map((id) => ({ id, noun: 'concept' as const, times: 0 })),
  ]);
  const titled = found.filter(({ noun }) => noun === 'storyline');
  const site = await siteOf(db);
  const primary = language.split('-')[0] ?? language;
  const edition =
    site.languages.find((tag) => tag === language) ??
    site.languages.find((tag) => tag.split('-')[0] === primary) ??
    site.languages[0] ??
    language;
  const near = await nearestTo(
    db,
    {
      concepts: matched.toSorted((a, b) => a.article_count - b.article_count).slice(0, 12),
      storylines: [...new Set([...titled.map(({ id }) => id), ...asked.storylines])].slice(0, 5),
      edition,
      at: asked.now,
      articleId: asked.articleId,
    },
    24,
  );
  const proposed = primary === 'en' ? await readNames(text) : [];
  const known = new Set(
    (await namesIn(db, new Map(proposed.map(({ name }) => [nameKey(name), 1])))).map(({ key }) => key),
  );
  return {
    concepts: matched
      .filter(({ id, times }) => times > 0 && !asked.concepts.includes(id))
      .sort((a, b) => b.times - a.times || b.article_count - a.article_count)
      .slice(0, CONCEPTS)
      .map(({ id, kind, name, times, article_count }) => ({ id, kind, name, times, count: article_count })),
    storylines: await storylinesOf(db, { titled, near, asked }),
    related: (
      await storiesById(
        db,
        near.slice(0, RELATED).map(({ id }) => id),
      )
    ).map((story) => ({
      id: story.id,
      headline: story.headline,
      path: story.path,
      publishedAt: story.publishedAt,
    })),
    unknown: proposed
      .filter(({ name }) => !known.has(nameKey(name)))
      .slice(0, NEW_NAMES)
      .map(({ name, kind }) => ({ name, kind })),
  };
}

/** Nouns whose names are among the keys. A short name within a longer one that was found too is not counted for it. */
async function namesIn(db: Reader, keys: ReadonlyMap<string, number>): Promise<(Found & { key: string })[]> {
  const rows: { name_key: string; noun: 'concept' | 'storyline'; noun_id: string }[] = [];
  for (const batch of batches([...keys.keys()], 400))
    rows.push(...(await db.selectFrom('noun_names').selectAll().where('name_key', 'in', batch).execute()));
  const byId = new Map<string, Found & { key: string }>();
  // Stems last: they count every form of a name, the one that is written in full too.
  for (const row of rows.toSorted((a, b) => Number(isStemKey(a.name_key)) - Number(isStemKey(b.name_key)))) {
    const times = keys.get(row.name_key) ?? 0;
    const own = byId.get(row.noun_id);
    if (own === undefined)
      byId.set(row.noun_id, { id: row.noun_id, noun: row.noun, times, key: row.name_key });
    else own.times = isStemKey(row.name_key) ? Math.max(own.times, times) : own.times + times;
  }
  return [...byId.values()];
}

async function conceptsOf(db: Reader, found: readonly Found[]) {
  const times = new Map<string, number>();
  for (const one of found) times.set(one.id, Math.max(times.get(one.id) ?? 0, one.times));
  if (times.size === 0) return [];
  const rows = await db
    .selectFrom('concepts')
    .select(['id', 'kind', 'name', 'article_count'])
    .where('id', 'in', [...times.keys()].slice(0, 300))
    .where('merged_into', 'is', null)
    .execute();
  return rows.map((row) => ({ ...row, times: times.get(row.id) ?? 0 }));
}

/** Storylines that the text names, then those that the pieces nearest to it are in. */
async function storylinesOf(
  db: Reader,
  of: {
    titled: readonly Found[];
    near: readonly { id: string; score: number }[];
    asked: SuggestAsked;
  },
): Promise<Suggestions['storylines']> {
  const weights = new Map<string, number>();
  for (const { id, times } of of.titled) weights.set(id, 100 + times);
  const scores = new Map(of.near.map(({ id, score }) => [id, score]));
  const members =
    scores.size === 0
      ? []
      : await db
          .selectFrom('storyline_articles')
          .select(['storyline_id', 'article_id'])
          .where('article_id', 'in', [...scores.keys()])
          .execute();
  for (const { storyline_id, article_id } of members)
    weights.set(storyline_id, (weights.get(storyline_id) ?? 0) + (scores.get(article_id) ?? 0));
  const wanted = [...weights].filter(([id]) => !of.asked.storylines.includes(id));
  const lines = await storylinesById(
    db,
    wanted.map(([id]) => id),
  );
  return wanted
    .sort((a, b) => b[1] - a[1])
    .flatMap(([id]) => {
      const line = lines.get(id);
      return line === undefined || line.closed
        ? []
        : [{ id: line.id, title: line.titles[of.asked.language] ?? line.title, count: line.count }];
    })
    .slice(0, STORYLINES);
}
