import type { Insertable, Selectable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export type LayoutRow = Selectable<Tables['front_layouts']>;

export async function insertLayout(tx: Tx, row: Insertable<Tables['front_layouts']>): Promise<void> {
  await tx.insertInto('front_layouts').values(row).execute();
}

/** Moves a layout out of a state; false when another has done so first: whoever gets true, and nobody else, acts on it. */
export async function moveLayout(
  tx: Tx,
  id: string,
  move: {
    from: LayoutRow['state'];
    to: LayoutRow['state'];
    number?: number;
    tookEffectAt?: Instant;
  },
): Promise<boolean> {
  const result = await tx
    .updateTable('front_layouts')
    .set({
      state: move.to,
      ...(move.number === undefined ? {} : { number: move.number }),
      ...(move.tookEffectAt === undefined ? {} : { took_effect_at: move.tookEffectAt }),
    })
    .where('id', '=', id)
    .where('state', '=', move.from)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** Puts a layout on an edition's front page; false when another has come since `expected` (its number; 0: none). */
export async function putCurrent(
  tx: Tx,
  current: Insertable<Tables['front_current']>,
  expected: number,
): Promise<boolean> {
  if (expected === 0) {
    const made = await tx
      .insertInto('front_current')
      .values(current)
      .onConflict((oc) => oc.doNothing())
      .returning('number')
      .executeTakeFirst();
    return made !== undefined;
  }
  const result = await tx
    .updateTable('front_current')
    .set({ layout_id: current.layout_id, number: current.number })
    .where('edition', '=', current.edition)
    .where('number', '=', expected)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}
