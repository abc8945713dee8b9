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

export async function insertRendition(tx: Tx, row: Insertable<Tables['renditions']>): Promise<void> {
  await tx
    .insertInto('renditions')
    .values(row)
    .onConflict((oc) =>
      oc.columns(['asset_id', 'name', 'format']).doUpdateSet((eb) => ({
        digest: eb.ref('excluded.digest'),
        bytes: eb.ref('excluded.bytes'),
        width: eb.ref('excluded.width'),
        height: eb.ref('excluded.height'),
      })),
    )
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
