import type { Insertable } from 'kysely';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import { GENESIS } from './chain.ts';

const HEAD = 1;

/** Takes the next place in the chain: whoever writes after waits until this transaction ends. */
export async function takePlace(tx: Tx): Promise<{ seq: number; previous: string }> {
  await tx
    .insertInto('audit_head')
    .values({ id: HEAD, last_seq: 0, last_hash: GENESIS })
    .onConflict((oc) => oc.doNothing())
    .execute();
  const row = await tx
    .updateTable('audit_head')
    .set((eb) => ({ last_seq: eb('last_seq', '+', 1) }))
    .where('id', '=', HEAD)
    .returning(['last_seq', 'last_hash'])
    .executeTakeFirstOrThrow();
  return { seq: Number(row.last_seq), previous: row.last_hash };
}

export async function insertEntry(tx: Tx, row: Insertable<Tables['audit_entries']>): Promise<void> {
  await tx.insertInto('audit_entries').values(row).execute();
  await tx.updateTable('audit_head').set({ last_hash: row.entry_hash }).where('id', '=', HEAD).execute();
}
