import { fromJson } from '../../base/json.ts';
import { NOUN_CHANGED, type NounChanged } from '../../contract/events.ts';
import type { Db, Reader } from '../../storage/db.ts';
import type { Subscriber } from '../../storage/outbox.ts';
import { readSetting, writeSetting } from '../../storage/settings.store.ts';
import { putNames } from './names.store.ts';
import { nameKeys } from './words.ts';

const MARK = 'names of nouns';
/** Says that every noun has all the keys that are made today. */
const INDEXED = 'names of nouns, with stems';
const BATCH = 500;

/** Keeps the names of concepts and storylines as keys that a text can be matched against. */
export function namesSubscriber(db: Db): Subscriber {
  return {
    name: MARK,
    durable: true,
    handle: async (events) => {
      // An archive may be older than this subscriber, and its events gone.
      if ((await readSetting<boolean>(db.read, INDEXED)) !== true) await indexAll(db);
      const changed = new Map<string, 'concept' | 'storyline'>();
      for (const { topic, payload } of events) {
        const { noun, id } = payload as NounChanged;
        if (topic === NOUN_CHANGED && (noun === 'concept' || noun === 'storyline')) changed.set(id, noun);
      }
      for (const [noun, ids] of Map.groupBy(changed.keys(), (id) => changed.get(id) ?? 'concept'))
        await indexNouns(db, noun, ids);
    },
  };
}

/** Reads every concept and storyline into the names. */
export async function indexAll(db: Db): Promise<void> {
  for (const noun of ['concept', 'storyline'] as const)
    for (let after = ''; ;) {
      const rows = await db.read
        .selectFrom(noun === 'concept' ? 'concepts' : 'storylines')
        .select('id')
        .where('id', '>', after)
        .orderBy('id')
        .limit(BATCH)
        .execute();
      if (rows.length === 0) break;
      await indexNouns(
        db,
        noun,
        rows.map((row) => row.id),
      );
      after = rows.at(-1)?.id ?? after;
    }
  await db.write((tx) => writeSetting(tx, INDEXED, true));
}

async function indexNouns(db: Db, noun: 'concept' | 'storyline', ids: readonly string[]): Promise<void> {
  const names = noun === 'concept' ? await conceptNames(db.read, ids) : await storylineNames(db.read, ids);
  await db.write(async (tx) => {
    for (const id of ids) await putNames(tx, { noun, noun_id: id }, names.get(id) ?? []);
  });
}

/** A tag's language as the cutting of words wants it. */
const keysOf = (names: readonly (readonly [string, string])[]): string[] =>
  names.flatMap(([language, name]) => nameKeys(name, language));

async function conceptNames(db: Reader, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('concepts')
    .select(['id', 'name', 'names', 'aliases'])
    .where('id', 'in', [...ids])
    .where('merged_into', 'is', null)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      keysOf([
        ['en', row.name],
        ...Object.entries(fromJson<Record<string, string>>(row.names as string)),
        ...fromJson<string[]>(row.aliases as string).map((alias) => ['en', alias] as const),
      ]),
    ]),
  );
}

async function storylineNames(db: Reader, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('storylines')
    .select(['id', 'title', 'titles', 'language'])
    .where('id', 'in', [...ids])
    .where('merged_into', 'is', null)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      keysOf([
        [row.language, row.title],
        ...Object.entries(fromJson<Record<string, string>>(row.titles as string)),
      ]),
    ]),
  );
}
