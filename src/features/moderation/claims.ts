import { MODERATION_CLAIMED } from '../../contract/events.ts';
import type { Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import type { ModerationRoom } from './room.ts';
import type { Person } from './people.ts';
import { dropClaims, takeClaims } from './queue.store.ts';

/** How long a claim holds that is not renewed. */
export const CLAIM_MS = 5 * 60_000;

/**
 * Claims comments for a person, so that two do not work on the same. A claim ends by itself; taking it again renews it. The ids that the person
 * has now: those that another holds are not among them.
 */
export async function claim(
  tx: Tx,
  room: ModerationRoom,
  { commentIds, by }: { commentIds: readonly string[]; by: Person },
): Promise<{ claimed: string[]; until: string }> {
  const now = room.clock.now();
  const until = new Date(Date.parse(now) + CLAIM_MS).toISOString();
  const claimed = await takeClaims(tx, { commentIds, userId: by.userId, now, until });
  if (claimed.length > 0)
    await appendEvents(room.db, tx, [
      { topic: MODERATION_CLAIMED, payload: { commentIds: claimed, by: by.userId, until } },
    ]);
  return { claimed, until };
}

/** Gives claims back before their end. */
export async function unclaim(
  tx: Tx,
  room: ModerationRoom,
  { commentIds, by }: { commentIds: readonly string[]; by: Person },
): Promise<string[]> {
  const given = await dropClaims(tx, { commentIds, userId: by.userId });
  if (given.length > 0)
    await appendEvents(room.db, tx, [
      { topic: MODERATION_CLAIMED, payload: { commentIds: given, by: null, until: null } },
    ]);
  return given;
}
