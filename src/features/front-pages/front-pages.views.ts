import { fromJson } from '../../base/json.ts';
import { emptySlots, FrontSlots, type LayoutAnswer } from '../../contract/front.ts';
import type { Reader } from '../../storage/db.ts';
import type { LayoutRow } from './front-pages.store.ts';

export type LayoutView = {
  readonly id: string;
  readonly edition: string;
  readonly number: number;
  readonly slots: FrontSlots;
};

const slotsOf = (row: Pick<LayoutRow, 'slots'>): FrontSlots => {
  // What another version of the program has written may have slots that this one does not know.
  const parsed = FrontSlots.safeParse(fromJson<unknown>(row.slots as string));
  return parsed.success ? parsed.data : emptySlots;
};

/** The arrangement that stands on an edition's front page. */
export async function currentLayout(db: Reader, edition: string): Promise<LayoutView | undefined> {
  const row = await db
    .selectFrom('front_current')
    .innerJoin('front_layouts', 'front_layouts.id', 'front_current.layout_id')
    .select(['front_layouts.id', 'front_layouts.slots', 'front_current.number'])
    .where('front_current.edition', '=', edition)
    .executeTakeFirst();
  return row === undefined ? undefined : { id: row.id, edition, number: row.number, slots: slotsOf(row) };
}

export async function layoutById(db: Reader, id: string): Promise<LayoutView | undefined> {
  const row = await db.selectFrom('front_layouts').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined
    ? undefined
    : { id: row.id, edition: row.edition, number: row.number ?? 0, slots: slotsOf(row) };
}

export type LayoutPage = {
  readonly limit: number;
  readonly edition?: string | undefined;
  readonly id?: string | undefined;
  readonly state?: LayoutRow['state'] | undefined;
  readonly before?: string | undefined;
};

/** Arrangements of an edition, the last made first: what stood, what stands, what is to come. */
export async function layoutsPage(db: Reader, page: LayoutPage): Promise<LayoutAnswer[]> {
  let query = db
    .selectFrom('front_layouts')
    .leftJoin('users', 'users.id', 'front_layouts.created_by')
    .selectAll('front_layouts')
    .select('users.name as by_name');
  if (page.edition !== undefined) query = query.where('edition', '=', page.edition);
  if (page.id !== undefined) query = query.where('front_layouts.id', '=', page.id);
  if (page.state !== undefined) query = query.where('state', '=', page.state);
  if (page.before !== undefined) query = query.where('front_layouts.id', '<', page.before);
  const rows = await query.orderBy('front_layouts.id', 'desc').limit(page.limit).execute();
  return rows.map((row) => ({
    id: row.id,
    edition: row.edition,
    number: row.number,
    state: row.state,
    slots: slotsOf(row),
    note: row.note,
    madeFrom: row.made_from,
    effectiveAt: row.effective_at,
    tookEffectAt: row.took_effect_at,
    by: row.created_by === null ? null : { id: row.created_by, name: row.by_name ?? '' },
    createdAt: row.created_at,
  }));
}
