import { NOUN_CHANGED } from '../../contract/events.ts';
import type { Db } from '../../storage/db.ts';
import type { Subscriber } from '../../storage/outbox.ts';

/** Which pictures lack renditions of their present plan, for whoever makes them. */
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
        .select('assets.id')
        .where('assets.id', 'in', [...new Set(changed)])
        .where('assets.kind', '=', 'picture')
        .where('assets.plan', 'is not', null)
        .where((eb) =>
          eb.or([eb('assets.made_plan', 'is', null), eb('assets.plan', '<>', eb.ref('assets.made_plan'))]),
        )
        .execute();
      if (rows.length > 0) await request(rows.map((row) => row.id));
    },
  };
}
