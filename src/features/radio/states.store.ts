import type { Db, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { RADIO_ON_AIR } from '../../contract/events.ts';
import type { Tables } from '../../storage/tables/index.ts';
import type { Insertable } from 'kysely';

type State = Insertable<Tables['radio_states']>;

/** Says what is on a mount. `tell`: it is news for readers, not only another count. */
export async function writeState(
  db: Pick<Db, 'dialect'>,
  tx: Tx,
  { state, tell }: { state: State; tell: boolean },
): Promise<void> {
  const { mount_id: _mount, ...values } = state;
  await tx
    .insertInto('radio_states')
    .values(state)
    .onConflict((oc) => oc.column('mount_id').doUpdateSet(values))
    .execute();
  if (tell) await appendEvents(db, tx, [{ topic: RADIO_ON_AIR, payload: { mountId: state.mount_id } }]);
}
