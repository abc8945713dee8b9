import type { Db } from '../../../storage/db.ts';
import { fromJson, toJson } from '../../../base/json.ts';
import { readSetting } from '../../../storage/settings.store.ts';
import type { Clock } from '../../../base/clock.ts';
import { type Credential, makeCredential } from './certificate.ts';

const kept = new WeakMap<object, Promise<Credential>>();

/** What this house signs Content Credentials with; made the first time that a picture needs it, and the same on every node. */
export function credentialOf(db: Db, clock: Clock): Promise<Credential> {
  let found = kept.get(db);
  if (found === undefined) {
    found = readOrMake(db, clock);
    kept.set(db, found);
    found.catch(() => kept.delete(db));
  }
  return found;
}

async function readOrMake(db: Db, clock: Clock): Promise<Credential> {
  const find = async (reader: Db['read']): Promise<Credential | undefined> => {
    const row = await reader.selectFrom('credential_keys').selectAll().where('id', '=', 1).executeTakeFirst();
    return row === undefined
      ? undefined
      : { secretKey: row.secret_key, chain: fromJson<string[]>(row.chain as string) };
  };
  const there = await find(db.read);
  if (there !== undefined) return there;
  const site = await readSetting<{ publisher?: string; name?: string }>(db.read, 'site');
  const name = site?.publisher ?? site?.name ?? 'Dateline';
  const made = makeCredential(name, new Date(clock.now()));
  return db.write(async (tx) => {
    await tx
      .insertInto('credential_keys')
      .values({ id: 1, secret_key: made.secretKey, chain: toJson([...made.chain]), created_at: clock.now() })
      .onConflict((oc) => oc.doNothing())
      .execute();
    return (await find(tx)) ?? made;
  });
}
