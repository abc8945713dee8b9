import type { Tx } from '../../../storage/db.ts';
import type { Heard } from './counter.ts';
import { mergeInto, packSketch, unpackSketch } from './sketch.ts';

/** Adds a batch to what is kept. Seconds are rounded when they are kept: parts of one go on with the next batch by the caller's rounding. */
export async function addListening(tx: Tx, batch: readonly Heard[]): Promise<void> {
  for (const { mountId, startsAt, programmeId, audience, seconds, peak, people } of batch) {
    const row = await tx
      .selectFrom('radio_listening')
      .select(['seconds', 'peak', 'people'])
      .where('mount_id', '=', mountId)
      .where('starts_at', '=', startsAt)
      .where('programme_id', '=', programmeId)
      .where('audience', '=', audience)
      .executeTakeFirst();
    if (row !== undefined) mergeInto(people, unpackSketch(row.people));
    const values = {
      seconds: (row?.seconds ?? 0) + Math.round(seconds),
      peak: Math.max(row?.peak ?? 0, peak),
      people: packSketch(people),
    };
    await tx
      .insertInto('radio_listening')
      .values({
        mount_id: mountId,
        starts_at: startsAt,
        programme_id: programmeId,
        audience,
        ...values,
      })
      .onConflict((oc) =>
        oc.columns(['mount_id', 'starts_at', 'programme_id', 'audience']).doUpdateSet(values),
      )
      .execute();
  }
}
