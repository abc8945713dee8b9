import { newId } from '../../base/ids.ts';
import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../contract/permissions.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { deleteView, insertView, updateView } from './lists.store.ts';

export type SavedView = {
  readonly id: string;
  readonly name: string;
  readonly query: Record<string, string>;
  readonly shared: boolean;
  readonly owner: { readonly id: string; readonly name: string };
  readonly rowVersion: number;
};
type Input = { name: string; query: Record<string, string>; shared: boolean };

/** As many as a person keeps, and as many shared ones as a house can find its way in. */
const MOST = 200;

/** The saved views of a person and those that everyone shares, by name. */
export async function savedViews(db: Reader, userId: string): Promise<SavedView[]> {
  const rows = await rowsOf(db)
    .where((eb) => eb.or([eb('saved_views.user_id', '=', userId), eb('saved_views.shared', '=', 1)]))
    .orderBy('saved_views.name')
    .orderBy('saved_views.id')
    .limit(2 * MOST)
    .execute();
  return rows.map(viewOf);
}

export async function savedView(db: Reader, id: string): Promise<SavedView | undefined> {
  const row = await rowsOf(db).where('saved_views.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : viewOf(row);
}

function rowsOf(db: Reader) {
  return db
    .selectFrom('saved_views')
    .innerJoin('users', 'users.id', 'saved_views.user_id')
    .select([
      'saved_views.id',
      'saved_views.name',
      'saved_views.query',
      'saved_views.shared',
      'saved_views.user_id',
      'saved_views.row_version',
      'users.name as owner_name',
    ]);
}

function viewOf(row: {
  id: string;
  name: string;
  query: string;
  shared: 0 | 1;
  user_id: string;
  row_version: number;
  owner_name: string;
}): SavedView {
  return {
    id: row.id,
    name: row.name,
    query: fromJson<Record<string, string>>(row.query),
    shared: row.shared === 1,
    owner: { id: row.user_id, name: row.owner_name },
    rowVersion: row.row_version,
  };
}

export async function createView(tx: Tx, order: { by: Actor; now: string; input: Input }): Promise<string> {
  const own = await tx
    .selectFrom('saved_views')
    .select('id')
    .where('user_id', '=', order.by.userId)
    .limit(MOST)
    .execute();
  if (own.length >= MOST)
    throw new Problem('conflict', `You keep ${MOST} views already.`, 'Delete one that you no longer need.');
  const id = newId();
  await insertView(tx, {
    id,
    user_id: order.by.userId,
    ...columns(order.input),
    created_at: order.now,
    updated_at: order.now,
  });
  return id;
}

export async function changeView(
  tx: Tx,
  order: { by: Actor; now: string; id: string; expected: number | undefined; input: Input },
): Promise<void> {
  const view = await mine(tx, order);
  const expected = order.expected ?? view.rowVersion;
  const moved = await updateView(tx, order.id, {
    ...columns(order.input),
    row_version: expected + 1,
    updated_at: order.now,
  });
  if (!moved)
    throw new Problem(
      'precondition-failed',
      'Someone has changed this since you read it.',
      'Read it again and apply your change to that.',
    );
}

export async function dropView(tx: Tx, order: { by: Actor; id: string }): Promise<void> {
  await mine(tx, order);
  await deleteView(tx, order.id);
}

/** A view is changed by who made it; a shared one by admins too. @throws Problem `not-found`, `forbidden` */
async function mine(tx: Tx, { by, id }: { by: Actor; id: string }): Promise<SavedView> {
  const view = await savedView(tx, id);
  if (view === undefined || (view.owner.id !== by.userId && !view.shared))
    throw new Problem('not-found', `There is no saved view ${id}.`);
  if (view.owner.id !== by.userId && by.role !== 'admin')
    throw new Problem('forbidden', `The view is ${view.owner.name}’s.`, 'Save one of your own.');
  return view;
}

function columns(input: Input) {
  return { name: input.name, query: toJson(input.query), shared: input.shared ? (1 as const) : (0 as const) };
}
