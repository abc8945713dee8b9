import type { Insertable, Selectable } from 'kysely';
import type { Reader, Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export type AssetRow = Selectable<Tables['assets']>;
export type RenditionRow = Selectable<Tables['renditions']>;

export async function insertAsset(tx: Tx, row: Insertable<Tables['assets']>): Promise<void> {
  await tx.insertInto('assets').values(row).execute();
}

/** Changes an asset and counts its row version up. */
export async function updateAsset(
  tx: Tx,
  id: string,
  change: Partial<Insertable<Tables['assets']>>,
): Promise<void> {
  await tx
    .updateTable('assets')
    .set((eb) => ({ ...change, row_version: eb('row_version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function readAsset(db: Reader, id: string): Promise<AssetRow | undefined> {
  return db.selectFrom('assets').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Puts a rendition in the place of one with its name and format. */
export async function insertRendition(tx: Tx, row: Insertable<Tables['renditions']>): Promise<void> {
  await tx
    .insertInto('renditions')
    .values(row)
    .onConflict((oc) =>
      oc.columns(['asset_id', 'name', 'format']).doUpdateSet((eb) => ({
        plan: eb.ref('excluded.plan'),
        digest: eb.ref('excluded.digest'),
        bytes: eb.ref('excluded.bytes'),
        width: eb.ref('excluded.width'),
        height: eb.ref('excluded.height'),
      })),
    )
    .execute();
}

/** Remembers the files that renditions of these names give way to, so that pages already sent still find them. */
export async function retireRenditions(
  tx: Tx,
  which: {
    assetId: string;
    format: RenditionRow['format'];
    names: readonly string[];
    plan: string;
    now: string;
  },
): Promise<void> {
  if (which.names.length === 0) return;
  const old = await tx
    .selectFrom('renditions')
    .select('digest')
    .where('asset_id', '=', which.assetId)
    .where('format', '=', which.format)
    .where('name', 'in', which.names)
    .where('plan', '<>', which.plan)
    .execute();
  await insertRetired(
    tx,
    old.map(({ digest }) => digest),
    which,
  );
}

async function insertRetired(
  tx: Tx,
  digests: readonly string[],
  of: { assetId: string; now: string },
): Promise<void> {
  if (digests.length === 0) return;
  await tx
    .insertInto('retired_renditions')
    .values([...new Set(digests)].map((digest) => ({ digest, asset_id: of.assetId, retired_at: of.now })))
    .onConflict((oc) => oc.column('digest').doUpdateSet({ retired_at: of.now }))
    .execute();
}

/** Says that everything a plan wants is made, and drops what it no longer wants (sizes that a smaller crop cannot fill). */
export async function markMade(
  tx: Tx,
  made: { assetId: string; plan: string; wanted: ReadonlySet<string>; now: string },
): Promise<void> {
  const rows = await tx
    .selectFrom('renditions')
    .select(['id', 'name', 'format', 'digest'])
    .where('asset_id', '=', made.assetId)
    .execute();
  const over = rows.filter(({ name, format }) => !made.wanted.has(`${name} ${format}`));
  await insertRetired(
    tx,
    over.map(({ digest }) => digest),
    made,
  );
  if (over.length > 0)
    await tx
      .deleteFrom('renditions')
      .where(
        'id',
        'in',
        over.map(({ id }) => id),
      )
      .execute();
  await tx.updateTable('assets').set({ made_plan: made.plan }).where('id', '=', made.assetId).execute();
}

/** Forgets retired files older than this; returns those whose bytes nothing names any more. */
export async function dropRetired(tx: Tx, before: string): Promise<string[]> {
  const due = await tx
    .selectFrom('retired_renditions')
    .select('digest')
    .where('retired_at', '<', before)
    .limit(500)
    .execute();
  const digests = due.map(({ digest }) => digest);
  if (digests.length === 0) return [];
  await tx.deleteFrom('retired_renditions').where('digest', 'in', digests).execute();
  const named = [
    ...(await tx.selectFrom('renditions').select('digest').where('digest', 'in', digests).execute()),
    ...(await tx.selectFrom('assets').select('digest').where('digest', 'in', digests).execute()),
    ...(await tx.selectFrom('social_cards').select('digest').where('digest', 'in', digests).execute()),
  ];
  const kept = new Set(named.map(({ digest }) => digest));
  return digests.filter((digest) => !kept.has(digest));
}

/** Sets the words that an asset is found by. */
export async function putAssetWords(tx: Tx, assetId: string, words: readonly string[]): Promise<void> {
  await tx.deleteFrom('asset_words').where('asset_id', '=', assetId).execute();
  if (words.length > 0)
    await tx
      .insertInto('asset_words')
      .values(words.map((word) => ({ word, asset_id: assetId })))
      .execute();
}

export async function putSocialCard(tx: Tx, row: Insertable<Tables['social_cards']>): Promise<void> {
  await tx
    .insertInto('social_cards')
    .values(row)
    .onConflict((oc) =>
      oc.column('article_id').doUpdateSet((eb) => ({
        input_digest: eb.ref('excluded.input_digest'),
        digest: eb.ref('excluded.digest'),
        bytes: eb.ref('excluded.bytes'),
        created_at: eb.ref('excluded.created_at'),
      })),
    )
    .execute();
}
