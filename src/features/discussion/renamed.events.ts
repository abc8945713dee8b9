import { ACCOUNT_CHANGED, type AccountChanged } from '../../contract/events.ts';
import type { Db, Tx } from '../../storage/db.ts';
import type { Subscriber } from '../../storage/outbox.ts';
import { foldName } from './names.ts';
import { renamePerson } from './people.store.ts';

/** Keeps the names by which people are mentioned those of their accounts. Pages read names from the accounts themselves. */
export function renamedSubscriber(db: Db): Subscriber {
  return {
    name: 'names in discussions',
    durable: true,
    handle: async (events) => {
      const changed = events.filter(({ topic }) => topic === ACCOUNT_CHANGED);
      const ids = new Set(changed.map(({ payload }) => (payload as AccountChanged).userId));
      for (const userId of ids) await db.write((tx) => follow(tx, userId));
    },
  };
}

async function follow(tx: Tx, userId: string): Promise<void> {
  const user = await tx.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirst();
  if (user === undefined || user.name === '') return;
  await renamePerson(tx, { userId, name: user.name, nameKey: foldName(user.name) });
}
