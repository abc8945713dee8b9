import type { Tx } from '../../../storage/db.ts';
import type { ImportItem } from '../item.ts';
import { type BatchContext, digestOfItem, type Row, type Seen } from './batch.parts.ts';
import { knownItems } from './imports.store.ts';
import { enter } from './ledger.ts';
import { type NounItem, nounsOf, ourNoun, renameNoun } from './nouns.ts';

const nounKinds = ['author', 'section', 'concept', 'storyline'] as const;

/** Our ids of nouns, by kind and external id. */
export type Nouns = Record<(typeof nounKinds)[number], Map<string, string>>;

/** Finds or makes every noun that the batch lists or its articles carry; one that the file names anew since the last run is renamed. */
export async function applyNouns(
  tx: Tx,
  context: BatchContext,
  { seen, row }: { seen: readonly Seen[]; row: Row },
): Promise<Nouns> {
  const ours: Nouns = { author: new Map(), section: new Map(), concept: new Map(), storyline: new Map() };
  const nounContext = { db: context.press.db, clock: context.clock };
  const carried = seen.flatMap(({ item }) => (item.kind === 'article' ? nounsOf(item) : []));
  for (const kind of nounKinds) {
    const listed = seen.flatMap(({ item }) => (isNoun(item) && item.kind === kind ? [item] : []));
    const named = carried.filter((item) => item.kind === kind);
    const ids = [...listed, ...named].map((item) => item.externalId);
    const known = await knownItems(tx, context.origin, { kind, ids });
    const entered = new Set<string>();
    for (const item of listed) {
      const before = known.get(item.externalId);
      // Rows of nouns that an article merely carried have no digest: such a noun has not been listed yet.
      const twice =
        entered.has(item.externalId) || (before?.run_id === context.runId && before.digest !== '');
      if (twice) {
        enter(context.ledger, kind, { kept: false, reason: 'listed twice' });
        if (before?.our_id != null && !ours[kind].has(item.externalId))
          ours[kind].set(item.externalId, before.our_id);
        continue;
      }
      entered.add(item.externalId);
      const digest = digestOfItem(item);
      const id = before?.our_id ?? (await ourNoun(tx, nounContext, item));
      const changed =
        before?.our_id != null &&
        before.digest !== digest &&
        (await renameNoun(tx, nounContext, { id, item }));
      ours[kind].set(item.externalId, id);
      row({ external_id: item.externalId, item_kind: kind, outcome: 'kept', our_id: id, digest });
      enter(context.ledger, kind, { kept: true, unchanged: before?.our_id != null && !changed });
    }
    for (const item of named) {
      if (ours[kind].has(item.externalId)) continue;
      const before = known.get(item.externalId)?.our_id ?? undefined;
      const id = before ?? (await ourNoun(tx, nounContext, item));
      ours[kind].set(item.externalId, id);
      if (before === undefined)
        row({ external_id: item.externalId, item_kind: kind, outcome: 'kept', our_id: id });
    }
  }
  return ours;
}

function isNoun(item: ImportItem): item is ImportItem & NounItem {
  return (nounKinds as readonly string[]).includes(item.kind);
}
