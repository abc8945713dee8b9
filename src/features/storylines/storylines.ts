import type { z } from 'zod';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { StorylineInput } from '../../contract/nouns.ts';
import type { Tx } from '../../storage/db.ts';
import {
  checkRowVersion,
  freeSlug,
  nounChanged,
  type NounContext,
  parseNoun,
  type Target,
} from '../articles/articles.ts';
import { insertStoryline, updateStoryline } from './storylines.store.ts';

export { mergeStorylines, type MergeRoom } from './merge.ts';
export { storylineLists } from './storylines.store.ts';
export { addEntry, changeEntry, FactDate, factKey, orderEntries, removeEntry } from './timeline.ts';

export async function createStoryline(tx: Tx, context: NounContext, input: StorylineInput): Promise<string> {
  const storyline = parseNoun(StorylineInput, input);
  const id = newId();
  const now = context.clock.now();
  const slug = await freeSlug(tx, {
    table: 'storylines',
    wish: storyline.slug,
    name: storyline.title,
    language: storyline.language,
  });
  await insertStoryline(tx, { id, slug, ...columns(storyline), created_at: now, updated_at: now });
  await nounChanged(context.db, tx, { noun: 'storyline', id });
  return id;
}

export async function changeStoryline(
  tx: Tx,
  context: NounContext,
  change: Target & { input: StorylineInput },
): Promise<void> {
  const row = await tx.selectFrom('storylines').selectAll().where('id', '=', change.id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no storyline ${change.id}.`);
  checkRowVersion(row, change.expected);
  const storyline = parseNoun(StorylineInput, change.input);
  const slug = await freeSlug(tx, {
    table: 'storylines',
    wish: storyline.slug ?? row.slug,
    name: storyline.title,
    ownId: row.id,
  });
  await updateStoryline(tx, row.id, {
    slug,
    ...columns(storyline),
    row_version: row.row_version + 1,
    updated_at: context.clock.now(),
  });
  await nounChanged(context.db, tx, { noun: 'storyline', id: row.id });
}

function columns(input: z.output<typeof StorylineInput>) {
  const { title, titles, description, descriptions, language, state, position } = input;
  return {
    title,
    titles: toJson(titles),
    description,
    descriptions: toJson(descriptions),
    language,
    state,
    position,
  };
}

/** Puts an article of a storyline first on its page; null takes it away. @throws Problem `not-found`, `invalid` */
export async function pinStory(
  tx: Tx,
  context: NounContext,
  pin: { id: string; article: string | null; until: string | null },
): Promise<void> {
  const row = await tx.selectFrom('storylines').selectAll().where('id', '=', pin.id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no storyline ${pin.id}.`);
  if (pin.article !== null) {
    const member = await tx
      .selectFrom('storyline_articles')
      .select('article_id')
      .where('storyline_id', '=', pin.id)
      .where('article_id', '=', pin.article)
      .executeTakeFirst();
    if (member === undefined)
      throw new Problem('invalid', 'Only a published article of the storyline can stand first.', undefined, {
        fields: { '/article': 'is not among its articles' },
      });
  }
  await updateStoryline(tx, row.id, {
    pinned_article: pin.article,
    pinned_until: pin.article === null || pin.until === null ? null : new Date(pin.until).toISOString(),
    row_version: row.row_version + 1,
    updated_at: context.clock.now(),
  });
  await nounChanged(context.db, tx, { noun: 'storyline', id: row.id });
}
