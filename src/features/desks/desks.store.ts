import type { Insertable, Selectable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import { checkMoved } from '../articles/articles.ts';

export type DeskRow = Selectable<Tables['desks']>;
export type MoveRow = Selectable<Tables['desk_moves']>;

export async function insertDesk(tx: Tx, row: Insertable<Tables['desks']>): Promise<void> {
  await tx.insertInto('desks').values(row).execute();
}

export async function updateDesk(
  tx: Tx,
  id: string,
  change: Partial<Insertable<Tables['desks']>> & { row_version: number },
): Promise<void> {
  const query = tx.updateTable('desks').set(change).where('id', '=', id);
  checkMoved(await query.where('row_version', '=', change.row_version - 1).executeTakeFirst());
}

export async function putMember(tx: Tx, row: Insertable<Tables['desk_members']>): Promise<void> {
  await tx
    .insertInto('desk_members')
    .values(row)
    .onConflict((oc) => oc.columns(['desk_id', 'user_id']).doUpdateSet({ part: row.part }))
    .execute();
}

export async function deleteMember(tx: Tx, member: { deskId: string; userId: string }): Promise<boolean> {
  const result = await tx
    .deleteFrom('desk_members')
    .where('desk_id', '=', member.deskId)
    .where('user_id', '=', member.userId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

export async function insertMove(tx: Tx, row: Insertable<Tables['desk_moves']>): Promise<void> {
  await tx.insertInto('desk_moves').values(row).execute();
}

export async function putTick(tx: Tx, row: Insertable<Tables['desk_ticks']>): Promise<void> {
  const { revision_number, created_by, created_at } = row;
  await tx
    .insertInto('desk_ticks')
    .values(row)
    .onConflict((oc) =>
      oc.columns(['article_id', 'item']).doUpdateSet({ revision_number, created_by, created_at }),
    )
    .execute();
}

export async function deleteTick(tx: Tx, tick: { articleId: string; item: string }): Promise<void> {
  await tx
    .deleteFrom('desk_ticks')
    .where('article_id', '=', tick.articleId)
    .where('item', '=', tick.item)
    .execute();
}

/** Ticks are of one version's work: the next begins with a clean list. */
export async function clearTicks(tx: Tx, articleIds: readonly string[]): Promise<void> {
  if (articleIds.length > 0)
    await tx
      .deleteFrom('desk_ticks')
      .where('article_id', 'in', [...articleIds])
      .execute();
}

export async function putApproval(tx: Tx, row: Insertable<Tables['desk_approvals']>): Promise<void> {
  await tx
    .insertInto('desk_approvals')
    .values(row)
    .onConflict((oc) =>
      oc
        .columns(['article_id', 'revision_number', 'created_by'])
        .doUpdateSet({ note: row.note, created_at: row.created_at }),
    )
    .execute();
}

export async function deleteApproval(
  tx: Tx,
  approval: { articleId: string; revision: number; by: string },
): Promise<void> {
  await tx
    .deleteFrom('desk_approvals')
    .where('article_id', '=', approval.articleId)
    .where('revision_number', '=', approval.revision)
    .where('created_by', '=', approval.by)
    .execute();
}

/** Notes that an address is to be asked; true when it is new or what is known of it is older than `staleBefore`. */
export async function wantLink(
  tx: Tx,
  url: string,
  { staleBefore }: { staleBefore: Instant },
): Promise<boolean> {
  const made = await tx
    .insertInto('link_checks')
    .values({ url, state: 'waiting', status: null, detail: '', checked_at: null })
    .onConflict((oc) => oc.doNothing())
    .returning('url')
    .executeTakeFirst();
  if (made !== undefined) return true;
  const row = await tx
    .selectFrom('link_checks')
    .select('checked_at')
    .where('url', '=', url)
    .executeTakeFirst();
  return row !== undefined && row.checked_at !== null && row.checked_at < staleBefore;
}

export async function putLink(tx: Tx, row: Insertable<Tables['link_checks']>): Promise<void> {
  const { state, status, detail, checked_at } = row;
  await tx
    .insertInto('link_checks')
    .values(row)
    .onConflict((oc) => oc.column('url').doUpdateSet({ state, status, detail, checked_at }))
    .execute();
}
