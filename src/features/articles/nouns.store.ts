import type { Insertable } from 'kysely';
import { Problem } from '../../base/problem.ts';
import { slugify } from '../../base/text.ts';
import { reservedSegments } from '../../contract/routes.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import type { Tables } from '../../storage/tables/index.ts';
import { NOUN_CHANGED, type NounChanged } from './articles.events.ts';

/** Tables whose rows have a slug of their own. */
export type SluggedTable = 'sections' | 'authors' | 'storylines' | 'concepts';

/**
 * A slug that no other row of the table has: the wished one is taken as it is or refused; one made from a name gets a number on a clash.
 * @throws Problem `conflict` when the wished slug is taken or reserved.
 */
export async function freeSlug(
  db: Reader,
  options: {
    table: SluggedTable;
    wish?: string | undefined;
    name: string;
    language?: string;
    ownId?: string;
  },
): Promise<string> {
  const { table, wish, ownId } = options;
  const stem = wish ?? (slugify(options.name, options.language) || 'x');
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? stem : `${stem}-${n}`;
    const row = await db.selectFrom(table).select('id').where('slug', '=', slug).executeTakeFirst();
    const free =
      (row === undefined || row.id === ownId) && !(table === 'sections' && reservedSegments.has(slug));
    if (free) return slug;
    if (wish !== undefined) {
      throw new Problem('conflict', `The slug "${wish}" is taken.`, 'Choose another.', {
        fields: { '/slug': 'is taken' },
      });
    }
  }
}

/** Tells caches that a noun which pages show has changed. */
export async function nounChanged(db: Pick<Db, 'dialect'>, tx: Tx, change: NounChanged): Promise<void> {
  await appendEvents(db, tx, [{ topic: NOUN_CHANGED, payload: change }]);
}

/** @throws Problem `precondition-failed` when the row has moved on since the caller read it. */
export function checkRowVersion(row: { row_version: number }, expected: number | undefined): void {
  if (expected !== undefined && row.row_version !== expected) {
    throw new Problem(
      'precondition-failed',
      'Someone has changed this since you read it.',
      'Read it again and apply your change to that.',
    );
  }
}

/** A change of a row that counts its version up by one. */
export type Moved<T extends keyof Tables> = Partial<Insertable<Tables[T]>> & { readonly row_version: number };

/**
 * Whether a change of a row from the version that was read met it. On PostgreSQL another transaction may have changed the row since.
 * @throws Problem `precondition-failed`
 */
export function checkMoved(result: { readonly numUpdatedRows: bigint }): void {
  if (Number(result.numUpdatedRows) === 1) return;
  throw new Problem(
    'precondition-failed',
    'Someone has changed this at the same moment.',
    'Read it again and apply your change to that.',
  );
}

export async function insertSection(tx: Tx, row: Insertable<Tables['sections']>): Promise<void> {
  await tx.insertInto('sections').values(row).execute();
}

export async function updateSection(tx: Tx, id: string, change: Moved<'sections'>): Promise<void> {
  const query = tx.updateTable('sections').set(change).where('id', '=', id);
  checkMoved(await query.where('row_version', '=', change.row_version - 1).executeTakeFirst());
}

export async function insertAuthor(tx: Tx, row: Insertable<Tables['authors']>): Promise<void> {
  await tx.insertInto('authors').values(row).execute();
}

export async function updateAuthor(tx: Tx, id: string, change: Moved<'authors'>): Promise<void> {
  const query = tx.updateTable('authors').set(change).where('id', '=', id);
  checkMoved(await query.where('row_version', '=', change.row_version - 1).executeTakeFirst());
}

export async function insertSource(tx: Tx, row: Insertable<Tables['sources']>): Promise<void> {
  await tx.insertInto('sources').values(row).execute();
}

export async function updateSource(tx: Tx, id: string, change: Moved<'sources'>): Promise<void> {
  const query = tx.updateTable('sources').set(change).where('id', '=', id);
  checkMoved(await query.where('row_version', '=', change.row_version - 1).executeTakeFirst());
}
