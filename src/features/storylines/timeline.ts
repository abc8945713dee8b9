import { createHash } from 'node:crypto';
import { z } from 'zod';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import { squish } from '../../base/text.ts';
import type { Tx } from '../../storage/db.ts';
import { nounChanged, type NounContext } from '../articles/articles.ts';
import {
  deleteEntry,
  insertEntry,
  lockTimeline,
  placeEntries,
  type TimelineRow,
  updateEntry,
} from './timeline.store.ts';

/** ISO 8601: `2014-12-31`, `2014-12` or `2014`. */
export const FactDate = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a date such as 2014-12-31, 2014-12 or 2014');

/** The same fact told twice is one proposal, however it is spaced and cased. */
export function factKey(date: string, text: string): string {
  return createHash('sha256')
    .update(`${date}\n${squish(text).toLowerCase()}`)
    .digest('hex')
    .slice(0, 32);
}

export type NewEntry = {
  readonly storylineId: string;
  /** The proposal that this answers. */
  readonly key?: string | undefined;
  readonly date: string;
  readonly text: string;
  readonly article?: string | undefined;
  readonly state: 'confirmed' | 'hidden';
  readonly by: string | null;
};

/** Confirms or hides a proposed fact, or adds one of the editor's own, at its day's place. Returns its id. */
export async function addEntry(tx: Tx, context: NounContext, entry: NewEntry): Promise<string> {
  const rows = await lockTimeline(tx, entry.storylineId);
  if (rows === undefined) throw new Problem('not-found', `There is no storyline ${entry.storylineId}.`);
  if (entry.key !== undefined && rows.some((row) => row.fact_key === entry.key))
    throw new Problem('conflict', 'Somebody has looked at this fact already.', 'Look at the timeline again.');
  const now = context.clock.now();
  const id = newId();
  const before = rows.findLastIndex((row) => row.fact_date <= entry.date);
  await insertEntry(tx, {
    id,
    storyline_id: entry.storylineId,
    fact_key: entry.key ?? null,
    fact_date: entry.date,
    fact_text: entry.text,
    article_id: entry.article ?? null,
    state: entry.state,
    position: before + 1,
    updated_by: entry.by,
    created_at: now,
    updated_at: now,
  });
  const order = rows.map((row) => row.id);
  order.splice(before + 1, 0, id);
  await placeEntries(tx, order);
  await nounChanged(context.db, tx, { noun: 'storyline', id: entry.storylineId });
  return id;
}

/** Changes the words, the day or the state of an entry. */
export async function changeEntry(
  tx: Tx,
  context: NounContext,
  change: {
    storylineId: string;
    id: string;
    date: string;
    text: string;
    state: 'confirmed' | 'hidden';
    by: string | null;
  },
): Promise<void> {
  await entryOf(tx, change);
  await updateEntry(tx, change.id, {
    fact_date: change.date,
    fact_text: change.text,
    state: change.state,
    updated_by: change.by,
    updated_at: context.clock.now(),
  });
  await nounChanged(context.db, tx, { noun: 'storyline', id: change.storylineId });
}

/** Takes an editor's decision back: what was proposed is a proposal again. */
export async function removeEntry(
  tx: Tx,
  context: NounContext,
  entry: { storylineId: string; id: string },
): Promise<void> {
  await entryOf(tx, entry);
  await deleteEntry(tx, entry.id);
  await nounChanged(context.db, tx, { noun: 'storyline', id: entry.storylineId });
}

/** Puts the entries into the order of these ids; those that are not named keep their places after them. */
export async function orderEntries(
  tx: Tx,
  context: NounContext,
  order: { storylineId: string; ids: readonly string[] },
): Promise<void> {
  const rows = await lockTimeline(tx, order.storylineId);
  if (rows === undefined) throw new Problem('not-found', `There is no storyline ${order.storylineId}.`);
  const strange = order.ids.find((id) => !rows.some((row) => row.id === id));
  if (strange !== undefined)
    throw new Problem('conflict', 'The timeline has changed since you looked.', 'Look at it again.');
  const rest = rows.map((row) => row.id).filter((id) => !order.ids.includes(id));
  await placeEntries(tx, [...new Set(order.ids), ...rest]);
  await nounChanged(context.db, tx, { noun: 'storyline', id: order.storylineId });
}

async function entryOf(tx: Tx, entry: { storylineId: string; id: string }): Promise<TimelineRow> {
  const rows = await lockTimeline(tx, entry.storylineId);
  const row = rows?.find((known) => known.id === entry.id);
  if (row === undefined) throw new Problem('not-found', `The timeline has no entry ${entry.id}.`);
  return row;
}
