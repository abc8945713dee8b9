import { NOUN_CHANGED } from '../../contract/events.ts';
import type { Db } from '../../storage/db.ts';
import type { Subscriber } from '../../storage/outbox.ts';

/** Which pictures have arrived and still lack renditions, for whoever makes them. */
export function renditionsSubscriber(
  db: Db,
  request: (assets: readonly string[]) => Promise<void>,
): Subscriber {
  return {
    name: 'renditions',
    durable: true,
    handle: async (events) => {
      const changed = events
        .filter((event) => event.topic === NOUN_CHANGED && event.payload['noun'] === 'asset')
        .map((event) => String(event.payload['id']));
      if (changed.length === 0) return;
      const rows = await db.read
        .selectFrom('assets')
        .leftJoin('renditions', (join) =>
          join.onRef('renditions.asset_id', '=', 'assets.id').on('renditions.format', '=', 'avif'),
        )
        .select('assets.id')
        .where('assets.id', 'in', [...new Set(changed)])
        .where('assets.kind', '=', 'picture')
        .where('assets.digest', 'is not', null)
        .where('renditions.id', 'is', null)
        .execute();
      if (rows.length > 0) await request(rows.map((row) => row.id));
    },
  };
}
