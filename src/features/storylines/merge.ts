import { Problem } from '../../base/problem.ts';
import type { StoryDigest } from '../../contract/article.ts';
import type { Tx } from '../../storage/db.ts';
import {
  nounChanged,
  type NounContext,
  type Projection,
  rewriteCards,
  refreshProjections,
} from '../articles/articles.ts';
import { lockStorylines, markMerged, moveStoryline } from './merge.store.ts';

export type MergeRoom = NounContext & { readonly projections: readonly Projection[] };

/**
 * Makes one storyline part of another: its articles are counted and listed there at once, each once; its address leads there; its facts
 * and timeline go with it. Published versions keep on the record what they said; the next version of each article names the other.
 * @throws Problem `not-found`, `conflict`
 */
export async function mergeStorylines(
  tx: Tx,
  room: MergeRoom,
  { from, into }: { from: string; into: string },
): Promise<void> {
  if (from === into) throw new Problem('conflict', 'A storyline cannot become part of itself.');
  await room.db.dialect.lockOutbox(tx);
  const merged = await lockStorylines(tx, [from, into]);
  const rows = await tx
    .selectFrom('storylines')
    .select(['id', 'slug', 'title', 'titles', 'language'])
    .where('id', 'in', [from, into])
    .execute();
  const target = rows.find((row) => row.id === into);
  for (const id of [from, into])
    if (!rows.some((row) => row.id === id)) throw new Problem('not-found', `There is no storyline ${id}.`);
  for (const id of [from, into])
    if (merged.has(id))
      throw new Problem(
        'conflict',
        'The storyline has become part of another already.',
        'Choose the one that it is part of.',
      );
  const members = await tx
    .selectFrom('storyline_articles')
    .select('article_id')
    .where('storyline_id', '=', from)
    .execute();
  const gained = await moveStoryline(tx, { from, into });
  await markMerged(tx, { from, into, gained, now: room.clock.now() });
  const articles = members.map((row) => row.article_id);
  const named = { id: into, slug: target?.slug ?? '', title: target?.title ?? '' };
  const renamed = (line: StoryDigest['storylines'][number]): StoryDigest['storylines'][number] =>
    line.id === from ? named : line;
  await rewriteCards(tx, articles, (card) => ({
    ...card,
    storylines: card.storylines
      .map(renamed)
      .filter((line, i, all) => all.findIndex((other) => other.id === line.id) === i),
  }));
  await refreshProjections(tx, room.projections, articles);
  for (const id of [from, into]) await nounChanged(room.db, tx, { noun: 'storyline', id });
}
