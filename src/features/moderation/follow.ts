import type { Clock } from '../../base/clock.ts';
import { COMMENT_CHANGED, type CommentChanged, MODERATION_ASKED } from '../../contract/events.ts';
import type { Db, Tx } from '../../storage/db.ts';
import type { Subscriber } from '../../storage/outbox.ts';
import { endAppeal } from './appeals.store.ts';
import { dropClaims, expireQueue, leaveQueues } from './queue.store.ts';
import { forgetSketches } from './sketches.store.ts';

/**
 * Follows what happens to comments elsewhere: what its author took back leaves the queues and its appeal ends; a comment that a service is to be
 * asked about becomes a job.
 */
export function queueSubscriber(
  db: Db,
  clock: Clock,
  askLater: (tx: Tx, commentId: string) => Promise<void>,
): Subscriber {
  return {
    name: 'moderation queues',
    durable: true,
    handle: async (events) => {
      const gone = events.flatMap((event) => {
        const { commentId, state } = event.payload as CommentChanged;
        return event.topic === COMMENT_CHANGED && state === 'deleted' ? [commentId] : [];
      });
      const asked = events.flatMap((event) =>
        event.topic === MODERATION_ASKED ? [event.payload['commentId'] as string] : [],
      );
      if (gone.length + asked.length === 0) return;
      await db.write(async (tx) => {
        for (const commentId of gone) await takenBack(tx, commentId, clock);
        for (const commentId of asked) await askLater(tx, commentId);
      });
    },
  };
}

async function takenBack(tx: Tx, commentId: string, clock: Clock): Promise<void> {
  const at = clock.now();
  const appeal = await tx
    .selectFrom('moderation_appeals')
    .select('id')
    .where('comment_id', '=', commentId)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (appeal !== undefined)
    await endAppeal(tx, { id: appeal.id, state: 'void', by: null, answer: '', outcome: null, at });
  await leaveQueues(tx, commentId);
  await dropClaims(tx, { commentIds: [commentId] });
}

const NEW_MS = 3 * 86_400_000;
const SKETCH_MS = 8 * 86_400_000;

/** Lets go of what nobody looks at any more: new comments of three days ago, sketches that no setting looks back to. */
export async function tidyModeration(db: Db, clock: Clock): Promise<void> {
  const before = (ms: number): string => new Date(Date.parse(clock.now()) - ms).toISOString();
  await db.write(async (tx) => {
    await expireQueue(tx, { queue: 'new', before: before(NEW_MS), limit: 2000 });
    await forgetSketches(tx, before(SKETCH_MS));
  });
}
