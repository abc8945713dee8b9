import { createHash } from 'node:crypto';
import type { Clock } from '../../../base/clock.ts';
import type { Press } from '../../articles/articles.ts';
import type { ImportItem } from '../item.ts';
import type { Brought } from './bring.ts';
import type { ItemRow } from './imports.store.ts';
import type { Ledger } from './ledger.ts';

export type BatchContext = {
  readonly press: Press;
  readonly clock: Clock;
  readonly origin: string;
  readonly runId: string;
  /** The site's languages, its main one first. */
  readonly languages: readonly string[];
  readonly ledger: Ledger;
  readonly assets: Brought;
};

/** An item of the batch and what it says, as a digest. */
export type Seen<T = ImportItem> = { readonly item: T; readonly digest: string };
/** Notes what became of an outside item. */
export type Row = (given: Pick<ItemRow, 'external_id' | 'item_kind' | 'outcome'> & Partial<ItemRow>) => void;

/**
 * What an item says, its place in the file aside. A reader makes the members of its items in one order, so that plain JSON will do; where
 * another edition of a reader does not, the article is compared in full and found to be the same.
 */
export function digestOfItem(item: object): string {
  const { index: _index, ...rest } = item as { index?: number };
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
}

/** The items of one kind. */
export function ofKind<K extends ImportItem['kind']>(
  seen: readonly Seen[],
  kind: K,
): Seen<Extract<ImportItem, { kind: K }>>[] {
  return seen.filter((entry): entry is Seen<Extract<ImportItem, { kind: K }>> => entry.item.kind === kind);
}

/** Our id of an article of this batch or an earlier one, by its external id. */
export type Articles = (externalId: string) => Promise<string | undefined>;
