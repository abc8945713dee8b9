import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export type UploadRow = Selectable<Tables['uploads']>;

export async function insertUpload(tx: Tx, row: Insertable<Tables['uploads']>): Promise<void> {
  await tx.insertInto('uploads').values(row).execute();
}

/**
 * Adds a part to an upload that stands at `start`. False when it does not stand there: another request, on this node or another, has
 * gone on with it, or it has ended.
 */
export async function addChunk(
  tx: Tx,
  chunk: { upload: string; start: number; digest: string; bytes: number; now: string },
): Promise<boolean> {
  const moved = await tx
    .updateTable('uploads')
    .set({ received_bytes: chunk.start + chunk.bytes, updated_at: chunk.now })
    .where('id', '=', chunk.upload)
    .where('received_bytes', '=', chunk.start)
    .where('state', '=', 'receiving')
    .executeTakeFirst();
  if (Number(moved.numUpdatedRows) !== 1) return false;
  await tx
    .insertInto('upload_chunks')
    .values({ upload_id: chunk.upload, start_byte: chunk.start, digest: chunk.digest, bytes: chunk.bytes })
    .execute();
  return true;
}

/** Ends an upload well or badly. False when it had ended already. */
export async function endUpload(
  tx: Tx,
  id: string,
  end: { state: 'done' | 'refused'; asset?: string; failure?: string; now: string },
): Promise<boolean> {
  const ended = await tx
    .updateTable('uploads')
    .set({
      state: end.state,
      asset_id: end.asset ?? null,
      failure: end.failure ?? null,
      updated_at: end.now,
    })
    .where('id', '=', id)
    .where('state', '=', 'receiving')
    .executeTakeFirst();
  return Number(ended.numUpdatedRows) === 1;
}

/** Forgets the parts of an upload; the bytes are the caller's to remove, after the commit. */
export async function deleteChunks(tx: Tx, upload: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('upload_chunks')
    .select('digest')
    .where('upload_id', '=', upload)
    .execute();
  await tx.deleteFrom('upload_chunks').where('upload_id', '=', upload).execute();
  return rows.map(({ digest }) => digest);
}

export async function deleteUpload(tx: Tx, upload: string): Promise<string[]> {
  const digests = await deleteChunks(tx, upload);
  await tx.deleteFrom('uploads').where('id', '=', upload).execute();
  return digests;
}
