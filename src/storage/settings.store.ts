import { fromJson, toJson } from '../base/json.ts';
import type { Reader, Tx } from './db.ts';

/** Reads one setting; undefined when it was never set. */
export async function readSetting<T>(db: Reader, name: string): Promise<T | undefined> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
  return row === undefined ? undefined : fromJson<T>(row.value as string);
}

export async function writeSetting(tx: Tx, name: string, value: unknown): Promise<void> {
  const row = { name, value: toJson(value), updated_at: new Date().toISOString() };
  await tx
    .insertInto('settings')
    .values(row)
    .onConflict((oc) => oc.column('name').doUpdateSet({ value: row.value, updated_at: row.updated_at }))
    .execute();
}
