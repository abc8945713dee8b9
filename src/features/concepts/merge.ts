import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { Tx } from '../../storage/db.ts';
import { nounChanged, type NounContext, type Projection, refreshProjections } from '../articles/articles.ts';
import { lockConcepts, markConceptMerged, moveConcept } from './merge.store.ts';

export type ConceptMergeRoom = NounContext & { readonly projections: readonly Projection[] };

/**
 * Makes one concept part of another: its articles are counted and listed there at once, each once; its address leads there; its names
 * become aliases. Published versions keep on the record what they said; the next version of each article names the other.
 * @throws Problem `not-found`, `conflict`
 */
export async function mergeConcepts(
  tx: Tx,
  room: ConceptMergeRoom,
  { from, into }: { from: string; into: string },
): Promise<void> {
  if (from === into) throw new Problem('conflict', 'A concept cannot become part of itself.');
  await room.db.dialect.lockOutbox(tx);
  const merged = await lockConcepts(tx, [from, into]);
  const rows = await tx.selectFrom('concepts').selectAll().where('id', 'in', [from, into]).execute();
  const source = rows.find((row) => row.id === from);
  const target = rows.find((row) => row.id === into);
  if (source === undefined || target === undefined)
    throw new Problem('not-found', `There is no concept ${source === undefined ? from : into}.`);
  if (merged.size > 0)
    throw new Problem(
      'conflict',
      'The concept has become part of another already.',
      'Choose the one that it is part of.',
    );
  const members = await tx
    .selectFrom('concept_articles')
    .select('article_id')
    .where('concept_id', '=', from)
    .execute();
  const gained = await moveConcept(tx, { from, into });
  const names = {
    ...fromJson<Record<string, string>>(source.names as string),
    ...fromJson<Record<string, string>>(target.names as string),
  };
  const known = new Set([target.name, ...Object.values(names)]);
  const aliases = [
    ...fromJson<string[]>(target.aliases as string),
    source.name,
    ...Object.values(fromJson<Record<string, string>>(source.names as string)),
    ...fromJson<string[]>(source.aliases as string),
  ].filter((alias, i, all) => !known.has(alias) && all.indexOf(alias) === i);
  await markConceptMerged(tx, {
    from,
    into,
    gained,
    now: room.clock.now(),
    names: toJson(names),
    aliases: toJson(aliases.slice(0, 100)),
    mediaTopic: target.media_topic ?? source.media_topic,
    sameAs: toJson(
      [
        ...new Set([
          ...fromJson<string[]>(target.same_as as string),
          ...fromJson<string[]>(source.same_as as string),
        ]),
      ].slice(0, 20),
    ),
  });
  await refreshProjections(
    tx,
    room.projections,
    members.map((row) => row.article_id),
  );
  for (const id of [from, into]) await nounChanged(room.db, tx, { noun: 'concept', id });
}
