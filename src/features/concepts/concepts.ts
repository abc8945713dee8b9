import type { z } from 'zod';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { ConceptInput } from '../../contract/nouns.ts';
import type { Tx } from '../../storage/db.ts';
import {
  checkRowVersion,
  freeSlug,
  nounChanged,
  type NounContext,
  parseNoun,
  type Target,
} from '../articles/articles.ts';
import { insertConcept, updateConcept } from './concepts.store.ts';

export { mergeConcepts } from './merge.ts';
export { conceptLists } from './concepts.store.ts';

export async function createConcept(tx: Tx, context: NounContext, input: ConceptInput): Promise<string> {
  const concept = parseNoun(ConceptInput, input);
  const id = newId();
  const now = context.clock.now();
  const slug = await freeSlug(tx, { table: 'concepts', wish: concept.slug, name: concept.name });
  await insertConcept(tx, { id, slug, ...columns(concept), created_at: now, updated_at: now });
  await nounChanged(context.db, tx, { noun: 'concept', id });
  return id;
}

export async function changeConcept(
  tx: Tx,
  context: NounContext,
  change: Target & { input: ConceptInput },
): Promise<void> {
  const row = await tx.selectFrom('concepts').selectAll().where('id', '=', change.id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no concept ${change.id}.`);
  checkRowVersion(row, change.expected);
  const concept = parseNoun(ConceptInput, change.input);
  const slug = await freeSlug(tx, {
    table: 'concepts',
    wish: concept.slug ?? row.slug,
    name: concept.name,
    ownId: row.id,
  });
  await updateConcept(tx, row.id, {
    slug,
    ...columns(concept),
    row_version: row.row_version + 1,
    updated_at: context.clock.now(),
  });
  await nounChanged(context.db, tx, { noun: 'concept', id: row.id });
}

function columns(concept: z.output<typeof ConceptInput>) {
  return {
    kind: concept.kind,
    name: concept.name,
    names: toJson(concept.names),
    aliases: toJson(concept.aliases),
    description: concept.description,
    media_topic: concept.mediaTopic,
    same_as: toJson(concept.sameAs),
  };
}
